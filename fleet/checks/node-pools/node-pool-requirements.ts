import { INSTANCE_TYPES_DATE, instanceTypes } from "../../../aws/instance-types";
import { ownValue } from "../../../language/plain-map";
import { didYouMean, listed } from "../../../language/suggest";
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

/** Forms of the values of labels of instances (Karpenter documentation, "Well-Known Labels"), by the end of the label. */
const FORMS: Readonly<Record<string, readonly [form: RegExp, what: string]>> = {
  "instance-category": [/^[a-z]+$/, "a category, such as m"],
  "instance-cpu": [/^\d+$/, "a number of vCPUs, such as 4"],
  "instance-cpu-manufacturer": [/^(?:amd|aws|intel)$/, "amd, aws or intel"],
  "instance-family": [/^[a-z][a-z-]*\d[a-z0-9-]*$/, "a family, such as m7i"],
  "instance-generation": [/^\d+$/, "a generation, such as 7"],
  "instance-gpu-count": [/^\d+$/, "a number, such as 1"],
  "instance-hypervisor": [/^(?:nitro|xen|)$/, "nitro or xen"],
  "instance-memory": [/^\d+$/, "a number of MiB, such as 8192"],
  "instance-size": [/^[a-z0-9-]+$/, "a size, such as 2xlarge"],
  "instance-type": [/^[a-z0-9-]+\.[a-z0-9-]+$/, "an instance type, such as m7i.large"],
};

/** A value of another form belongs to no instance. */
function form({ key, operator, values = [] }: Requirement): Finding[] {
  const [domain, name = ""] = key.split("/");
  const own = name === "instance-type" ? domain === "node.kubernetes.io" : /\.aws$|amazonaws\.com$/.test(domain ?? "");
  const [pattern, what] = (own && ownValue(FORMS, name)) || [];
  if (pattern === undefined || (operator !== "In" && operator !== "NotIn")) return [];
  return values.flatMap((value, index) =>
    pattern.test(value) ? [] : [{ path: ["values", index], message: `must be ${what}, but is ${value}` }],
  );
}

/** Warns of a family that is only the beginning of others, such as m6. A family that is newer than the list has no others. */
function partOfFamily({ key, operator, values = [] }: Requirement): Finding[] {
  if (operator !== "In" || !key.endsWith("/instance-family")) return [];
  return values.flatMap((value, index): Finding[] => {
    const families = new Set(
      instanceTypes().flatMap((type) => (type.startsWith(value) ? [type.split(".")[0] ?? ""] : [])),
    );
    if (families.size === 0 || families.has(value)) return [];
    const message = `${value} was no instance family on ${INSTANCE_TYPES_DATE}. Use one or several of ${listed([...families])}`;
    return [{ path: ["values", index], message, severity: "warning" }];
  });
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
  ({ requirements }) => eachItem(["requirements"], requirements, [count, minValues, refusedKey, form, partOfFamily]),
  (pool) => eachItem(["requirements"], pool.requirements, [(each) => labelOfOtherKind(each, pool.kind)]),
];
