import type { Renderer } from "../model/renderer";
import { gitlabNotices } from "./notices";
import { readGitlab } from "./read";
import { ROOT_FILE, renderChild, renderGitlab } from "./render";

/** GitLab CI. */
export const gitlab: Renderer = {
  system: "gitlab",
  places: [ROOT_FILE],
  mostClusters: 200, // of 500 jobs, in the free plan, each has a preview and an apply
  render: renderGitlab,
  atRunTime: renderChild,
  notices: gitlabNotices,
  read: readGitlab,
};
