import { ExpectedError } from "../../language/expected-error";
import { visible } from "../../language/problem";

/** A change of one file that is proposed. */
export interface Proposal {
  /** Path of the file from the top of the repository. */
  readonly path: string;
  /** Text of the file before and after. */
  readonly before: string;
  readonly after: string;
  readonly branch: string;
  readonly title: string;
  readonly body: string;
}

/** Where pull requests are opened. */
export interface Forge {
  readonly kind: "github" | "gitlab";
  /** `owner/name`, or the path of a project. */
  readonly repository: string;
  /** Address of the API of GitHub, or of the server of GitLab. */
  readonly url: string;
  readonly token: string;
}

/**
 * Returns where pull requests are opened, by the variables of the CI system or by the address of the remote `origin`.
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
      throw new ExpectedError(`a pull request requires a token. Set ${variable}, or leave out --pull-request`);
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
    "the repository is neither on GitHub nor on GitLab, as far as GITHUB_REPOSITORY, CI_PROJECT_PATH and the remote origin show. Set one of these variables, or leave out --pull-request",
  );
}

/**
 * Opens a pull request with a change of one file, and returns its address. The working tree is not involved.
 *
 * @throws ExpectedError without the token in its message
 */
export async function openPullRequest(forge: Forge, proposal: Proposal): Promise<string> {
  try {
    return forge.kind === "github" ? await onGitHub(forge, proposal) : await onGitLab(forge, proposal);
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const status = (error as { status?: unknown }).status;
    throw new ExpectedError(
      `${forge.url} refused the pull request${typeof status === "number" ? ` (${status})` : ""}: ${visible(message).replaceAll(forge.token, "***")}. Check that the token may write contents and open pull requests in ${forge.repository}`,
    );
  }
}

async function onGitHub({ repository, token, url }: Forge, proposal: Proposal): Promise<string> {
  const { Octokit } = await import("@octokit/core");
  const { after, body, branch, path, title } = proposal;
  const [owner = "", repo = ""] = repository.split("/");
  const octokit = new Octokit({ auth: token, baseUrl: url });
  const at = { owner, repo };
  const { data: about } = await octokit.request("GET /repos/{owner}/{repo}", at);
  const base = about.default_branch;
  const { data: head } = await octokit.request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
    ...at,
    ref: `heads/${base}`,
  });
  const { data: file } = await octokit.request("GET /repos/{owner}/{repo}/contents/{path}", { ...at, path, ref: base });
  if (Array.isArray(file) || file.type !== "file") throw new ExpectedError(`${path} is no file on ${base}`);
  compareWithBase(Buffer.from(file.content, "base64").toString("utf8"), proposal, base);
  await octokit
    .request("POST /repos/{owner}/{repo}/git/refs", { ...at, ref: `refs/heads/${branch}`, sha: head.object.sha })
    .catch((error: { readonly status?: number }) => {
      if (error.status !== 422) throw error;
      throw branchExists(branch);
    });
  const content = Buffer.from(after).toString("base64");
  await octokit.request("PUT /repos/{owner}/{repo}/contents/{path}", {
    ...at,
    path,
    branch,
    message: title,
    content,
    sha: file.sha,
  });
  const { data: pull } = await octokit.request("POST /repos/{owner}/{repo}/pulls", {
    ...at,
    title,
    body,
    head: branch,
    base,
  });
  return pull.html_url;
}

async function onGitLab({ repository, token, url }: Forge, proposal: Proposal): Promise<string> {
  const { Gitlab } = await import("@gitbeaker/rest");
  const { after, body, branch, path, title } = proposal;
  const gitlab = new Gitlab({ host: url, token });
  const { default_branch } = await gitlab.Projects.show(repository);
  const base = String(default_branch);
  const file = await gitlab.RepositoryFiles.show(repository, path, base);
  compareWithBase(Buffer.from(file.content, "base64").toString("utf8"), proposal, base);
  const branches = await gitlab.Branches.all(repository, { search: `^${branch}$` });
  if (branches.some(({ name }) => name === branch)) throw branchExists(branch);
  await gitlab.Commits.create(repository, branch, title, [{ action: "update", filePath: path, content: after }], {
    startBranch: base,
  });
  const request = await gitlab.MergeRequests.create(repository, branch, base, title, {
    description: body,
    removeSourceBranch: true,
  });
  return String(request.web_url);
}

/** The file is replaced as a whole: what others changed on the server meanwhile would be lost. */
function compareWithBase(there: string, { before, path }: Proposal, base: string): void {
  if (there !== before)
    throw new ExpectedError(
      `${path} differs from ${base} on the server. Commit or pull first, so that no change is lost`,
    );
}

function branchExists(branch: string): ExpectedError {
  return new ExpectedError(
    `branch ${branch} exists on the server, so the promotion may be proposed already. Look at its pull request, or delete the branch`,
  );
}
