import type { Renderer } from "../model/renderer";
import { gitlabNotices } from "./notices";
import { readGitlab } from "./read";
import { renderChild, renderGitlab } from "./render";

/** GitLab CI. */
export const gitlab: Renderer = {
  system: "gitlab",
  render: renderGitlab,
  atRunTime: renderChild,
  notices: gitlabNotices,
  read: readGitlab,
};
