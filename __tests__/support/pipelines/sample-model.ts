import type { PipelineSettings } from "../../../fleet/model/cluster";
import type { CiSystem } from "../../../fleet/schema/pipelines";
import { buildModel, type Surroundings } from "../../../pipelines/model/build-model";
import type { PipelineModel } from "../../../pipelines/model/model";
import { clusterOf } from "../cluster";

/** The least that pipelines.yaml contains. */
export const LEAST: PipelineSettings = {
  system: "github",
  repository: "example/clusters",
  platform_team: ["@example/platform"],
};

export const SURROUNDINGS: Surroundings = {
  fileOf: (name) => `definitions/clusters/${name}.yaml`,
  isProtected: (tier) => tier === "production",
};

/** Returns the model of a fleet of one cluster. */
export function modelFor(system: CiSystem, settings: Partial<PipelineSettings> = {}): PipelineModel {
  return buildModel({ ...LEAST, system, ...settings }, [clusterOf()], SURROUNDINGS);
}
