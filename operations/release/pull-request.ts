import { ExpectedError } from "../../language/expected-error";
import { isMap } from "../../language/plain-map";
import { visible } from "../../language/problem";
import type { Forge, Proposal } from "./proposal";

/**
 * Returns the service that receives pull requests, by the variables of the CI system or by the address of the remote `origin`.
 *
 * @throws ExpectedError if it cannot be found, or if there is no token
 */
export function forgeOf(environment: NodeJS.ProcessEnv, origin: string | undefined): Forge {
  const { CI_PROJECT_PATH, CI_SERVER_URL, GH_TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN, GITLAB_TOKEN } =
    environment;
  const [, host = "", path = ""] =
    /^(?:https?:\/\/|ssh:\/\/)?(?:[^@/]+@)?([^/:]+)(?::\d+)?[/:](.+?)(?:\.git)?\/?$/.exec(origin ?? "") ?? [];
  const withToken = (forge: Omit<Forge, "token">, token: string | undefined, variable: string): Forge => {
    if (!token)
      throw new ExpectedError(
        `a pull request requires a token. Set ${variable}, or leave out --pull-request, which edits the file and prints the commands that propose the change`,
      );
    return { ...forge, token };
  };
  if (GITHUB_REPOSITORY || host === "github.com")
    return withToken(
      { kind: "github", repository: GITHUB_REPOSITORY || path, url: GITHUB_API_URL || "https://api.github.com" },
      GITHUB_TOKEN || GH_TOKEN,
      "GITHUB_TOKEN",
    );
  if (CI_PROJECT_PATH || host.includes("gitlab"))
    return withToken(
      { kind: "gitlab", repository: CI_PROJECT_PATH || path, url: CI_SERVER_URL || `https://${host}` },
      GITLAB_TOKEN,
      "GITLAB_TOKEN",
    );
  throw new ExpectedError(
    "the repository is neither on GitHub nor on GitLab, as far as GITHUB_REPOSITORY, CI_PROJECT_PATH and the remote origin show. Set GITHUB_REPOSITORY and GITHUB_API_URL, or CI_PROJECT_PATH and CI_SERVER_URL, or leave out --pull-request",
  );
}

/**
 * Opens a pull request with a change of one file, and returns its address. If it is open already, nothing is changed. The working tree
 * is not involved.
 *
 * @throws ExpectedError without the token in its message
 */
export async function openPullRequest(forge: Forge, proposal: Proposal): Promise<string> {
  try {
    if (forge.kind === "github") return await (await import("./on-github")).openOnGitHub(forge, proposal);
    return await (await import("./on-gitlab")).openOnGitLab(forge, proposal);
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const answer = answerOf(error);
    const status = answer.status === undefined ? "" : ` (${answer.status})`;
    throw new ExpectedError(
      `${forge.url} refused the pull request${status}: ${visible(message).replaceAll(forge.token, "***")}. ${remedy(forge, answer, message)}`,
    );
  }
}

interface Answer {
  readonly status: number | undefined;
  /** The time from which requests are allowed again, in seconds since 1970. */
  readonly limitedUntil: number | undefined;
}

/** Returns the server's response from a library's error. Each library has its own form of errors. */
function answerOf(error: unknown): Answer {
  const { cause, response, status } = Object(error) as Readonly<Record<string, unknown>>;
  const inCause = isMap(cause) || cause instanceof Object ? (cause as { response?: Response }).response : undefined;
  const headers = isMap(response) && isMap(response["headers"]) ? response["headers"] : {};
  const isLimited = headers["x-ratelimit-remaining"] === "0";
  return {
    status: typeof status === "number" ? status : inCause?.status,
    limitedUntil: isLimited ? Number(headers["x-ratelimit-reset"]) || undefined : undefined,
  };
}

function remedy({ kind, repository }: Forge, { limitedUntil, status }: Answer, message: string): string {
  const variable = kind === "github" ? "GITHUB_TOKEN" : "GITLAB_TOKEN";
  if (limitedUntil !== undefined)
    return `Run the command again after ${new Date(limitedUntil * 1000).toISOString()}, when the limit of requests ends`;
  if (status === 429 || /rate limit/i.test(message)) return "Run the command again later: too many requests were sent";
  if (status === 401) return `Set ${variable} to a token that is valid`;
  if (status !== undefined && status >= 500) return "Run the command again later: the server failed";
  return `Check that the token may write contents and open pull requests in ${repository}`;
}
