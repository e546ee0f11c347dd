import { Octokit } from "@octokit/core";
import { patientFetch } from "../messages/patient-fetch";
import { statusOf } from "./api-error";
import type { Entry, Host } from "./host";

/** Users of tokens that belong to no person, such as those of runs. */
const BOT = /\[bot\]$/;

/**
 * Returns a repository on GitHub. Of comments and issues, only the job's own are returned, because anybody can write a marker.
 *
 * @param isRun true if the token belongs to a run. Such a token cannot read its own user
 */
export async function githubHost(api: string, repository: string, token: string, isRun: boolean): Promise<Host> {
  const octokit = new Octokit({ auth: token, baseUrl: api, request: { fetch: patientFetch() } });
  const login = isRun ? undefined : await ownLogin(octokit);
  const isOwn = (user: { readonly login: string } | null | undefined): boolean =>
    login === undefined ? BOT.test(user?.login ?? "") : user?.login === login;
  const [owner = "", repo = ""] = repository.split("/");
  const at = { owner, repo };
  const number = (change: string): number => Number(change);
  return {
    comments: async (change) => {
      const found: Entry[] = [];
      for (let page = 1; ; page += 1) {
        const { data } = await octokit.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
          ...at,
          issue_number: number(change),
          per_page: 100,
          page,
        });
        for (const { body = "", id, user } of data) if (isOwn(user)) found.push({ id: Number(id), body });
        if (data.length < 100) return found;
      }
    },
    createComment: async (change, body) => {
      await octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        ...at,
        issue_number: number(change),
        body,
      });
    },
    updateComment: async (_, id, body) => {
      await octokit.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
        ...at,
        comment_id: id,
        body,
      });
    },
    issues: async (label) => {
      const found: Entry[] = [];
      for (let page = 1; ; page += 1) {
        const { data } = await octokit.request("GET /repos/{owner}/{repo}/issues", {
          ...at,
          labels: label,
          state: "open",
          per_page: 100,
          page,
        });
        for (const { body, number: id, user } of data) if (isOwn(user)) found.push({ id, body: body ?? "" });
        if (data.length < 100) return found;
      }
    },
    createIssue: async (title, body, label) => {
      await octokit.request("POST /repos/{owner}/{repo}/issues", { ...at, title, body, labels: [label] });
    },
    updateIssue: async (id, body) => {
      await octokit.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", { ...at, issue_number: id, body });
    },
    closeIssue: async (id, comment) => {
      await octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        ...at,
        issue_number: id,
        body: comment,
      });
      await octokit.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
        ...at,
        issue_number: id,
        state: "closed",
      });
    },
    propose: async (branch, base, title, body) => {
      const { data } = await octokit.request("GET /repos/{owner}/{repo}/pulls", {
        ...at,
        head: `${owner}:${branch}`,
        state: "open",
      });
      const [open] = data;
      if (open !== undefined) {
        await octokit.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
          ...at,
          pull_number: open.number,
          body,
        });
        return open.html_url;
      }
      const created = await octokit.request("POST /repos/{owner}/{repo}/pulls", {
        ...at,
        head: branch,
        base,
        title,
        body,
      });
      return created.data.html_url;
    },
  };
}

/** Returns the user of a token; undefined if the token belongs to an app, which has none. */
async function ownLogin(octokit: Octokit): Promise<string | undefined> {
  try {
    return (await octokit.request("GET /user")).data.login;
  } catch (error) {
    if (statusOf(error) === 403) return undefined;
    throw error;
  }
}
