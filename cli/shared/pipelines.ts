import { relative } from "node:path";
import { buildFleet, type Fleet, type ResolvedFleet, resolveFleet } from "../../fleet/load";
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
  const fleet = buildFleet(resolved);
  const model = modelOf(resolved, fleet, system);
  if (model === undefined)
    throw new ExpectedError(
      `${directory}/pipelines.yaml does not exist. Create it with the keys system, repository and platform_team (docs/pipelines/)`,
    );
  return { fleet, model };
}

/** Returns the model of a fleet's pipelines; undefined without `pipelines.yaml`. */
export function modelOf(
  { layers, selected }: ResolvedFleet,
  { clusters }: Pick<Fleet, "clusters">,
  system?: CiSystem,
): PipelineModel | undefined {
  const settings = layers.pipelines?.value;
  if (settings === undefined) return undefined;
  const files = new Map(selected.map(({ file, name }) => [name, file]));
  const surroundings = {
    fileOf: (name: string) => relative(".", files.get(name) ?? ""),
    isProtected: (tier: string) => layers.tier(tier).own?.guard.protected === true,
  };
  return buildModel(settings, clusters, surroundings, system);
}
