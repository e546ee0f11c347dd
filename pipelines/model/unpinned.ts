import type { Notice } from "./meaning";
import type { PipelineModel } from "./model";
import { unpinnedActions, unpinnedImages } from "./pins";

/** The image of jobs by default, in systems whose jobs run in images. */
export const DEFAULT_IMAGE = "node:20-bookworm";

/** The resource of Concourse that finds pull requests by default. */
export const DEFAULT_PULL_REQUEST_RESOURCE = "teliaoss/github-pr-resource";

/** Returns a notice for each action or image whose tag decides what runs. */
export function unpinned({ settings }: PipelineModel): readonly Notice[] {
  const names = settings.system === "github" ? unpinnedActions() : unpinnedImages(imagesOf(settings));
  return names.map((name) => ({
    part: null,
    pipeline: "pull-request",
    job: null,
    message: `${name} is pinned by its tag, which can move. Name an image with its digest (@sha256:…) in pipelines.yaml`,
  }));
}

function imagesOf({ own, system }: PipelineModel["settings"]): readonly string[] {
  if (system === "gitlab") return [own.gitlab?.image ?? DEFAULT_IMAGE];
  if (system === "prow") return [own.prow?.image ?? DEFAULT_IMAGE];
  return [own.concourse?.image ?? DEFAULT_IMAGE, own.concourse?.pull_request_resource ?? DEFAULT_PULL_REQUEST_RESOURCE];
}
