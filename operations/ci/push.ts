import { execFileSync } from "node:child_process";
import { ExpectedError } from "../../language/expected-error";
import type { CiContext } from "./context";

/** Author of commits by jobs. */
const AUTHOR = { name: "fleet", email: "fleet@users.noreply.github.com" } as const;

/**
 * Commits what a job changed to a separate branch, and pushes it. The branch is replaced each time, because it belongs to the job.
 *
 * @returns false if nothing changed
 */
export function pushChanges(context: CiContext, branch: string, paths: readonly string[], message: string): boolean {
  const git = (...args: string[]): string => {
    try {
      return execFileSync("git", args, { encoding: "utf8", env: { ...process.env, ...gitVariables(context) } });
    } catch (error) {
      const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
      throw new ExpectedError(`git ${args[0]} failed: ${said.trim()}`);
    }
  };
  if (git("status", "--porcelain", "--", ...paths).trim() === "") return false;
  git("checkout", "--quiet", "-B", branch);
  git("add", "--", ...paths);
  git("commit", "--quiet", "-m", message);
  git("push", "--quiet", "--force", "origin", `HEAD:refs/heads/${branch}`);
  return true;
}

/** Passes the token to git in a variable, because every process of the machine can read arguments. */
function gitVariables({ api, variable }: CiContext): Readonly<Record<string, string>> {
  const token = variable("FLEET_CI_TOKEN");
  const host = api === null ? undefined : new URL(api).host.replace(/^api\./, "");
  const settings: readonly (readonly [string, string])[] = [
    ["user.name", AUTHOR.name],
    ["user.email", AUTHOR.email],
    ...(token === undefined
      ? []
      : [
          [
            "http.extraheader",
            `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`,
          ] as const,
          // A job has the token, and no key of SSH.
          ...(host === undefined ? [] : [[`url.https://${host}/.insteadOf`, `git@${host}:`] as const]),
        ]),
  ];
  return {
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}
