import { createHash } from "node:crypto";
import type { Identity } from "../model/model";

/** Names of the pipelines. A team has one of each, and instances of the last two. */
export const PIPELINE = {
  fleet: "fleet",
  changes: "fleet-changes",
  upkeep: "fleet-upkeep",
  owner: "fleet-owner",
  cluster: "fleet-cluster",
} as const;

export const FOLDER = "concourse";

export const FILE = {
  fleet: `${FOLDER}/fleet.yml`,
  changes: `${FOLDER}/changes.yml`,
  upkeep: `${FOLDER}/upkeep.yml`,
  owner: (owner: string) => `${FOLDER}/owners/${fileName(owner)}.yml`,
  cluster: (cluster: string) => `${FOLDER}/clusters/${fileName(cluster)}.yml`,
} as const;

/** Returns a name that is safe in a path. Names that are not get a part of a hash, so that no two become the same. */
function fileName(name: string): string {
  if (/^[a-z0-9][a-z0-9_.-]{0,99}$/.test(name)) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, 60)}-${hash}`;
}

/**
 * Returns the name of a job. It begins with the role that the job may assume, because the trust policies of the roles compare names
 * of jobs.
 */
export function concourseName(pipeline: string, job: string, identity: Identity, shard?: number): string {
  const role = identity === "none" ? "" : `${identity}-`;
  return `${role}${pipeline}.${job}${shard === undefined ? "" : `.${shard}`}`;
}

/** Returns the parts of a name; undefined for jobs that only set pipelines. */
export function partsOf(
  name: string,
): { readonly pipeline: string; readonly job: string; readonly shard: string | undefined } | undefined {
  const [, pipeline = "", job = "", shard] =
    /^(?:(?:plan|apply|destroy)-)?([a-z-]+)\.([a-z-]+)(?:\.(\d+))?$/.exec(name) ?? [];
  return job === "" ? undefined : { pipeline, job, shard };
}
