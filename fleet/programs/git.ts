import { execFileSync } from "node:child_process";
import { ExpectedError } from "../../language/expected-error";
import { isMap } from "../../language/plain-map";

/** An error whose message is all that the user needs: what is wrong with the base, and what to do. */
export class BaseError extends ExpectedError {}

/** Variables that git sets for hooks. They name the hook's repository and index, whatever folder a command runs in. */
const OF_HOOKS = [
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_COMMON_DIR",
  "GIT_DIR",
  "GIT_INDEX_FILE",
  "GIT_NAMESPACE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_PREFIX",
  "GIT_WORK_TREE",
];

/** Returns an environment without the variables that git sets for hooks. */
export function withoutHooks(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OF_HOOKS.includes(name)));
}

/** A command of git that failed. */
class GitError extends BaseError {}

/** Runs git in a folder and returns its output. */
export function git(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  try {
    return execFileSync("git", ["-C", folder, ...args], {
      encoding: "utf8",
      env: { ...withoutHooks(process.env), ...env, LC_ALL: "C" }, // its messages are read
      maxBuffer: 1024 ** 3,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    const { code, stderr = "" } = isMap(error) ? (error as { code?: unknown; stderr?: string }) : {};
    if (code === "ENOENT") throw new BaseError("git is not installed. Install git, which reads the earlier version");
    throw new GitError(`git ${args[0]} failed: ${stderr.trim() || String(error)}`, { cause: error });
  }
}

/** Returns the output of git, or undefined if the command fails. */
export function tryGit(folder: string, args: readonly string[]): string | undefined {
  try {
    return git(folder, args);
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
