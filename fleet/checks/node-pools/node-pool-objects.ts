import { namedTwice } from "../../../language/twice";
import type { Path } from "../../../language/yaml/tree";
import type { Definition } from "../../model/cluster";
import type { Finding } from "../../rules/finding";
import { mostIops, throughputLimit } from "../workers/worker-volumes";
import { taintsTwice } from "../workers/workers";
import { excludingRequirements } from "./node-pool-instances";
import { refusedRequirements } from "./node-pool-requirements";

type NodePool = Definition["tfvars"]["node_pools"][number];

/** NodePools that EKS Auto Mode has, or may be given, by these names. */
const POOLS_OF_EKS: readonly string[] = ["general-purpose", "system"];
/** The NodeClass that Auto Mode has. */
const CLASS_OF_EKS = "default";
/** Days of a node of Auto Mode, in hours: EKS's guide to it. */
const OLDEST_OF_AUTO_MODE = 504;
/** Labels that say which machine it is: karpenter.sh/v1 takes them as requirements, and not as labels. */
const OF_KARPENTER = /^(?:[a-z0-9.-]+\.)?karpenter\.(?:sh|k8s\.aws)\//;
/** Tags by which the controllers find what is theirs: karpenter.k8s.aws/v1 refuses them in a class of nodes. */
const CONTROLLER_TAGS = /^(?:kubernetes\.io\/cluster\/|karpenter\.sh\/|karpenter\.k8s\.aws\/|eks:)/;
/** Requirements that a key of the pool makes already. Two of one label hold together, and what none fits is never bought. */
const SAID_BY = {
  "kubernetes.io/arch": "architectures",
  "karpenter.sh/capacity-type": "capacity_types",
  "topology.kubernetes.io/zone": "availability_zones",
} as const;

/** What the API of Kubernetes, Karpenter or EC2 would refuse of a pool, or never buy, once it is applied. */
export function refusedObjects({ tfvars }: Pick<Definition, "tfvars">, pool: NodePool): Finding[] {
  return [
    ...names(pool, tfvars.cluster.auto_mode.enabled === true),
    ...age(pool),
    ...marks(pool),
    ...requirements(pool),
    ...refusedRequirements(pool),
    ...excludingRequirements(pool),
    ...disk(pool),
    ...(["architectures", "capacity_types", "instance_categories", "availability_zones"] as const).flatMap((key) =>
      namedTwice(pool[key], [key]),
    ),
    ...taintsTwice([...pool.taints], ["taints"]),
    ...taintsTwice([...pool.startup_taints], ["startup_taints"]),
  ];
}

function names({ kind, name }: NodePool, autoMode: boolean): Finding[] {
  const given: Path[] = [["tfvars", "cluster", "auto_mode", "enabled"]];
  if (!autoMode) return [];
  if (POOLS_OF_EKS.includes(name)) {
    const message = `is a NodePool of EKS Auto Mode's own: take another name${kind === "auto_mode" ? ", or EKS's pool by cluster.auto_mode.node_pools" : ""}`;
    return [{ path: ["name"], given, message }];
  }
  if (kind === "auto_mode" && name === CLASS_OF_EKS)
    return [{ path: ["name"], given, message: "is the NodeClass of EKS Auto Mode's own: take another name" }];
  return [];
}

function age({ kind, expire_after }: NodePool): Finding[] {
  if (kind !== "auto_mode" || hours(expire_after) <= OLDEST_OF_AUTO_MODE) return [];
  const message = `must be at most ${OLDEST_OF_AUTO_MODE}h for a pool of Auto Mode, which replaces every node by then, got ${expire_after}`;
  return [{ path: ["expire_after"], given: [["kind"]], message }];
}

function hours(duration: string): number {
  if (duration === "Never") return Number.POSITIVE_INFINITY;
  const of = (unit: string): number => Number(new RegExp(`(\\d+)${unit}`).exec(duration)?.[1] ?? 0);
  return of("h") + of("m") / 60 + of("s") / 3600;
}

function marks({ labels, tags }: NodePool): Finding[] {
  return [
    ...Object.keys(labels)
      .filter((key) => OF_KARPENTER.test(key))
      .map((key) => ({
        path: ["labels", key],
        message: "is a label that Karpenter gives: say it in requirements, or take a prefix of your own",
      })),
    ...Object.keys(tags)
      .filter((key) => CONTROLLER_TAGS.test(key))
      .map((key) => ({ path: ["tags", key], message: "is a tag that the pool's controller gives: remove it" })),
  ];
}

function requirements({ requirements: list }: NodePool): Finding[] {
  return list.flatMap(({ key }, index): Finding[] => {
    const path = ["requirements", index, "key"];
    if (key === "kubernetes.io/os") return [{ path, message: "is always linux in a pool: remove it" }];
    if (!Object.hasOwn(SAID_BY, key)) return [];
    return [{ path, message: `is what ${SAID_BY[key as keyof typeof SAID_BY]} says: say it there` }];
  });
}

function disk({ root_volume: { iops, size_gib, throughput_mib } }: NodePool): Finding[] {
  const most = mostIops("gp3", size_gib);
  const fastest = throughputLimit(iops);
  const findings: Finding[] = [];
  if (iops > most) {
    const message = `must be at most ${most} for gp3 of ${size_gib} GiB, got ${iops}: take fewer, or more size_gib`;
    findings.push({ path: ["root_volume", "iops"], given: [["root_volume", "size_gib"]], message });
  }
  if (throughput_mib > fastest) {
    const message = `must be at most ${fastest}, a quarter of iops, got ${throughput_mib}`;
    findings.push({ path: ["root_volume", "throughput_mib"], given: [["root_volume", "iops"]], message });
  }
  return findings;
}
