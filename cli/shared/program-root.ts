import { join, relative } from "node:path";
import { programFolder } from "../../language/program-folder";

/** Returns the path of one of the program's own files, relative to where the command runs. */
export function programPath(path: string): string {
  return relative(process.cwd(), join(programFolder(), path));
}
