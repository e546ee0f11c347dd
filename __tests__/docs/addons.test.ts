import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { catalogue } from "../../addons/catalogue";
import { problemsOf } from "../support/definitions";

/** The sections of a definition around a part that does not set them. */
const AROUND = {
  common: { aws_region: "eu-west-1" },
  networking: { vpc_cidr: "10.99.0.0/16" },
  cluster: { k8s_base_domain: "docs.dev.example.com" },
  workers: [{ name: "general" }],
};

interface Part {
  readonly meta?: unknown;
  readonly tfvars?: Readonly<Record<string, unknown>>;
}

const text = readFileSync("docs/addons.md", "utf8");
const parts = [...text.matchAll(/^## (.*)$|^```yaml\n([\s\S]*?)^```$/gm)].reduce<{
  readonly section: string;
  readonly found: readonly { readonly section: string; readonly part: Part }[];
}>(
  ({ section, found }, [, heading, block]) =>
    block === undefined
      ? { section: heading ?? section, found }
      : { section, found: [...found, { section, part: parse(block) as Part }] },
  { section: "", found: [] },
).found;

test.each(parts)("the example in $section is accepted", ({ part }) => {
  const definition = {
    meta: { CLUSTER_NAME: "docs.dev.example.com", ACCOUNT: "sandbox", TIER: "production" },
    tfvars: { ...AROUND, ...part.tfvars },
  };

  expect(Object.keys(part)).toEqual(["tfvars"]);
  expect(problemsOf({ "clusters/docs.dev.example.com.yaml": stringify(definition) })).toEqual([]);
});

test("every addon is in an example", () => {
  const shown = parts.flatMap(({ part }) => Object.keys(part.tfvars?.["addons"] ?? {}));

  expect(Object.keys(catalogue).filter((name) => !shown.includes(name) && !shown.includes(`${name}_enabled`))).toEqual(
    [],
  );
});
