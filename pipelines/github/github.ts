import type { Renderer } from "../model/renderer";
import { githubNotices } from "./notices";
import { readGithub } from "./read";
import { renderGithub, WORKFLOWS } from "./render";

/** GitHub Actions. */
export const github: Renderer = {
  system: "github",
  places: [WORKFLOWS],
  mostClusters: 256, // jobs of a matrix
  render: renderGithub,
  notices: githubNotices,
  read: readGithub,
};
