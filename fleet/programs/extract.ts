import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { git, tryGit } from "./git";

/** Versions that stay in the cache; those that were used longest ago are removed. */
const MOST_KEPT = 4;

/**
 * Returns a folder with the files of a folder at a commit; undefined if the commit does not have the folder. It is extracted once,
 * whole or not at all, so that an interrupted run leaves nothing that looks complete.
 *
 * @param path path of the folder in the repository; empty for the whole repository
 */
export function extract(repository: string, commit: string, path: string, target: string): string | undefined {
  if (existsSync(target)) return target;
  const tree = `${commit}:${path}`;
  if (tryGit(repository, ["cat-file", "-t", tree])?.trim() !== "tree") return undefined;
  mkdirSync(dirname(target), { recursive: true });
  const unfinished = mkdtempSync(`${target}.unfinished-`);
  try {
    const files = join(unfinished, "files");
    const env = { GIT_INDEX_FILE: join(unfinished, "index") };
    mkdirSync(files);
    // Not `git archive`, which leaves out files that .gitattributes excludes from releases.
    git(repository, ["read-tree", tree], env);
    git(repository, ["checkout-index", "--all", "--force", `--prefix=${files}/`], env);
    if (!existsSync(target)) renameSync(files, target);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return target;
}

/** Marks a version as used now, and removes those from the cache that were used longest ago. */
export function keepRecent(cache: string, current: string): void {
  const now = new Date();
  utimesSync(join(cache, current), now, now);
  const others = readdirSync(cache)
    .filter((name) => name !== current)
    .map((name) => ({ name, used: statSync(join(cache, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.used - a.used);
  for (const { name } of others.slice(MOST_KEPT - 1)) rmSync(join(cache, name), { recursive: true, force: true });
}

/** A version that was not used for so long is removed from the cache. */
const UNUSED_DAYS = 30;

/**
 * Marks a version as used now, and removes those from the cache that were not used for a month. Never fails: the cache may be
 * read-only.
 */
export function keepUsed(cache: string, current: string): void {
  const now = Date.now();
  try {
    utimesSync(join(cache, current), now / 1000, now / 1000);
    for (const name of readdirSync(cache)) {
      const used = statSync(join(cache, name), { throwIfNoEntry: false })?.mtimeMs ?? now;
      if (name !== current && used < now - UNUSED_DAYS * 24 * 60 * 60 * 1000)
        rmSync(join(cache, name), { recursive: true, force: true });
    }
  } catch {}
}
