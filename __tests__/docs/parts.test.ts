import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { problemsOf } from "../support/definitions";
import { SAMPLE_FLEET } from "../support/sample-fleet";

/** Another cluster that the pages name. */
const BATCH = "clusters/data/batch.eks.example.com.yaml";

/** Returns the examples of a page, each with its heading. */
function examplesOf(page: string): { readonly section: string; readonly example: Readonly<Record<string, unknown>> }[] {
  const text = readFileSync(`docs/${page}.md`, "utf8");
  let section = page;
  return [...text.matchAll(/^#+ (.*)$|^```yaml\n([\s\S]*?)^```$/gm)].flatMap(([, heading, block]) => {
    section = heading ?? section;
    return block === undefined ? [] : [{ section, example: parse(block) as Readonly<Record<string, unknown>> }];
  });
}

function problemsIn(part: Readonly<Record<string, unknown>>): string[] {
  const definition = {
    meta: { CLUSTER_NAME: "docs.eks.example.com", ACCOUNT: "production", TIER: "production" },
    tfvars: { common: { aws_region: "us-east-2" }, workers: [{ name: "general" }], ...part },
  };
  return problemsOf({
    [BATCH]: readFileSync(`${SAMPLE_FLEET}/${BATCH}`, "utf8"),
    "clusters/docs.eks.example.com.yaml": stringify(definition),
  }).filter((text) => text.startsWith("clusters/docs.eks") && !text.includes(" warning: "));
}

test.each(examplesOf("networking"))("the example in $section of networking.md is accepted", ({ example }) => {
  expect(problemsIn({ networking: { vpc_cidr: "10.44.0.0/16", ...example } })).toEqual([]);
});

test.each(examplesOf("access"))("the example in $section of access.md is accepted", ({ example }) => {
  expect(problemsIn({ cluster: example })).toEqual([]);
});

test("networking.md has 6 examples, access.md 3", () => {
  expect([examplesOf("networking").length, examplesOf("access").length]).toEqual([6, 3]);
});
