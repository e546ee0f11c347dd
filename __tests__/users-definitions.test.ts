import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Files that name `definitions/` or the user's files in it, and why that is right. */
const NAMES_DEFINITIONS: Readonly<Record<string, string>> = {
  "__tests__/cli/generate.test.ts":
    "writes schemas with the shipped data, and compares only those that name no definition of a user",
  "__tests__/cli/actions/pipelines/generate.test.ts": "writes definitions of its own in a scratch repository",
  "__tests__/docs/docs.test.ts": "reads the shipped data, and prints paths as a reader sees them",
  "__tests__/fleet/read/exceptions.test.ts": "takes the shipped defaults and releases",
  "__tests__/fleet/schema/examples.test.ts": "compares examples with the shipped defaults",
  "__tests__/fleet/schema/json-schema.test.ts":
    "writes schemas with the shipped data, and reads the editor's patterns of paths",
  "__tests__/extensions/example.test.ts": "reads the shipped data beside the example's definitions",
  "__tests__/docs/recipes.slow.test.ts": "reads the shipped data, and compares the recipes' tiers with the program's",
  "__tests__/fleet/nonsense/changed-fleet.ts": "reads the shipped data beside the fleet of the tests",
  "__tests__/fleet/programs/pinned-program.test.ts": "writes programs of its own in a scratch repository",
  "__tests__/operations/ci/changed-files.test.ts": "has paths of files only, and reads none",
  "__tests__/operations/ci/drift-issue.test.ts": "has paths of files only, and reads none",
  "__tests__/operations/import/adopt/adopt.test.ts": "reads the shipped data beside definitions of its own",
  "__tests__/operations/import/adopt/foreign-cluster.slow.test.ts":
    "reads the shipped data beside definitions of its own",
  "__tests__/operations/release/promotion.test.ts": "reads the shipped data beside definitions of its own",
  "__tests__/operations/release/pull-request.test.ts": "has paths of files only, and reads none",
  "__tests__/operations/release/releases.test.ts": "reads the shipped data beside definitions of its own",
  "__tests__/pinned-releases.slow.test.ts": "writes definitions of its own in a copy of the repository",
  "__tests__/operations/upgrade-check/upgrade-check.slow.test.ts": "copies the shipped defaults",
  "__tests__/pipelines/codeowners/codeowners.test.ts": "has paths of files only, and reads none",
  "__tests__/pipelines/running/upkeep.slow.test.ts": "names files of a scratch repository",
  "__tests__/support/copies/placed-program.ts": "copies the shipped data",
  "__tests__/support/extended/attacks.ts": "reads the shipped data beside definitions of its own",
  "__tests__/support/pipelines/running/running-fleet.ts": "writes definitions of its own in a scratch repository",
  "__tests__/support/pipelines/running/small-fleet.ts": "has the definitions of a scratch repository",
  "__tests__/support/pipelines/sample-model.ts": "reads the shipped data beside definitions of its own",
  "__tests__/synth/known-keys.test.ts": "reads schemas of programs of its own",
  "__tests__/synth/release-stacks.test.ts": "reads the shipped data beside definitions of its own",
  "__tests__/mutations/verify-files.ts": "takes the shipped defaults and releases",
  "__tests__/mutations/verify.ts": "takes the shipped defaults and releases",
  "__tests__/operations/base/open-base.test.ts": "writes definitions of its own in a scratch repository",
  "__tests__/operations/changes/changes.test.ts": "writes definitions of its own in a scratch repository",
  "__tests__/cli/init.slow.test.ts": "begins repositories in scratch folders",
  "__tests__/operations/init/folder.test.ts": "has names of folders only, and reads none",
  "__tests__/operations/init/init.test.ts": "has the paths of files that a new repository gets",
  "__tests__/operations/new-cluster/new-cluster.test.ts": "reads the shipped data beside definitions of its own",
  "__tests__/operations/show/fleet-layers.test.ts": "lists the shipped data beside definitions of its own",
  "__tests__/operations/upgrade/plan-upgrade.test.ts": "reads the shipped data beside definitions of its own",
  "__tests__/operations/upgrade/rules.test.ts": "reads the shipped data beside definitions of its own",
  "__tests__/support/copies/life.ts": "writes definitions of its own in scratch folders",
  "__tests__/package.slow.test.ts": "writes definitions of its own in a repository that installs the package",
  "__tests__/support/jest/remembered.ts": "knows the shipped data by its name",
  "__tests__/support/one-mistake.ts": "takes the shipped defaults and releases",
  "__tests__/support/shipped.ts": "reads defaults.yaml and releases/",
  "__tests__/synth/incremental.test.ts": "copies the shipped defaults",
  "__tests__/synth/key-order.slow.test.ts": "copies the shipped defaults and releases",
  "__tests__/users-definitions.slow.test.ts": "changes them in a copy of the repository",
  "__tests__/users-definitions.test.ts": "has examples of what it looks for",
  "bench/generated-fleet.ts": "copies the shipped data",
  "bench/load-fleet.ts": "has the program's own default",
  "bench/plain-app.ts": "has the program's own default",
};

/** Texts of TypeScript that name the directory of definitions, or files in it that a user adds, changes and deletes. */
function namesOfDefinitions(source: string): string[] {
  const names = source.matchAll(/(.*?)["'`]definitions(?:\/(?:accounts|channels|clusters|tiers)[^"'`]*)?["'`]/g);
  return [...names].flatMap(([text, before = ""]) => (/(shipped: |join\(work\.path, )$/.test(before) ? [] : [text]));
}

const sources = ["__tests__", "bench"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file)),
);

test("no test or benchmark reads the user's definitions", () => {
  const found = sources.filter((file) => namesOfDefinitions(readFileSync(file, "utf8")).length > 0);

  expect(found.sort()).toEqual(Object.keys(NAMES_DEFINITIONS).sort());
});

test.each([
  'loadFleet({ directory: "definitions", shipped: "definitions", today })',
  'readdirSync(join(root, "definitions/clusters"), options)',
  "const file = `definitions/accounts/${name}.yaml`",
  'cpSync(from, "definitions/channels.yaml")',
])("a test that reads them is found: %s", (source) => {
  expect(namesOfDefinitions(source)).toHaveLength(1);
});
