import { writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ExpectedError } from "../../language/expected-error";
import { writeWhole } from "../../synth/whole-output";

/** Prints text on stdout, or writes it to a file, which is replaced as a whole or not at all. */
export async function printOrWrite(text: string, file: string | undefined): Promise<void> {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeWhole(dirname(file), (unfinished) => writeFileSync(join(unfinished, basename(file)), text));
}

/** Refuses flags about a picture that have no effect together. */
export function checkPictureFlags({
  json,
  out,
  svg,
}: {
  readonly json: boolean;
  readonly out: string | undefined;
  readonly svg: boolean;
}): void {
  if (out !== undefined && !svg) throw new ExpectedError("--out requires --svg");
  if (svg && json) throw new ExpectedError("--svg and --json cannot be combined. Remove one of them");
}
