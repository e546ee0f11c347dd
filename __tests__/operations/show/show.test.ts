import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { checkFleet, loadFleet } from "../../../fleet/load";
import { DefinitionError } from "../../../language/problem";
import { definitionYaml } from "../../../operations/show/definition-yaml";
import { type Shown, showCluster } from "../../../operations/show/show";
import { type Files, SMALLEST, TODAY, withDefinitions } from "../../support/definitions";
import { oneOfEvery } from "../../support/jest/cases";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const shown = (directory: string, select: string): Shown =>
  showCluster(checkFleet({ directory, shipped: "definitions", select, today: TODAY }), TODAY);

const yamlOf = (directory: string, select: string, origin = false): string =>
  definitionYaml(shown(directory, select).tree, { origin });

const fleet = loadFleet({ directory: SAMPLE_FLEET, shipped: "definitions", today: TODAY });

test("what is shown of each cluster is a definition of the same cluster", () => {
  // Clusters with a peer cannot be loaded without it.
  const some = oneOfEvery(5, fleet.clusters);
  const again = withDefinitions({}, (directory) => {
    for (const { name } of some) {
      const { report, tree } = shown(SAMPLE_FLEET, name);
      const file = join(directory, report.file.slice(SAMPLE_FLEET.length + 1));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, definitionYaml(tree, { origin: true }));
    }
    return loadFleet({ directory, shipped: "definitions", today: TODAY }).clusters;
  });

  expect(again).toEqual(some);
});

test("a value without an effect is left out if it is from a lower layer", () => {
  const { definition } = shown(SAMPLE_FLEET, "edge.acme.example.net").report;

  expect(JSON.stringify(definition)).toContain("spot_price");
  expect(JSON.stringify(definition)).not.toContain("spot_allocation_strategy");
});

/** Shows a cluster of some files, with paths relative to their directory. */
function ofFiles(files: Files, origin = false): { readonly yaml: string; readonly shown: Shown } {
  return withDefinitions(files, (directory) => ({
    yaml: yamlOf(directory, "a.example.com", origin).replaceAll(`${directory}/`, ""),
    shown: shown(directory, "a.example.com"),
  }));
}

test("keys are in the order of the reference, and each value is followed by its file and line", () => {
  const { yaml } = ofFiles({ "clusters/a.example.com.yaml": SMALLEST }, true);

  expect(yaml.split("\n").slice(0, 3)).toEqual([
    "meta:",
    "  CLUSTER_NAME: a.example.com # clusters/a.example.com.yaml:2",
    expect.stringMatching(/^ {2}CLUSTER_TYPE: eks # definitions\/defaults\.yaml:\d+$/),
  ]);
  expect(yaml).toMatch(/^ {4}tags: \{\} # definitions\/defaults\.yaml:\d+$/m);
  expect(yaml).toMatch(/^ {4}aws_region: us-east-1 # clusters\/a\.example\.com\.yaml:5$/m);
  expect(yaml.split("\n").filter((line) => /^\s*#/.test(line))).toEqual([]);
});

test("without origin there is no comment", () => {
  expect(ofFiles({ "clusters/a.example.com.yaml": SMALLEST }).yaml).not.toContain("#");
});

test("a definition with an error is shown as far as it resolves, with the error", () => {
  const { shown: answer, yaml } = ofFiles({
    "clusters/a.example.com.yaml": SMALLEST.replace("us-east-1", "us-esat-1").concat("      max_size: many\n"),
  });

  expect(parse(yaml).tfvars.workers[0]).toMatchObject({ name: "general", max_size: "many" });
  expect(answer.report.problems.map(({ line, path, severity }) => [severity, line, path])).toEqual([
    ["error", 5, "tfvars.common.aws_region"],
    ["error", 8, "tfvars.workers[general].max_size"],
  ]);
});

test("a secret is shown neither in YAML nor in JSON", () => {
  const secret = "AKIAIOSFODNN7EXAMPLE";
  const { shown: answer, yaml } = ofFiles({
    "clusters/a.example.com.yaml": SMALLEST.replace("us-east-1", `us-east-1\n    tags:\n      key: ${secret}`),
  });

  expect(parse(yaml).tfvars.common.tags).toEqual({ key: "(secret)" });
  expect(JSON.stringify(answer.report)).not.toContain(secret);
});

test("layers are listed from the lowest to the highest, with those that come with the program", () => {
  const { report } = shown(SAMPLE_FLEET, "shop.acme.example.net");

  expect(report.layers.map(({ layer, name, shipped }) => [layer, name, shipped])).toEqual([
    ["defaults", null, true],
    ["release", "2026.10", true],
    ["account", "acme", false],
    ["tier", "production", false],
    ["cluster", "shop.acme.example.net", false],
  ]);
  expect(report.layers.at(-1)?.file).toBe(`${SAMPLE_FLEET}/clusters/acme/shop.acme.example.net.yaml`);
  expect(report.facts).toEqual([
    { file: `${SAMPLE_FLEET}/channels.yaml`, shipped: false },
    { file: "definitions/regions.yaml", shipped: true },
    { file: "definitions/kubernetes-support.yaml", shipped: true },
  ]);
});

test("refuses a selection of several clusters", () => {
  expect(() => shown(SAMPLE_FLEET, "*.acme.example.net")).toThrow(
    "name one cluster. Selected: edge.acme.example.net, shop.acme.example.net",
  );
});

test("a name that no cluster has is an error of the definitions", () => {
  expect(() => shown(SAMPLE_FLEET, "nobody.example.com")).toThrow(DefinitionError);
});
