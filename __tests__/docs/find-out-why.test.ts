import { readFileSync } from "node:fs";
import { runFleet } from "../support/run-fleet";

/** A block that shows a command line and what it prints. */
const BLOCK = /^```console\n\$ npx fleet (.*)\n([\s\S]*?)^```$/gm;

const page = readFileSync("docs/find-out-why.md", "utf8");
const blocks = [...page.matchAll(BLOCK)].map(([, line = "", output = ""]) => [line, output] as const);

test("the page has blocks", () => {
  expect(blocks.length).toBe(3);
});

test.each(blocks)("fleet %s prints what the page shows", async (line, output) => {
  // The clusters of the page are in both fleets, but those in definitions/ are the user's.
  expect((await runFleet(line.split(" "))).stdout).toBe(output);
});
