import { existsSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { changedProgram } from "./changed-program";
import { extract, keepUsed } from "./extract";
import { BaseError, tryGit } from "./git";
import type { Host } from "./host";
import { PROGRAM_DATA } from "./program-data";
import { ProgramError } from "./program-error";
import type { ProgramPin } from "./program-pin";

/** Returns the folder of the program at the tag `v<version>` of its repository; undefined if the working tree has the same program. */
export function taggedProgram({ commit: expected, version }: ProgramPin, host: Host): string | undefined {
  const tag = `v${version}`;
  const top = inRepository(() => tryGit(host.workingTree, ["rev-parse", "--show-toplevel"])?.trim());
  if (top === undefined)
    throw new ProgramError(
      `program ${version} is the git tag ${tag}, but ${host.workingTree} is not in a git repository. Run the command in a clone`,
    );
  const repository = realpathSync(top);
  const commit = tryGit(repository, ["rev-parse", "--verify", "--quiet", `refs/tags/${tag}^{commit}`])?.trim();
  if (!commit)
    throw new ProgramError(
      `the repository has no tag ${tag}, so program ${version} is not available. Run git fetch origin tag ${tag} --no-tags, or name another version`,
    );
  if (expected !== undefined && expected !== commit)
    throw new ProgramError(
      `tag ${tag} is at commit ${commit}, but the release was cut with ${expected}: the tag was moved. Move it back, or cut another release`,
    );
  const below = relative(repository, realpathSync(host.workingTree));
  if (host.folder === host.workingTree && isSame(host.folder, commit)) return undefined;
  const folder = `${version}-${commit.slice(0, 12)}`;
  const target = join(host.cache, folder, "repository");
  if (extract(repository, commit, "", target) === undefined)
    throw new ProgramError(`tag ${tag} has no files. Name another version`);
  keepUsed(host.cache, folder);
  return join(target, below);
}

/** True if the working tree writes the same stacks as a commit: the same code and the same defaults. */
function isSame(program: string, commit: string): boolean {
  const data = PROGRAM_DATA.map((file) => join("definitions", file)).filter((file) => existsSync(join(program, file)));
  if (tryGit(program, ["diff", "--quiet", "--no-ext-diff", commit, "--", ...data]) === undefined) return false;
  return changedProgram(program, commit, ["definitions"]).length === 0;
}

function inRepository(read: () => string | undefined): string | undefined {
  try {
    return read() || undefined;
  } catch (error) {
    if (error instanceof BaseError) throw new ProgramError(error.message, { cause: error });
    throw error;
  }
}
