import { relative } from "node:path";
import { buildFleet, type Fleet, resolveFleet } from "../../fleet/load";
import type { CiSystem } from "../../fleet/schema/pipelines";
import { ExpectedError } from "../../language/expected-error";
import { buildModel } from "../../pipelines/model/build-model";
import type { PipelineModel } from "../../pipelines/model/model";
import { definitionsDirectory, shippedDirectory } from "./definitions";

/** Loads the whole fleet with the model of its pipelines. */
export function loadPipelines(
  today: string,
  system?: CiSystem,
): { readonly fleet: Fleet; readonly model: PipelineModel } {
  const directory = definitionsDirectory();
  const resolved = resolveFleet({ directory, shipped: shippedDirectory(), today });
  const settings = resolved.layers.pipelines?.value;
  if (settings === undefined)
    throw new ExpectedError(
      `${directory}/pipelines.yaml does not exist. Create it with the keys system, repository and platform_team (docs/pipelines/)`,
    );
  const fleet = buildFleet(resolved);
  const files = new Map(resolved.selected.map(({ file, name }) => [name, file]));
  const surroundings = {
    fileOf: (name: string) => relative(".", files.get(name) ?? ""),
    isProtected: (tier: string) => resolved.layers.tier(tier).own?.guard.protected === true,
  };
  return { fleet, model: buildModel(settings, fleet.clusters, surroundings, system) };
}
