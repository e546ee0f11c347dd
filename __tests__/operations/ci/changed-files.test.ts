import { onlyDefinitions } from "../../../operations/ci/changed-files";

test.each([
  "definitions/accounts/sandbox.yaml",
  "definitions/channels.yaml",
  "definitions/clusters/search/search.dev.example.com.yaml",
  "definitions/rollouts.yaml",
  "definitions/schema/names.schema.json",
  "definitions/tiers/trial.yaml",
])("a pull request that only changes %s needs no tests of the program", (file) => {
  expect(onlyDefinitions([file], "definitions")).toBe(true);
  expect(onlyDefinitions([file], "./definitions/")).toBe(true);
});

test.each([
  "definitions/defaults.yaml",
  "definitions/pipelines.yaml",
  "definitions/releases/2026.11.yaml",
  "definitions/regions.yaml",
  "fleet/load.ts",
  "other/definitions/clusters/a.example.com.yaml",
  "README.md",
])("a pull request that changes %s beside a cluster runs all tests", (file) => {
  expect(onlyDefinitions(["definitions/clusters/a.example.com.yaml", file], "definitions")).toBe(false);
});
