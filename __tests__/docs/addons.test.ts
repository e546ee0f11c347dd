import { readdirSync, readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { catalogue } from "../../addons/catalogue";
import type { Addon } from "../../addons/contract/addon";
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

describe("CRDs that Helm never upgrades", () => {
  const addons = Object.values<Addon>(catalogue).flatMap((addon) => (addon.kind === "helm" ? [addon] : []));
  const newest = readdirSync("definitions/releases").sort().at(-1);
  const { charts } = parse(readFileSync(`definitions/releases/${newest}`, "utf8")) as {
    charts: Record<string, { repository: string; chart: string; version: string }>;
  };

  test.each(addons.filter(({ api_groups }) => api_groups !== undefined))(
    "$name says who upgrades its CRDs",
    ({ crds }) => {
      expect(crds).toBeDefined();
    },
  );

  test("are shown with the command that does, at the versions of the newest release", () => {
    const once = addons.filter(({ crds }) => crds === "installed_once").map(({ name }) => charts[name]);
    const shown = [...text.matchAll(/^helm (?:show crds|pull) (\S+)(?: --repo (\S+))? --version (\S+)/gm)].map(
      ([, chart = "", repository, version]) =>
        repository === undefined
          ? [chart.slice(0, chart.lastIndexOf("/")), chart.slice(chart.lastIndexOf("/") + 1), version]
          : [repository, chart, version],
    );

    expect(shown.sort()).toEqual(once.map((chart) => [chart?.repository, chart?.chart, chart?.version]).sort());
  });
});
