import { BaseError, git, tryGit } from "../../fleet/programs/git";
import { didYouMean } from "../../language/suggest";

/** A commit to compare with. */
export interface BaseCommit {
  /** The argument of `--base`, or the branch of the default merge base. */
  readonly ref: string;
  /** The full id. */
  readonly commit: string;
}

/** Branches whose merge base with HEAD is the default, the first that exists. */
const MAIN_BRANCHES = ["origin/main", "main", "origin/master", "master"];

/** Completes a shallow clone, which often has one branch. */
const FETCH_ALL = 'git fetch --unshallow origin "+refs/heads/*:refs/remotes/origin/*"';

const NO_COMMIT =
  "the repository has no commit yet, so there is no earlier version to compare with. Run git add and git commit first";

/** Returns the top folder of the repository that contains a folder. */
export function repositoryOf(folder: string): string {
  const top = tryGit(folder, ["rev-parse", "--show-toplevel"])?.trim();
  if (top !== undefined && top !== "") return top;
  let reason = "";
  try {
    git(folder, ["rev-parse", "--show-toplevel"]);
  } catch (error) {
    reason = error instanceof Error ? error.message : "";
  }
  if (reason.includes("dubious ownership")) {
    const top = /repository at '([^']+)'/.exec(reason)?.[1] ?? folder;
    throw new BaseError(
      `git refuses the repository ${top}, because another user owns it. Run: git config --global --add safe.directory ${top}`,
    );
  }
  throw new BaseError(
    `${folder} is not in a git repository, so there is no earlier version to compare with. Run git init and commit the files, or run the command in a clone`,
  );
}

/**
 * Returns the commit that `--base` names. By default, it is the merge base of HEAD and `origin/main`, or `main`, or the same of
 * `master`: the commit from which the branch started.
 */
export function resolveRef(repository: string, ref: string | undefined): BaseCommit {
  if (ref !== undefined) return named(repository, ref);
  const branch = MAIN_BRANCHES.find((name) => tryCommit(repository, name) !== undefined);
  if (branch === undefined && tryCommit(repository, "HEAD") === undefined) throw new BaseError(NO_COMMIT);
  if (branch === undefined) {
    const branches = MAIN_BRANCHES.slice(0, 2).join(" or ");
    throw new BaseError(
      isShallow(repository)
        ? `this clone is shallow and has no branch ${branches}. Run ${FETCH_ALL}`
        : `there is no branch ${branches} to compare with. Name a commit: --base <ref>`,
    );
  }
  const commit = tryGit(repository, ["merge-base", "HEAD", branch])?.trim();
  if (commit !== undefined) return { ref: branch, commit };
  if (tryCommit(repository, "HEAD") === undefined) throw new BaseError(NO_COMMIT);
  throw new BaseError(
    isShallow(repository)
      ? `this clone is shallow and does not contain the commit from which the branch left ${branch}. Run git fetch --deepen=200, or git fetch --unshallow`
      : `HEAD and ${branch} have no common commit. Name a commit: --base <ref>`,
  );
}

function named(repository: string, ref: string): BaseCommit {
  const commit = ref.startsWith("-") ? undefined : tryCommit(repository, ref);
  if (commit !== undefined) return { ref, commit };
  // The clone of a CI job has the branches of the server only.
  const ofServer = tryCommit(repository, `refs/remotes/origin/${ref}`);
  if (ofServer !== undefined) return { ref: `origin/${ref}`, commit: ofServer };
  const shown = JSON.stringify(ref);
  const names = (tryGit(repository, ["for-each-ref", "--format=%(refname:short)"]) ?? "").split("\n").filter(Boolean);
  const known = didYouMean(ref, names);
  if (isShallow(repository) && known === "")
    throw new BaseError(`this clone is shallow and does not contain ${shown}. Run ${fetchOf(ref)}`);
  const fetchHint = `. Name a branch, a tag or a commit. If it exists on the server only, run git fetch first`;
  throw new BaseError(`the repository has no commit ${shown}${known || fetchHint}`);
}

/** Returns the command that fetches a commit into a shallow clone. A server sends branches, tags and ids, but no `main~2`. */
function fetchOf(ref: string): string {
  if (/^[0-9a-f]{40}$/.test(ref)) return `git fetch --depth=1 origin ${ref}`;
  const name = ref.replace(/^origin\//, "");
  // The fetched branch gets no name of its own: such a clone tracks one branch only.
  return /^[\w./-]+$/.test(name) && !name.startsWith("-") && name !== "HEAD"
    ? `git fetch --depth=1 origin ${name}, and use --base FETCH_HEAD`
    : FETCH_ALL;
}

/** Returns the id of a commit; undefined for a range such as `^main`. git prints its id with a sign in front. */
function tryCommit(repository: string, ref: string): string | undefined {
  const id = tryGit(repository, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`])?.trim() ?? "";
  return /^[0-9a-f]+$/.test(id) ? id : undefined;
}

function isShallow(repository: string): boolean {
  return tryGit(repository, ["rev-parse", "--is-shallow-repository"])?.trim() === "true";
}
