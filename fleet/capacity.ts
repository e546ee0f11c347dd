import { sizeOf } from "./cidr";
import type { Definition, Worker, ZoneSubnets } from "./cluster";
import { instanceLimits, takesPrefixes, vcpus } from "./instance-types";
import { type NodeAddresses, nodeAddresses } from "./node-addresses";
import { nodeGroups } from "./node-groups";
import { podTier } from "./subnets";
import { workerKind } from "./worker-kind";

/** AWS keeps the first four addresses of a subnet and the last: AWS's guide to subnets. */
const KEPT_BY_AWS = 5;

/** While EKS rolls a managed group it adds up to this many nodes a zone: EKS's guide to updates of managed groups. */
const SURGE_A_ZONE = 2;

/** What worker groups make of one subnet when each is at its max_size. */
export interface SubnetLoad {
  readonly zone: string;
  readonly tier: "private" | "pod";
  readonly cidr: string;
  /** Addresses that AWS leaves to us. */
  readonly usable: number;
  /** Addresses that full nodes hold, and those that an update adds. */
  readonly needed: number;
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
}

/**
 * How full subnets get. Groups in other tiers, groups whose instance types are not known (requirements, types newer than our list) are not counted, nor
 * are node pools and load balancers: what is told is the least.
 *
 * @param subnets none for a VPC that exists already: its ranges are not known
 */
export function subnetLoads(
  definition: Pick<Definition, "tfvars">,
  subnets: readonly ZoneSubnets[],
  zones: readonly string[],
): readonly SubnetLoad[] {
  const groups = definition.tfvars.workers
    .flatMap((worker) => nodeGroups(worker, zones))
    .filter(({ subnet_tier }) => subnet_tier === "private")
    .flatMap((worker): Group[] => {
      const node = addressesOf(definition, worker);
      const own = worker.availability_zones.length === 0 ? zones : worker.availability_zones;
      return node === undefined || worker.max_size === 0 ? [] : [{ worker, zones: own, node }];
    });
  const pods = podTier(definition.tfvars);
  return subnets.flatMap((subnet) =>
    (["private", "pod"] as const).flatMap((tier) => {
      const cidr = subnet[tier];
      const here = groups.filter((group) => group.zones.includes(subnet.zone));
      return cidr === undefined || here.length === 0 ? [] : load(subnet.zone, tier, cidr, here, pods);
    }),
  );
}

function load(
  zone: string,
  tier: SubnetLoad["tier"],
  cidr: string,
  groups: readonly Group[],
  pods: SubnetLoad["tier"],
): SubnetLoad {
  const usable = sizeOf(cidr) - KEPT_BY_AWS;
  const shares = groups.map(({ worker, zones, node }) => {
    const nodes = Math.ceil(worker.max_size / zones.length);
    const held = (ofPods: number): number => (tier === pods ? ofPods : 0) + (tier === "private" ? node.own : 0);
    const full = nodes * held(node.full);
    const surge = surgeOf(worker, nodes) * held(node.idle);
    return { name: worker.name, full, surge, pods: tier === pods ? nodes * node.pods : 0 };
  });
  const sum = (key: "full" | "surge" | "pods") => shares.reduce((total, share) => total + share[key], 0);
  const [full, surge, all] = [sum("full"), sum("surge"), sum("pods")];
  const share = full === 0 ? 1 : Math.max(0, Math.min(1, (usable - surge) / full));
  return {
    zone,
    tier,
    cidr,
    usable,
    needed: full + surge,
    pods: all,
    podsThatFit: Math.floor(all * share),
    groups: Object.fromEntries(shares.map((each) => [each.name, each.full + each.surge])),
  };
}

/** Nodes that an update adds in a zone before it takes others away. */
function surgeOf(worker: Worker, nodes: number): number {
  if (workerKind(worker) === "managed") return SURGE_A_ZONE;
  const { max_healthy_percentage = 100 } = worker.instance_refresh ?? {};
  return Math.ceil((nodes * (max_healthy_percentage - 100)) / 100);
}

/** Of the type that takes most, because any of them may come. */
function addressesOf({ tfvars }: Pick<Definition, "tfvars">, worker: Worker): NodeAddresses | undefined {
  const { vpc_cni } = tfvars.cluster;
  if (worker.instance_requirements !== null) return undefined;
  const ofTypes = worker.instance_types.flatMap((type): NodeAddresses[] => {
    const limits = instanceLimits(type);
    if (limits === undefined) return [];
    if (tfvars.networking.ip_family === "ipv6") return [{ pods: 0, full: 0, idle: 0, own: 1 }]; // pods have IPv6 only
    const cni = {
      ...vpc_cni,
      prefix_delegation: vpc_cni.prefix_delegation && takesPrefixes(type),
      custom_networking: podTier(tfvars) === "pod",
    };
    return [
      nodeAddresses(limits, cni, {
        maxPods: worker.kubelet.max_pods,
        vcpus: vcpus(type),
        managed: workerKind(worker) === "managed",
      }),
    ];
  });
  return ofTypes.sort((a, b) => b.full - a.full)[0];
}
