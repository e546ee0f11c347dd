import { type InstanceLimits, instanceLimits, instanceTypes, takesPrefixes, vcpus } from "../../aws/instance-types";
import type { Definition, Tfvars } from "../model/cluster";
import { podTier } from "../network/subnets";
import { nodeAddresses } from "./node-addresses";

type NodePool = Definition["tfvars"]["node_pools"][number];

/** The least that a pool holds in one zone when it is at its limit of vCPUs. */
export interface PoolAddresses {
  readonly tier: NodePool["subnet_tier"];
  readonly zones: readonly string[];
  /** In the subnet that its pods are in, and in that of the nodes where it is another. */
  readonly pods: number;
  readonly own: number;
}

/**
 * A minimum, because Karpenter chooses the instances: of all types that the pool allows, those that hold the fewest addresses for a
 * vCPU, full and spread evenly over the zones. A pool without a limit of vCPUs is not counted.
 */
export function poolAddresses(tfvars: Tfvars, pool: NodePool, zones: readonly string[]): PoolAddresses | undefined {
  const limit = pool.limits.vcpus;
  if (limit === null || tfvars.networking.ip_family === "ipv6") return undefined;
  const own = pool.availability_zones.length === 0 ? zones : pool.availability_zones;
  const custom = podTier(tfvars) === "pod";
  const ofTypes = candidates().flatMap((type) => {
    const { limits, size } = type;
    const nodes = Math.floor(limit / size);
    if (nodes === 0 || !takes(pool, type)) return [];
    const prefixes = (tfvars.cluster.vpc_cni.prefix_delegation || pool.kind === "auto_mode") && type.prefixes;
    const cni = { ...tfvars.cluster.vpc_cni, prefix_delegation: prefixes, custom_networking: custom };
    const node = nodeAddresses(limits, cni, { maxPods: pool.max_pods, vcpus: size, managed: false });
    return [{ pods: nodes * node.full, own: nodes * node.own }];
  });
  const [least] = ofTypes.sort((a, b) => a.pods - b.pods);
  if (least === undefined) return undefined;
  return {
    tier: pool.subnet_tier,
    zones: own,
    pods: Math.floor(least.pods / own.length),
    own: Math.floor(least.own / own.length),
  };
}

/** The facts that decide whether a pool may use a type, and how many addresses it holds. */
interface Candidate {
  readonly limits: InstanceLimits;
  readonly size: number;
  readonly prefixes: boolean;
  readonly category: string;
  readonly generation: number;
}

let read: readonly Candidate[] | undefined;

/** Returns the types whose vCPUs follow from their names: not those of bare metal. The list is long, and is read once. */
function candidates(): readonly Candidate[] {
  read ??= instanceTypes().flatMap((type): Candidate[] => {
    const limits = instanceLimits(type);
    if (limits === undefined || type.includes("metal")) return [];
    const [, category = "", generation = "0"] = /^([a-z]+)(?:-\d+tb)?(\d*)/.exec(type) ?? [];
    return [{ limits, size: vcpus(type), prefixes: takesPrefixes(type), category, generation: Number(generation) }];
  });
  return read;
}

/** True if the pool's own keys allow the type. `requirements` can exclude more types, so the real minimum can be larger. */
function takes(pool: NodePool, { category, generation, size }: Candidate): boolean {
  return (
    (pool.instance_categories.length === 0 || pool.instance_categories.includes(category)) &&
    generation > (pool.instance_generation_greater_than ?? 0) &&
    size >= (pool.min_vcpus ?? 0) &&
    size <= (pool.max_vcpus ?? size)
  );
}
