import { readFileSync } from "node:fs";
import { CASES } from "../operations/guard/corpus/cases";
import { EXAMPLE_FILE, exampleText, readCorpus } from "../operations/guard/corpus/corpus";
import { EXAMPLE } from "../operations/guard/corpus/wider-cases";
import { runFleet } from "../support/run-fleet";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const page = readFileSync("docs/guard.md", "utf8");

/** Commands of the page with their outputs, and the directory of definitions that a comment above them names. */
const EXAMPLES = [
  ...page.matchAll(/(?:<!-- DEFINITIONS_DIR=(\S+) -->\n\n)?```console\n\$ npx fleet (.*)\n([\s\S]*?)```/g),
].map(([, directory = SAMPLE_FLEET, line = "", output = ""]) => ({ directory, line, output }));

test("the page shows two runs", () => {
  expect(EXAMPLES).toHaveLength(2);
});

test.each(EXAMPLES)("fleet $line prints what the page shows, with $directory", async ({ directory, line, output }) => {
  const { stdout } = await runFleet(line.split(" "), { definitions: directory });

  expect(stdout).toBe(output);
});

test("the plan of the page is one that Terraform made", () => {
  expect(CASES).toContain(EXAMPLE);
  expect(readFileSync(EXAMPLE_FILE, "utf8")).toBe(exampleText(readCorpus()[EXAMPLE.id] ?? {}));
});

test("the page shows the exception of its example", () => {
  const [, ...lines] = readFileSync("docs/examples/guard/definitions/exceptions/end-of-the-store.yaml", "utf8").split(
    "\n",
  );

  expect(page).toContain(`\`\`\`yaml\n${lines.join("\n")}\`\`\``);
});
