import { Octokit } from "@octokit/core";
import { ExpectedError } from "../../language/expected-error";
import { type CiContext, required } from "./context";
import type { Entry, Host } from "./host";

/** Returns the service of the CI system; undefined if it has no API that jobs can write to. */
export async function hostOf(context: CiContext): Promise<Host | undefined> {
  const { api, repository, system } = context;
  if (api === null || repository === null) return undefined;
  const token = required(context, "FLEET_CI_TOKEN");
  if (system === "gitlab") return (await import("./gitlab-host")).gitlabHost(api, repository, token);
  return githubHost(api, repository, token);
}

/** Comments of these users are the job's own: anybody can write the marker. */
const OWN = /\[bot\]$/;

function githubHost(api: string, repository: string, token: string): Host {
  const octokit = new Octokit({ auth: token, baseUrl: api });
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
        for (const { body = "", id, user } of data)
          if (OWN.test(user?.login ?? "")) found.push({ id: Number(id), body });
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
        for (const { body, number: id, user } of data)
          if (OWN.test(user?.login ?? "")) found.push({ id, body: body ?? "" });
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

/** Returns an error of a service's API as people understand it. */
export function apiError(error: unknown): Error {
  const status = typeof error === "object" && error !== null && "status" in error ? error.status : undefined;
  if (typeof status !== "number") return error instanceof Error ? error : new Error(String(error));
  const message = error instanceof Error ? error.message : "";
  return new ExpectedError(`the API of the hosting service answered ${status}: ${message}`);
}
