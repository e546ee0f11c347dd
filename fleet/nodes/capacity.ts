import { instanceLimits, vcpus } from "../../aws/instance-types";
import { sizeOf } from "../../language/words/cidr";
import { TIERS, type Tier } from "../../language/words/subnet-tiers";
import type { Definition, Tfvars, Worker, ZoneSubnets } from "../model/cluster";
import { connectionTier, podTier } from "../network/subnets";
import { CONTROL_PLANE_ADDRESSES, connectionAddresses } from "./fixed-addresses";
import { isLimitedByEks, maxPods } from "./max-pods";
import { cniOf, type NodeAddresses, nodeAddresses } from "./node-addresses";
import { nodeGroups } from "./node-groups";
import { poolAddresses } from "./pool-addresses";
import { workerKind } from "./worker-kind";

/** AWS keeps the first four addresses of a subnet and the last: AWS's guide to subnets. */
const KEPT_BY_AWS = 5;

const TIERS_OF_NODES = [...TIERS, "pod"] as const;

/** While EKS rolls a managed group it adds up to this many nodes a zone: EKS's guide to updates of managed groups. */
const SURGE_A_ZONE = 2;

/** Use of one subnet when each worker group is at its max_size, with everything that is in the subnet permanently. */
export interface SubnetLoad {
  readonly zone: string;
  readonly tier: Tier | "pod";
  readonly cidr: string;
  /** Addresses that AWS leaves to us. */
  readonly usable: number;
  /** Addresses that full nodes hold, those that an update adds, and those that are permanently in use. */
  readonly needed: number;
  /** Of `needed`, those of the control plane, endpoints and connections. */
  readonly fixed: number;
  /** The least that node pools hold besides when they are at their limits. */
  readonly pools: number;
  /** Most pods of the nodes in the zone, and how many of them get an address; those of the host's network need none. */
  readonly pods: number;
  readonly podsThatFit: number;
  /** Groups by name -> their share of `needed`, for messages. */
  readonly groups: Readonly<Record<string, number>>;
}

interface Group {
  readonly worker: Worker;
  readonly zones: readonly string[];
  readonly node: NodeAddresses;
  /** Units of `max_size` that one node is. */
  readonly weight: number;
}

/**
 * Returns how full subnets get. Groups whose instance types are not known (requirements, types newer than the list), Fargate's pods
 * and load balancers are not counted, so the result is a minimum.
 *
 * @param subnets none for a VPC that exists already: its ranges are not known
 * @param controlPlane the tier that has the control plane's interfaces
 */
export function subnetLoads(
  { tfvars }: Pick<Definition, "tfvars">,
  subnets: readonly ZoneSubnets[],
  zones: readonly string[],
  controlPlane: Tier,
): readonly SubnetLoad[] {
  const custom = podTier(tfvars) === "pod";
  const connections = connectionTier(tfvars.networking);
  const fixedIn = (tier: SubnetLoad["tier"]): number =>
    (tier === controlPlane ? CONTROL_PLANE_ADDRESSES : 0) + (tier === connections ? connectionAddresses(tfvars) : 0);
  const groups = tfvars.workers
    .flatMap((worker) => nodeGroups(worker, zones))
    .flatMap((worker): Group[] => {
      const node = hungriest(tfvars, worker);
      const own = worker.availability_zones.length === 0 ? zones : worker.availability_zones;
      return node === undefined || worker.max_size === 0 ? [] : [{ worker, zones: own, ...node }];
    });
  const pools = tfvars.node_pools.flatMap((pool) => poolAddresses(tfvars, pool, zones) ?? []);
  return subnets.flatMap((subnet) => {
    const ofZone = groups.filter((group) => group.zones.includes(subnet.zone));
    const poolsOfZone = pools.filter((pool) => pool.zones.includes(subnet.zone));
    return TIERS_OF_NODES.flatMap((tier) => {
      const cidr = subnet[tier];
      if (cidr === undefined || (tier === "pod" && !custom)) return [];
      const taken = zones.includes(subnet.zone) ? fixedIn(tier) : 0;
      const ofPools = poolsOfZone.reduce(
        (sum, pool) => sum + held(tier, { tier: pool.tier, custom, ofPods: pool.pods, own: pool.own }),
        0,
      );
      const here = ofZone.filter(({ worker }) => tier === "pod" || worker.subnet_tier === tier);
      if (here.length === 0 && taken === 0 && ofPools === 0) return [];
      return load({ zone: subnet.zone, tier, cidr }, here, { custom, fixed: taken, pools: ofPools });
    });
  });
}

