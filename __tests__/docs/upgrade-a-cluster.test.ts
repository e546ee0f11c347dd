import { readFileSync } from "node:fs";
import { runFleet } from "../support/run-fleet";

const page = readFileSync("docs/upgrade-a-cluster.md", "utf8");

/** Commands of the page that show their output. */
const EXAMPLES = [...page.matchAll(/```console\n\$ npx fleet (.*)\n([\s\S]*?)```/g)].map(
  ([, line = "", output = ""]) => ({
    line,
    output,
  }),
);

test("the page shows one run", () => {
  expect(EXAMPLES).toHaveLength(1);
});

test.each(EXAMPLES)("fleet $line prints what the page shows", async ({ line, output }) => {
  const { stdout } = await runFleet(line.split(" "));

  expect(stdout).toBe(output);
});

test("the messages that lead to the page name a section that it has", () => {
  expect(page).toContain("\n## Roll back an upgrade\n");
});
