import type { Notice } from "./meaning";
import type { PipelineModel } from "./model";
import { unpinnedActions, unpinnedImages } from "./pins";

/** The image of GitLab's jobs by default. */
export const DEFAULT_IMAGE = "node:20-bookworm";

/** Returns a notice for each action or image whose tag decides what runs. */
export function unpinned({ settings }: PipelineModel): readonly Notice[] {
  const names =
    settings.system === "github" ? unpinnedActions() : unpinnedImages([settings.own.gitlab?.image ?? DEFAULT_IMAGE]);
  return names.map((name) => ({
    part: null,
    pipeline: "pull-request",
    job: null,
    message: `${name} is pinned by its tag, which can move. fleet versions --write looks up what it stands for`,
  }));
}
