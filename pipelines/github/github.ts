import type { Renderer } from "../model/renderer";
import { githubNotices } from "./notices";
import { readGithub } from "./read";
import { renderGithub } from "./render";

/** GitHub Actions. */
export const github: Renderer = {
  system: "github",
  render: renderGithub,
  notices: githubNotices,
  read: readGithub,
};
