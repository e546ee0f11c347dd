import { didYouMean } from "../../../language/suggest";
import type { Definition } from "../../model/cluster";
import { INSTANCE_LABELS } from "../../nodes/karpenter";
import type { Finding } from "../../rules/finding";

type NodePool = Definition["tfvars"]["node_pools"][number];

/** What of karpenter.k8s.aws the CRD of NodePools (chart karpenter-crd 1.14.1) takes as the key of a requirement. */
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

/** Requirements that the API server refuses of a NodePool: once it is applied, and for all of the pool. */
export function refusedRequirements({ kind, requirements }: NodePool): Finding[] {
  return requirements.flatMap(({ key, min_values, operator, values = [] }, index): Finding[] => {
    const path = ["requirements", index];
    const refused = refusedKey(key) ?? elsewhere(key, kind);
    const more = operator === "In" && min_values !== undefined && min_values > new Set(values).size;
    return [
      ...(refused === undefined ? [] : [{ path: [...path, "key"], given: [["kind"]], message: refused }]),
      ...(more
        ? [{ path: [...path, "min_values"], message: `must be at most ${values.length}, as many as there are values` }]
        : []),
    ];
  });
}

function refusedKey(key: string): string | undefined {
  const domain = key.includes("/") ? (key.split("/")[0] ?? "") : "";
  if (key === "kubernetes.io/hostname")
    return "is a node of its own for each value: a pool asks for kinds of nodes only";
  if (domain.endsWith("karpenter.sh") && key !== "karpenter.sh/capacity-type")
    return "is a label that Karpenter gives, and none that it compares: remove it";
  if (domain.endsWith("karpenter.k8s.aws") && !OF_INSTANCES.includes(key))
    return `is not a label of instance types${didYouMean(key, OF_INSTANCES) || ": see karpenter.sh/docs/concepts/scheduling"}`;
  return undefined;
}

/** Each kind of pool labels its nodes in a domain of its own, by the same names where they tell what an instance is. */
function elsewhere(key: string, kind: NodePool["kind"]): string | undefined {
  const name = key.slice(key.indexOf("/") + 1);
  if (kind === "auto_mode" && key.startsWith(`${INSTANCE_LABELS.karpenter}/`)) {
    const own = name.startsWith("instance-") ? `write ${INSTANCE_LABELS.auto_mode}/${name}` : "remove it";
    return `is a label of Karpenter's, and no node of Auto Mode has it: ${own}`;
  }
  const theirs = `${INSTANCE_LABELS.karpenter}/${name}`;
  if (kind === "karpenter" && key === `${INSTANCE_LABELS.auto_mode}/${name}` && OF_INSTANCES.includes(theirs))
    return `is a label of Auto Mode's, and Karpenter chooses no instances by it: write ${theirs}`;
  return undefined;
}
