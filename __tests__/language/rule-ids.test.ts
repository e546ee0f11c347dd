import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkFleet } from "../../fleet/load";
import { RULE_IDS } from "../../language/rule-ids";
import { type Files, readingDefinitions, SMALLEST, TODAY } from "../support/definitions";

const sources = ["fleet", "language"].flatMap((room) =>
  readdirSync(room, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && file !== "rule-ids.ts")
    .map((file) => readFileSync(join(room, file), "utf8")),
);

test("rule ids are sorted, and each is there once", () => {
  expect(RULE_IDS).toEqual([...new Set(RULE_IDS)].sort());
});

test("a rule id consists of lower-case words", () => {
  expect(RULE_IDS.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
});

test("the program reports every rule id", () => {
  expect(RULE_IDS.filter((id) => !sources.some((text) => text.includes(`"${id}"`)))).toEqual([]);
});

/** Returns the ids of the rules whose errors definitions have. */
function rulesOf(files: Files): string[] {
  return readingDefinitions(files, (directory) => {
    const { problems } = checkFleet({ directory, shipped: "definitions", today: TODAY });
    const errors = problems.filter(({ severity }) => severity === "error");
    return [...new Set(errors.map(({ rule }) => rule))];
  });
}

const cluster = (text: string): Files => ({ "clusters/a.example.com.yaml": text });
const inTfvars = (lines: string): Files => cluster(`${SMALLEST}${lines.replace(/^/gm, "  ")}\n`);

test.each<readonly [string, Files]>([
  ["yaml-syntax", cluster(`${SMALLEST}  other: [\n`)],
  ["duplicate-key", cluster(`${SMALLEST}  common:\n    aws_region: us-east-1\n`)],
  ["file-encoding", cluster("meta: \0")],
  ["file-size", cluster(`# ${"x".repeat(1024 * 1024)}`)],
  ["empty-file", cluster("")],
  ["unreadable-file", { ...cluster(SMALLEST), "clusters/b.example.com.yaml": { linkTo: "nowhere" } }],
  ["misplaced-file", { ...cluster(SMALLEST), "tiers/more.yml": "{}" }],
  ["secret", cluster(`${SMALLEST}# AKIAIOSFODNN7EXAMPLF\n`)],
  ["encrypted-value", inTfvars("node_pools: ENC[AES256_GCM,data:x]")],
  ["duplicate-item", cluster(`${SMALLEST}    - name: general\n`)],
  ["empty-map", inTfvars("networking:")],
  ["ambiguous-value", inTfvars("addons:\n  karpenter:\n    values:\n      a: yes")],
  ["unknown-key", inTfvars("networks: {}")],
  ["invalid-value", inTfvars("networking:\n  vpc_cidr: 1")],
  ["invalid-key", cluster(SMALLEST.replace("  common:\n", "  common:\n    tags: { 'aws:x': a }\n"))],
  ["required-key", cluster(SMALLEST.replace("    aws_region: us-east-1\n", "    {}\n"))],
  ["unknown-layer", cluster(SMALLEST.replace("tfvars:", "  TIER: other\ntfvars:"))],
  ["file-name", { "clusters/b.example.com.yaml": SMALLEST }],
  ["worker-sizes", cluster(`${SMALLEST}      min_size: 5\n      max_size: 2\n`)],
])("a definition that breaks %s gets this id alone", (rule, files) => {
  expect(rulesOf(files)).toEqual([rule]);
});