/** Addresses in subnets of one tier of what is in those of another or the same, and has its pods there or in subnets of their own. */
function held(
  subnets: SubnetLoad["tier"],
  of: { readonly tier: Tier; readonly custom: boolean; readonly ofPods: number; readonly own: number },
): number {
  return (subnets === (of.custom ? "pod" : of.tier) ? of.ofPods : 0) + (subnets === of.tier ? of.own : 0);
}

function load(
  subnet: Pick<SubnetLoad, "zone" | "tier" | "cidr">,
  groups: readonly Group[],
  { custom, fixed, pools }: { readonly custom: boolean; readonly fixed: number; readonly pools: number },
): SubnetLoad {
  const usable = sizeOf(subnet.cidr) - KEPT_BY_AWS;
  let [full, surge, all] = [0, 0, 0];
  const shares: Record<string, number> = {};
  for (const { worker, zones, node, weight } of groups) {
    const nodes = Math.ceil(worker.max_size / weight / zones.length);
    const of = { tier: worker.subnet_tier, custom, own: node.own };
    const ofFull = nodes * held(subnet.tier, { ofPods: node.full, ...of });
    const ofSurge = surgeOf(worker, nodes) * held(subnet.tier, { ofPods: node.idle, ...of });
    full += ofFull;
    surge += ofSurge;
    if (subnet.tier === (custom ? "pod" : worker.subnet_tier)) all += nodes * node.pods;
    shares[worker.name] = ofFull + ofSurge;
  }
  const share = full === 0 ? 1 : Math.max(0, Math.min(1, (usable - surge - fixed) / full));
  return {
    usable,
    needed: full + surge + fixed,
    fixed,
    pools,
    pods: all,
    podsThatFit: Math.floor(all * share),
    groups: shares,
    ...subnet,
  };
}

/** Returns the nodes that an update adds in a zone before it removes others. */
function surgeOf(worker: Worker, nodes: number): number {
  if (workerKind(worker) === "managed") return SURGE_A_ZONE;
  const { max_healthy_percentage = 100 } = worker.instance_refresh ?? {};
  return Math.ceil((nodes * (max_healthy_percentage - 100)) / 100);
}

/** Returns the addresses of the type that needs most, because any type of the group can start. */
function hungriest(tfvars: Tfvars, worker: Worker): Pick<Group, "node" | "weight"> | undefined {
  if (worker.instance_requirements !== null) return undefined;
  const told = { maxPods: maxPods(tfvars, worker), managed: isLimitedByEks(worker) };
  const ofTypes = worker.instance_types.flatMap((type): Pick<Group, "node" | "weight">[] => {
    const limits = instanceLimits(type);
    const weight = worker.instance_weights[type] ?? 1;
    if (limits === undefined) return [];
    // Pods have IPv6 only.
    if (tfvars.networking.ip_family === "ipv6") return [{ weight, node: { pods: 0, full: 0, idle: 0, own: 1 } }];
    const node = nodeAddresses(limits, cniOf(tfvars, type), { ...told, vcpus: vcpus(type) });
    return [{ weight, node }];
  });
  return ofTypes.sort((a, b) => b.node.full / b.weight - a.node.full / a.weight)[0];
}
