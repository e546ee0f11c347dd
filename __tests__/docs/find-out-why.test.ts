import { readFileSync } from "node:fs";
import { runFleet } from "../support/run-fleet";
import { SAMPLE_FLEET } from "../support/sample-fleet";

/** A block that shows a command line and what it prints. */
const BLOCK = /^```console\n\$ npx fleet (.*)\n([\s\S]*?)^```$/gm;

const page = readFileSync("docs/find-out-why.md", "utf8");
const blocks = [...page.matchAll(BLOCK)].map(([, line = "", output = ""]) => [line, output] as const);

test("the page has blocks", () => {
  expect(blocks.length).toBe(5);
});

test.each(blocks)("fleet %s prints what the page shows", async (line, output) => {
  // The clusters of the page are in both fleets, but those in definitions/ are the user's.
  const { stdout } = await runFleet(line.split(" "));
  expect(lasting(stdout.replaceAll(SAMPLE_FLEET, "definitions"))).toBe(lasting(output));
});

/** The defaults grow with every new key, so that their lines move. */
function lasting(text: string): string {
  return text.replaceAll(/(definitions\/defaults\.yaml):\d+:\d+/g, "$1");
}
