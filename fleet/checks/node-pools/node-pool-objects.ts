import { namedTwice } from "../../../language/twice";
import { atMost } from "../../rules/forms";
import { taintsTwice } from "../workers/worker-taints";
import { mostIops, throughputLimit } from "../workers/worker-volumes";
import type { PoolRule } from "./each-pool";

/** Names of the NodePools that EKS Auto Mode has or can have. */
const POOLS_OF_EKS: readonly string[] = ["general-purpose", "system"];
/** Name of the NodeClass that Auto Mode has. */
const CLASS_OF_EKS = "default";
/** Longest life of a node of Auto Mode, 21 days, in hours (EKS User Guide, "EKS Auto Mode managed instances"). */
const OLDEST_OF_AUTO_MODE = 504;
/** Labels that identify a node: karpenter.sh/v1 accepts them as requirements only. */
const OF_KARPENTER = /^(?:[a-z0-9.-]+\.)?karpenter\.(?:sh|k8s\.aws)\//;
/** Tags by which the controllers find their resources: karpenter.k8s.aws/v1 refuses them in an EC2NodeClass. */
const CONTROLLER_TAGS = /^(?:kubernetes\.io\/cluster\/|karpenter\.sh\/|karpenter\.k8s\.aws\/|eks:)/;

const poolName: PoolRule = ({ kind, name }, { definition }) => {
  if (definition.tfvars.cluster.auto_mode.enabled !== true || !POOLS_OF_EKS.includes(name)) return [];
  const or = kind === "auto_mode" ? ", or use EKS's pool through cluster.auto_mode.node_pools" : "";
  return [{ path: ["name"], message: `conflicts with EKS Auto Mode's NodePool of this name. Rename the pool${or}` }];
};

const className: PoolRule = ({ kind, name }, { definition }) =>
  definition.tfvars.cluster.auto_mode.enabled === true && kind === "auto_mode" && name === CLASS_OF_EKS
    ? [{ path: ["name"], message: "conflicts with EKS Auto Mode's NodeClass of this name. Rename the pool" }]
    : [];

const age: PoolRule = ({ kind, expire_after }) => {
  if (kind !== "auto_mode" || expire_after === null || hours(expire_after) <= OLDEST_OF_AUTO_MODE) return [];
  const message = `must be at most ${OLDEST_OF_AUTO_MODE}h, after which EKS Auto Mode replaces every node, but is ${expire_after}`;
  return [{ path: ["expire_after"], message, because: [["kind"]] }];
};

/** Karpenter deletes an expired node without looking at budgets, also in a window in which they allow nothing. */
const expiry: PoolRule = ({ disruption_budgets, expire_after, kind }) => {
  const windows = disruption_budgets.some(({ schedule }) => schedule !== undefined);
  if (kind !== "karpenter" || !windows || expire_after === null || expire_after === "Never") return [];
  const message = `replaces nodes at any time, because disruption_budgets do not apply to nodes that reach ${expire_after}. Set Never, so that a new image or release replaces nodes within the budgets`;
  return [{ path: ["expire_after"], message, severity: "warning" }];
};

function hours(duration: string): number {
  if (duration === "Never") return Number.POSITIVE_INFINITY;
  const of = (unit: string): number => Number(new RegExp(`(\\d+)${unit}`).exec(duration)?.[1] ?? 0);
  return of("h") + of("m") / 60 + of("s") / 3600;
}

const labels: PoolRule = (pool) =>
  Object.keys(pool.labels)
    .filter((key) => OF_KARPENTER.test(key))
    .map((key) => ({
      path: ["labels", key],
      message: "is a label that Karpenter sets. Write it as one of requirements or use another prefix",
    }));

const tags: PoolRule = (pool) =>
  Object.keys(pool.tags)
    .filter((key) => CONTROLLER_TAGS.test(key))
    .map((key) => ({ path: ["tags", key], message: "is a tag that the pool's controller sets. Remove it" }));

const iops: PoolRule = ({ root_volume: { iops: value, size_gib } }) =>
  atMost(["root_volume", "iops"], value, {
    key: `the maximum of gp3 with ${size_gib} GiB`,
    value: mostIops("gp3", size_gib),
  });

const throughput: PoolRule = ({ root_volume }) =>
  atMost(["root_volume", "throughput_mib"], root_volume.throughput_mib, {
    key: "a quarter of iops",
    value: throughputLimit(root_volume.iops),
  });

/** Rules about values that the API of Kubernetes, Karpenter or EC2 would refuse only when the pool is applied. */
export const objectRules: readonly PoolRule[] = [
  poolName,
  className,
  age,
  expiry,
  labels,
  tags,
  iops,
  throughput,
  ...(["architectures", "capacity_types", "instance_categories", "availability_zones"] as const).map(
    (key): PoolRule =>
      (pool) =>
        namedTwice(pool[key], [key]),
  ),
  ...(["taints", "startup_taints"] as const).map(
    (key): PoolRule =>
      (pool) =>
        taintsTwice([...pool[key]], [key]),
  ),
];
