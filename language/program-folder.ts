import { existsSync } from "node:fs";
import { dirname, join, sep } from "node:path";

/** Returns the program's top folder, wherever a command runs. Sources and bundles are at different depths below it. */
export function programFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "launch.mjs")) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/** True if the program is a package of the repository that it runs in. Its folder is replaced by the next installation. */
export function isPackage(): boolean {
  return programFolder().split(sep).includes("node_modules");
}

/** Returns the folder of `.fleet/`, where the program keeps what it can write again. */
export function homeFolder(): string {
  return isPackage() ? process.cwd() : programFolder();
}
