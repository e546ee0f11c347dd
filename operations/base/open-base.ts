import { existsSync, realpathSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { changedBelow, changedProgram } from "../../fleet/programs/changed-program";
import { extract, keepRecent } from "../../fleet/programs/extract";
import { tryGit } from "../../fleet/programs/git";
import { extensionsFolder } from "../../language/extensions/find";
import { homeFolder, isPackage, keptFolder } from "../../language/program-folder";
import { type BaseCommit, repositoryOf, resolveRef } from "./resolve-ref";

/** Paths of the program and the definitions in the working tree. */
export interface Workspace {
  /** The program's folder. */
  readonly program: string;
  /** The definitions, possibly in another repository. */
  readonly directory: string;
  /** The definitions that come with the program. */
  readonly shipped: string;
  /** Folder in which other versions are kept; by default `.fleet/base`, which git ignores, or the cache of the user. */
  readonly cache?: string | undefined;
}

/** Another version of the definitions, and of the program if that differs. */
export interface BaseVersion extends BaseCommit {
  /** Folder of the cache that belongs to this version. */
  readonly folder: string;
  /** The definitions at that commit; undefined if it has none. */
  readonly directory: string | undefined;
  /** The shipped definitions at that commit. */
  readonly shipped: string;
  /** The program at that commit; undefined if it would write the same JSON as the working tree's program. */
  readonly checkout: { readonly program: string; readonly changed: readonly string[] } | undefined;
}

/**
 * Opens the version of the repository that `ref` names, or the merge base with the main branch. If only definitions differ, only
 * they are extracted, and this program reads both. Otherwise the whole repository is extracted, because the JSON of that version
 * comes from its own program.
 *
 * @throws BaseError
 */
export function openBase({ cache: own, directory, program, shipped }: Workspace, ref: string | undefined): BaseVersion {
  const definitions = existsSync(directory) ? realpathSync(directory) : resolve(directory);
  const repository = realpathSync(repositoryOf(existsSync(definitions) ? definitions : program));
  const base = resolveRef(repository, ref);
  const cache = resolve(own ?? keptFolder(isPackage() ? homeFolder() : program, "base"));
  const folder = join(cache, base.commit);
  const inRepository = (path: string): string => relative(repository, path);
  const opened = (version: Pick<BaseVersion, "checkout" | "directory" | "shipped">): BaseVersion => {
    if (existsSync(folder)) keepRecent(cache, base.commit);
    return { ...base, folder, ...version };
  };
  /** Extracts one folder of the commit. Its path below the version's folder ends like its path in the repository, as messages show it. */
  const extracted = (path: string, below = "own"): string | undefined =>
    extract(repository, base.commit, inRepository(path), join(folder, below, inRepository(path)));

  const home = tryGit(program, ["rev-parse", "--show-toplevel"])?.trim();
  if (isPackage() || home === undefined || realpathSync(home) !== repository) {
    // The program does not belong to the definitions' history: it is the same for both versions, but the extensions may differ.
    const extensions = extensionsFolder(definitions);
    const changed = changedBelow(repository, base.commit, inRepository(extensions));
    if (changed.length > 0) extracted(extensions);
    return opened({
      directory: extracted(definitions),
      shipped,
      checkout: changed.length === 0 ? undefined : { program, changed },
    });
  }
  const shippedHere = realpathSync(shipped);
  const programHere = realpathSync(program);
  const changed = changedProgram(
    programHere,
    base.commit,
    [definitions, shippedHere].map((path) => relative(programHere, path)),
  );
  if (changed.length === 0) {
    const theirOwn = extracted(definitions);
    const theirs = shippedHere === definitions ? theirOwn : extracted(shippedHere, "shipped");
    return opened({ directory: theirOwn, shipped: theirs ?? shipped, checkout: undefined });
  }
  const whole = extract(repository, base.commit, "", join(folder, "repository")) ?? join(folder, "repository");
  const there = join(whole, inRepository(definitions));
  return opened({
    directory: existsSync(there) ? there : undefined,
    shipped: join(whole, inRepository(shippedHere)),
    checkout: { program: join(whole, inRepository(programHere)), changed },
  });
}
