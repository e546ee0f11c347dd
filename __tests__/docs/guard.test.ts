import { readFileSync } from "node:fs";
import { CASES } from "../operations/guard/corpus/cases";
import { EXAMPLE_FILE, exampleText, readCorpus } from "../operations/guard/corpus/corpus";
import { EXAMPLE } from "../operations/guard/corpus/wider-cases";

const page = readFileSync("docs/guard.md", "utf8");

test("the plan of the page is one that Terraform wrote", () => {
  expect(CASES).toContain(EXAMPLE);
  expect(readFileSync(EXAMPLE_FILE, "utf8")).toBe(exampleText(readCorpus()[EXAMPLE.id] ?? {}));
});

test("the page shows the exception of its example", () => {
  const [, ...lines] = readFileSync("docs/examples/guard/definitions/exceptions/end-of-the-store.yaml", "utf8").split(
    "\n",
  );

  expect(page).toContain(`\`\`\`yaml\n${lines.join("\n")}\`\`\``);
});
