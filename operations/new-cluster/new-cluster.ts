import { join } from "node:path";
import type { Fleet } from "../../fleet/load";
import { rangesOf } from "../../fleet/network/zones";
import type { Layers } from "../../fleet/read/layers";
import { firstFree } from "../../language/words/cidr";
import { plainValue } from "../../language/yaml/plain-tree";
import { clusterFile, type NewCluster } from "./cluster-file";
import type { PresetName } from "./presets";
import { registryWith } from "./registry";
import {
  DEFAULT_PREFIX,
  type NewClusterRequest,
  problemsOf,
  type RequestProblem,
  type Surroundings,
  withDefaults,
} from "./request";

/** Files to write, with their whole text, and what they define. */
export interface NewClusterFiles {
  readonly cluster: NewCluster;
  readonly files: ReadonlyMap<string, string>;
}

/** Used where an account has no cidr_pools: the largest private range. */
const ANY_POOL = ["10.0.0.0/8"];

/**
 * Chooses the next free range of the account, and returns the cluster's file and the file of ranges with its line. Returns every problem of
 * the request instead if there is one.
 */
export function newCluster(
  request: NewClusterRequest,
  surroundings: Surroundings,
): NewClusterFiles | { readonly problems: readonly RequestProblem[] } {
  const { layers, fleet } = surroundings;
  const { directory } = layers.files;
  const { account, owner, preset, region, tier } = withDefaults(request, surroundings);
  const prefix = request.prefix ?? DEFAULT_PREFIX;
  const problems = problemsOf(request, surroundings);
  if (problems.length > 0) return { problems };

  const own = layers.account(account).own;
  const used = usedRanges(fleet, layers, account);
  const range = firstFree(own?.cidr_pools.length ? own.cidr_pools : ANY_POOL, prefix, used);
  if (range === undefined) {
    const pools = (own?.cidr_pools ?? []).join(", ");
    return {
      problems: [{ flag: "prefix", message: `${account} has no free /${prefix} in its cidr_pools (${pools})` }],
    };
  }
  const { name, releaseModel, zones } = request;
  const cluster: NewCluster = {
    name,
    owner,
    account,
    tier,
    releaseModel,
    region,
    zones,
    range,
    preset: preset as PresetName,
  };
  const registry = registryWith({ account, range, cluster: name }, surroundings);
  return {
    cluster,
    files: new Map([
      [join(directory, "clusters", owner, `${name}.yaml`), clusterFile(cluster)],
      [registry.path, registry.text],
    ]),
  };
}

/** Everything that a new VPC of an account must not overlap. */
function usedRanges({ clusters }: Fleet, layers: Layers, account: string): string[] {
  const own = clusters.filter((cluster) => cluster.account.name === account);
  const defaults = plainValue(layers.defaults) as { tfvars: { cluster: { service_ipv4_cidr: string } } };
  return [
    ...own.flatMap(({ tfvars }) => rangesOf(tfvars.networking).map(({ range }) => range)),
    ...(layers.account(account).own?.reserved_cidrs ?? []).map(({ cidr }) => cidr),
    ...layers.reservedRanges(account),
    defaults.tfvars.cluster.service_ipv4_cidr,
  ];
}
