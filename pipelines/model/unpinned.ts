import type { PipelineSettings } from "../../fleet/model/cluster";
import type { Notice } from "./meaning";
import type { PipelineModel } from "./model";
import { DEFAULT_IMAGE, DEFAULT_PULL_REQUEST_RESOURCE, unpinnedActions, unpinnedImages } from "./pins";

/** Returns a notice for each action or image whose tag decides what runs. */
export function unpinned({ settings }: PipelineModel): readonly Notice[] {
  const names =
    settings.system === "github"
      ? unpinnedActions()
      : unpinnedPlaces(settings.own, settings.system).map(({ image }) => image);
  return names.map((name) => ({
    part: null,
    pipeline: "pull-request",
    job: null,
    message: `${name} is pinned by its tag, which can move. fleet versions --write looks up its digest (@sha256:…), and writes it to pipelines.yaml`,
  }));
}

/** Returns the images of a system that only their tag pins, with the keys of pipelines.yaml that name them. */
export function unpinnedPlaces(
  own: PipelineSettings,
  system = own.system,
): readonly { readonly path: readonly [system: string, key: string]; readonly image: string }[] {
  if (system === "github") return [];
  const image = own[system]?.image ?? DEFAULT_IMAGE;
  const resource = own.concourse?.pull_request_resource ?? DEFAULT_PULL_REQUEST_RESOURCE;
  const places = [
    { path: [system, "image"] as const, image },
    ...(system === "concourse" ? [{ path: [system, "pull_request_resource"] as const, image: resource }] : []),
  ];
  return places.filter((each) => unpinnedImages([each.image]).length > 0);
}
