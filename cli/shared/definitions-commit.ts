import { existsSync } from "node:fs";
import { tryGit } from "../../fleet/programs/git";
import { definitionsDirectory } from "./definitions";

/** Returns the commit of the definitions, with `+` if there are uncommitted changes; null outside of a repository. */
export function definitionsCommit(): string | null {
  const directory = definitionsDirectory();
  const commit = existsSync(directory) ? tryGit(directory, ["rev-parse", "HEAD"])?.trim() : undefined;
  if (commit === undefined) return null;
  return tryGit(directory, ["status", "--porcelain", "--", "."])?.trim() === "" ? commit : `${commit}+`;
}
