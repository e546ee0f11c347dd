import { basename } from "node:path";
import TestSequencer from "@jest/test-sequencer";

/** The files that take longest: begun first, they have all the others beside them, and none is left alone at the end. */
const LONGEST = [
  "operations.ts",
  "samples.slow.test.ts",
  "package.slow.test.ts",
  "fleet.ts",
  "field-changes.slow.test.ts",
  "deploy.slow.test.ts",
  "recipes.slow.test.ts",
  "offline.ts",
  "cli.ts",
  "whole.ts",
  "pipelines.ts",
  "docs.ts",
  "synthesizer.slow.test.ts",
  "rebuilt.slow.test.ts",
  "rehearse.slow.test.ts",
  "init.slow.test.ts",
  "main.slow.test.ts",
  "kept-keys.slow.test.ts",
  "addons.ts",
  "constructs.ts",
  "synth.ts",
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
