import { compareWithBase, compareWithBranch, type Forge, type Proposal } from "./proposal";

/** Timeout of a request in milliseconds. */
const LONGEST = 60_000;

/** Opens a merge request on GitLab, or returns the one that is open for the branch. */
export async function openOnGitLab({ repository, token, url }: Forge, proposal: Proposal): Promise<string> {
  const { Gitlab } = await import("@gitbeaker/rest");
  const { after, body, branch, path, title } = proposal;
  const gitlab = new Gitlab({ host: url, token, queryTimeout: LONGEST });
  const { default_branch } = await gitlab.Projects.show(repository);
  const base = String(default_branch);
  const textOn = async (ref: string): Promise<string> => {
    const { content } = await gitlab.RepositoryFiles.show(repository, path, ref);
    return Buffer.from(content, "base64").toString("utf8");
  };
  compareWithBase(await textOn(base), proposal, base);
  const branches = await gitlab.Branches.all(repository, { search: `^${branch}$` });
  if (branches.some(({ name }) => name === branch)) compareWithBranch(await textOn(branch), proposal);
  else {
    const change = { action: "update", filePath: path, content: after } as const;
    await gitlab.Commits.create(repository, branch, title, [change], { startBranch: base });
  }
  const open = await gitlab.MergeRequests.all({ projectId: repository, sourceBranch: branch, state: "opened" });
  if (open[0] !== undefined) return String(open[0].web_url);
  const request = await gitlab.MergeRequests.create(repository, branch, base, title, {
    description: body,
    removeSourceBranch: true,
  });
  return String(request.web_url);
}
