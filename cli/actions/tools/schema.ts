import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeWhole } from "../../../synth/whole-output";
import { schemaFiles } from "../../generate";
import { action } from "../../shared/action";
import { definitionsDirectory, shippedDirectory } from "../../shared/definitions";
import type { ExitCode } from "../../shared/exit-code";

export const run = action(async (): Promise<ExitCode> => {
  const directory = definitionsDirectory();
  const files = schemaFiles(".", directory, shippedDirectory());
  await writeWhole(directory, (unfinished) => {
    for (const [file, text] of files) {
      mkdirSync(join(unfinished, dirname(file)), { recursive: true });
      writeFileSync(join(unfinished, file), text);
    }
  });
  for (const file of files.keys()) console.log(join(directory, file));
  return 0;
});
