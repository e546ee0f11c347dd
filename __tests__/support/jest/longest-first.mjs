import { basename } from "node:path";
import TestSequencer from "@jest/test-sequencer";

/** The files that take longest: begun first, they have all the others beside them, and none is left alone at the end. */
const LONGEST = [
  "samples.test.ts",
  "field-changes.test.ts",
  "fleet.ts",
  "one-mistake.test.ts",
  "synthesizer.test.ts",
  "rebuilt.test.ts",
  "operations.ts",
  "package.test.ts",
  "deploy.test.ts",
  "constructs.ts",
  "users-definitions.test.ts",
  "linear-expressions.test.ts",
  "rehearse.test.ts",
  "answers.test.ts",
  "addons.ts",
];

function place({ path }) {
  const index = LONGEST.indexOf(basename(path));
  return index < 0 ? LONGEST.length : index;
}

/** Jest's order goes by how long files took and, where they never ran, such as in CI, by their size, which says little of these. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => place(a) - place(b));
  }
}
