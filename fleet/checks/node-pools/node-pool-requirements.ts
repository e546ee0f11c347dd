import { didYouMean } from "../../../language/suggest";
import { INSTANCE_LABELS } from "../../nodes/karpenter";
import { eachItem } from "../../rules/each-item";
import type { Finding } from "../../rules/finding";
import { atMost } from "../../rules/forms";
import type { NodePool, PoolRule } from "./each-pool";

/** Keys of karpenter.k8s.aws that the CRD of NodePools (chart karpenter-crd 1.14.1) accepts in a requirement. */
const OF_INSTANCES = [
  "capacity-reservation-id",
  "capacity-reservation-interruptible",
  "capacity-reservation-type",
  "ec2nodeclass",
  "instance-accelerator-count",
  "instance-accelerator-manufacturer",
  "instance-accelerator-name",
  "instance-capability-flex",
  "instance-category",
  "instance-cpu",
  "instance-cpu-manufacturer",
  "instance-cpu-sustained-clock-speed-mhz",
  "instance-ebs-bandwidth",
  "instance-encryption-in-transit-supported",
  "instance-family",
  "instance-generation",
  "instance-gpu-count",
  "instance-gpu-manufacturer",
  "instance-gpu-memory",
  "instance-gpu-name",
  "instance-hypervisor",
  "instance-local-nvme",
  "instance-memory",
  "instance-network-bandwidth",
  "instance-size",
  "instance-tenancy",
  "nitro-sandbox",
  "placement-group-id",
  "placement-group-partition",
].map((name) => `karpenter.k8s.aws/${name}`);

type Requirement = NodePool["requirements"][number];

/** Labels whose requirement another key of the pool sets. */
const SET_BY: Readonly<Record<string, string>> = {
  "kubernetes.io/arch": "architectures",
  "karpenter.sh/capacity-type": "capacity_types",
  "topology.kubernetes.io/zone": "availability_zones",
};

function count({ operator, values = [] }: Requirement): Finding[] {
  const wrong = wrongValues(operator, values);
  return wrong === undefined ? [] : [{ path: [], message: wrong }];
}

function wrongValues(operator: Requirement["operator"], values: readonly string[]): string | undefined {
  switch (operator) {
    case "In":
    case "NotIn":
      return values.length > 0
        ? undefined
        : `requires values, because ${operator} compares with them. Add at least one`;
    case "Gt":
    case "Lt":
      return values.length === 1 && /^\d+$/.test(values[0] ?? "")
        ? undefined
        : `must have one whole number in values, because ${operator} compares with it`;
    case "Exists":
    case "DoesNotExist":
      return values.length === 0
        ? undefined
        : `must have no values, because ${operator} compares with none. Remove them`;
    default:
      return operator satisfies never;
  }
}

function minValues({ min_values, operator, values = [] }: Requirement): Finding[] {
  if (operator !== "In" || min_values === undefined) return [];
  return atMost(["min_values"], min_values, { key: "the number of values", value: new Set(values).size });
}

function refusedKey({ key }: Requirement): Finding[] {
  const domain = key.includes("/") ? (key.split("/")[0] ?? "") : "";
  const refused = (message: string): Finding[] => [{ path: ["key"], message }];
  if (Object.hasOwn(SET_BY, key)) return refused(`is set by ${SET_BY[key]}. Use that key instead`);
  if (key === "kubernetes.io/os") return refused("is always linux in a node pool. Remove it");
  if (key === "kubernetes.io/hostname")
    return refused("is different on every node, so no pool can require it. Remove it");
  if (domain.endsWith("karpenter.sh")) return refused("is a label that Karpenter sets itself. Remove it");
  if (!domain.endsWith("karpenter.k8s.aws") || OF_INSTANCES.includes(key)) return [];
  return refused(
    `is not a label of instance types${didYouMean(key, OF_INSTANCES) || ". See karpenter.sh/docs/concepts/scheduling"}`,
  );
}

/** The two kinds of pools label their nodes in different domains, with the same names for properties of instances. */
function labelOfOtherKind({ key }: Requirement, kind: NodePool["kind"]): Finding[] {
  const name = key.slice(key.indexOf("/") + 1);
  const path = ["key"];
  if (kind === "auto_mode" && OF_INSTANCES.includes(key)) {
    const remedy = name.startsWith("instance-") ? `Write ${INSTANCE_LABELS.auto_mode}/${name}` : "Remove it";
    return [{ path, message: `is a label of Karpenter's nodes, which Auto Mode's nodes do not have. ${remedy}` }];
  }
  const theirs = `${INSTANCE_LABELS.karpenter}/${name}`;
  if (kind !== "karpenter" || key !== `${INSTANCE_LABELS.auto_mode}/${name}` || !OF_INSTANCES.includes(theirs))
    return [];
  return [{ path, message: `is a label of Auto Mode's nodes, which Karpenter's nodes do not have. Write ${theirs}` }];
}

/**
 * Rules about requirements that the API server would refuse only when the NodePool is applied, and about those that no node
 * fulfils.
 */
export const requirementRules: readonly PoolRule[] = [
  ({ requirements }) => eachItem(["requirements"], requirements, [count, minValues, refusedKey]),
  (pool) => eachItem(["requirements"], pool.requirements, [(each) => labelOfOtherKind(each, pool.kind)]),
];
