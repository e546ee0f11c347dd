import type { Octokit } from "@octokit/core";
import { ExpectedError } from "../../language/expected-error";
import { compareWithBase, compareWithBranch, type Forge, type Proposal } from "./proposal";

/** Timeout of all requests together in milliseconds. */
const LONGEST = 60_000;

/** Opens a pull request on GitHub, or returns the one that is open for the branch. */
export async function openOnGitHub({ repository, token, url }: Forge, proposal: Proposal): Promise<string> {
  const { Octokit } = await import("@octokit/core");
  const [owner = "", repo = ""] = repository.split("/");
  const request = { signal: AbortSignal.timeout(LONGEST) };
  const octokit = new Octokit({ auth: token, baseUrl: url, request });
  return new Repository(octokit, { owner, repo }, proposal).open();
}

class Repository {
  constructor(
    private readonly octokit: Octokit,
    private readonly at: { readonly owner: string; readonly repo: string },
    private readonly proposal: Proposal,
  ) {}

  async open(): Promise<string> {
    const { octokit, at, proposal } = this;
    const { data: about } = await octokit.request("GET /repos/{owner}/{repo}", at);
    const base = about.default_branch;
    const head = await octokit.request("GET /repos/{owner}/{repo}/git/ref/{ref}", { ...at, ref: `heads/${base}` });
    const file = await this.file(base);
    compareWithBase(file.text, proposal, base);
    if (await this.createBranch(head.data.object.sha)) await this.commit(file.sha);
    else {
      const there = await this.file(proposal.branch);
      // An earlier run may have ended after it created the branch.
      if (there.text === proposal.before) await this.commit(there.sha);
      else compareWithBranch(there.text, proposal);
    }
    return (await this.openPull()) ?? (await this.createPull(base));
  }

  private async file(ref: string): Promise<{ readonly text: string; readonly sha: string }> {
    const { path } = this.proposal;
    const { data } = await this.octokit.request("GET /repos/{owner}/{repo}/contents/{path}", { ...this.at, path, ref });
    if (Array.isArray(data) || data.type !== "file") throw new ExpectedError(`${path} is no file on ${ref}`);
    return { text: Buffer.from(data.content, "base64").toString("utf8"), sha: data.sha };
  }

  /** Returns false if the branch exists. */
  private async createBranch(sha: string): Promise<boolean> {
    const ref = `refs/heads/${this.proposal.branch}`;
    try {
      await this.octokit.request("POST /repos/{owner}/{repo}/git/refs", { ...this.at, ref, sha });
      return true;
    } catch (error) {
      const { message = "", status } = error as { readonly message?: string; readonly status?: number };
      if (status === 422 && message.includes("already exists")) return false;
      throw error;
    }
  }

  private async commit(sha: string): Promise<void> {
    const { after, branch, path, title: message } = this.proposal;
    const content = Buffer.from(after).toString("base64");
    const change = { path, branch, message, content, sha };
    await this.octokit.request("PUT /repos/{owner}/{repo}/contents/{path}", { ...this.at, ...change });
  }

  /** Returns the address of the pull request that is open for the branch. */
  private async openPull(): Promise<string | undefined> {
    const head = `${this.at.owner}:${this.proposal.branch}`;
    const { data } = await this.octokit.request("GET /repos/{owner}/{repo}/pulls", { ...this.at, head, state: "open" });
    return data[0]?.html_url;
  }

  private async createPull(base: string): Promise<string> {
    const { body, branch: head, title } = this.proposal;
    const pull = { title, body, head, base };
    return (await this.octokit.request("POST /repos/{owner}/{repo}/pulls", { ...this.at, ...pull })).data.html_url;
  }
}
