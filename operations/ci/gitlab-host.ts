import { Gitlab } from "@gitbeaker/rest";
import type { Entry, Host } from "./host";

/** Returns a project on GitLab. */
export async function gitlabHost(api: string, project: string, token: string): Promise<Host> {
  const gitlab = new Gitlab({ host: api.replace(/\/api\/v4\/?$/, ""), token });
  const me = await gitlab.Users.showCurrentUser();
  return {
    comments: async (change) => {
      const notes = await gitlab.MergeRequestNotes.all(project, Number(change));
      return notes.filter(({ author }) => author.id === me.id).map(({ body, id }): Entry => ({ id, body }));
    },
    createComment: async (change, body) => {
      await gitlab.MergeRequestNotes.create(project, Number(change), body);
    },
    updateComment: async (change, id, body) => {
      await gitlab.MergeRequestNotes.edit(project, Number(change), id, { body });
    },
    issues: async (label) => {
      const issues = await gitlab.Issues.all({ projectId: project, labels: label, state: "opened" });
      return issues
        .filter(({ author }) => author.id === me.id)
        .map(({ description, iid }): Entry => ({ id: iid, body: description ?? "" }));
    },
    createIssue: async (title, description, label) => {
      await gitlab.Issues.create(project, title, { description, labels: label });
    },
    updateIssue: async (id, description) => {
      await gitlab.Issues.edit(project, id, { description });
    },
    closeIssue: async (id, comment) => {
      await gitlab.IssueNotes.create(project, id, comment);
      await gitlab.Issues.edit(project, id, { stateEvent: "close" });
    },
    propose: async (branch, base, title, description) => {
      const [open] = await gitlab.MergeRequests.all({ projectId: project, sourceBranch: branch, state: "opened" });
      if (open !== undefined) {
        await gitlab.MergeRequests.edit(project, open.iid, { description });
        return open.web_url;
      }
      const created = await gitlab.MergeRequests.create(project, branch, base, title, { description });
      return created.web_url;
    },
  };
}
