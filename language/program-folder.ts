import { accessSync, constants, existsSync, statSync } from "node:fs";
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

/**
 * Returns the folder `.fleet/<name>` below a folder, for what can be written again. If nothing can be written there, as in a read-only
 * checkout, it is in the cache of the user.
 */
export function keptFolder(home: string, name: string, environment: NodeJS.ProcessEnv = process.env): string {
  const { HOME, XDG_CACHE_HOME } = environment;
  const folder = join(home, ".fleet", name);
  const caches = XDG_CACHE_HOME || (HOME && join(HOME, ".cache"));
  return caches && !isWritable(folder) ? join(caches, "cluster-fleet", name) : folder;
}

/** True if a folder can be written to, or created. */
function isWritable(folder: string): boolean {
  if (!existsSync(folder)) return folder !== dirname(folder) && isWritable(dirname(folder));
  try {
    accessSync(folder, constants.W_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
