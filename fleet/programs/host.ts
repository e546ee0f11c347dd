import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap } from "../../language/plain-map";
import { homeFolder, isPackage, programFolder } from "../../language/program-folder";

/** The program that runs. */
export interface Host {
  readonly folder: string;
  /** Its folder in the working tree: another one than `folder` if it was extracted from an earlier commit. */
  readonly workingTree: string;
  /** Name and version of the package. */
  readonly name: string;
  readonly version: string;
  /** False if the program is a checkout of its own repository, whose tags are its versions. */
  readonly isPackage: boolean;
  /** Folder in which other versions are kept. */
  readonly cache: string;
  /** Folder with other versions that were placed there, each under its name; undefined if it is not set. */
  readonly placed: string | undefined;
}

/** Set in a process that runs the program of an earlier commit: the folder of the program in the working tree, with its repository. */
export const WORKING_TREE = "FLEET_WORKING_TREE";

let host: Host | undefined;

/** Describes the program that runs. */
export function thisProgram(): Host {
  const placed = process.env["FLEET_PROGRAMS_DIR"] || undefined;
  if (host === undefined) {
    const folder = programFolder();
    const text: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const { name, version } = isMap(text) ? text : {};
    const workingTree = process.env[WORKING_TREE] || folder;
    const cache = join(process.env[WORKING_TREE] || homeFolder(), ".fleet/programs");
    host = { folder, workingTree, name: String(name), version: String(version), isPackage: isPackage(), cache, placed };
  }
  return { ...host, placed };
}
