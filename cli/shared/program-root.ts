import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** The top folder of the program: sources and bundles are at different depths below it. */
function programRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "launch.mjs")) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/** Returns the path of one of the program's own files, relative to where the command runs. */
export function programPath(path: string): string {
  return relative(process.cwd(), join(programRoot(), path));
}
