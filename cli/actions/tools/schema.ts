import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { extensionProblems } from "../../../language/extensions/own";
import { DefinitionError } from "../../../language/problem";
import { writeWhole } from "../../../synth/whole-output";
import { referenceText, schemaFiles } from "../../generate";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { definitionsDirectory, shippedDirectory } from "../../shared/definitions";
import type { ExitCode } from "../../shared/exit-code";
import { printOrWrite } from "../../shared/output-file";

type Flags = { readonly reference: string | undefined };

export const run = action(async ({ flags: { reference } }: Input<Flags>): Promise<ExitCode> => {
  const directory = definitionsDirectory();
  const files = schemaFiles(".", directory, shippedDirectory());
  const problems = extensionProblems();
  if (problems.some(({ severity }) => severity === "error")) throw new DefinitionError(problems);
  await writeWhole(directory, (unfinished) => {
    for (const [file, text] of files) {
      mkdirSync(join(unfinished, dirname(file)), { recursive: true });
      writeFileSync(join(unfinished, file), text);
    }
  });
  for (const file of files.keys()) console.log(join(directory, file));
  if (reference !== undefined) {
    await printOrWrite(referenceText(directory, shippedDirectory()), reference);
    console.log(reference);
  }
  return 0;
});
