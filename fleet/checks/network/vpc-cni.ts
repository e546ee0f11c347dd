import type { Tfvars } from "../../model/cluster";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier, podTier, tierPrefixLength } from "../../network/subnets";
import type { Check, Finding } from "../../rules/finding";

const CNI = ["tfvars", "cluster", "vpc_cni"] as const;
const TIERS = ["tfvars", "networking", "subnet_tiers"] as const;

/** Settings of pods' addresses that the add-on would not look at in the company of others, or could not obey. */
export const checkVpcCni: Check = ({ definition }) => {
  const { tfvars } = definition;
  if (!tfvars.cluster.vpc_cni.enabled) return []; // told with the other add-ons that nodes wait for
  const variables = environment(tfvars);
  if (tfvars.networking.ip_family === "ipv6") return variables; // has rules of its own
  return [...variables, ...targets(tfvars), ...customNetworking(tfvars), ...reservation(tfvars)];
};

/** What the add-on reads with Go's ParseBool, taking its default where that fails: amazon-vpc-cni-k8s's README, `Boolean as a String`. */
const SWITCHES = new Set([
  "ANNOTATE_POD_IP",
  "AWS_MANAGE_ENIS_NON_SCHEDULABLE",
  "AWS_VPC_CNI_NODE_PORT_SUPPORT",
  "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG",
  "AWS_VPC_K8S_CNI_EXTERNALSNAT",
  "DISABLE_INTROSPECTION",
  "DISABLE_LEAKED_ENI_CLEANUP",
  "DISABLE_METRICS",
  "DISABLE_NETWORK_RESOURCE_PROVISIONING",
  "DISABLE_POD_V6",
  "DISABLE_TCP_EARLY_DEMUX",
  "ENABLE_BANDWIDTH_PLUGIN",
  "ENABLE_IMDS_ONLY_MODE",
  "ENABLE_IPv4",
  "ENABLE_IPv6",
  "ENABLE_MULTI_NIC",
  "ENABLE_POD_ENI",
  "ENABLE_PREFIX_DELEGATION",
  "ENABLE_SUBNET_DISCOVERY",
  "ENABLE_V4_EGRESS",
  "ENABLE_V6_EGRESS",
]);
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "true", "True", "TRUE"].map((text) => [text, true] as const),
  ...["0", "f", "F", "false", "False", "FALSE"].map((text) => [text, false] as const),
]);

/** The variable that each of our keys sets. */
const VARIABLES = {
  custom_networking: "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG",
  external_snat: "AWS_VPC_K8S_CNI_EXTERNALSNAT",
  minimum_ip_target: "MINIMUM_IP_TARGET",
  prefix_delegation: "ENABLE_PREFIX_DELEGATION",
  warm_eni_target: "WARM_ENI_TARGET",
  warm_ip_target: "WARM_IP_TARGET",
  warm_prefix_target: "WARM_PREFIX_TARGET",
} as const;

/** The variables under `values`: switches are on or off, and none says another thing than a key of ours. */
function environment({ cluster: { vpc_cni }, networking }: Tfvars): Finding[] {
  const { env } = vpc_cni.values;
  if (typeof env !== "object" || env === null) return [];
  const path = [...CNI, "values", "env"];
  const texts = new Map(Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  const unread = [...texts].filter(([name, text]) => SWITCHES.has(name) && !BOOLEANS.has(text));
  const findings = unread.map(([name, text]): Finding => {
    const message = `must be "true" or "false", got ${JSON.stringify(text)}, for which the add-on takes its default`;
    return { path: [...path, name], message };
  });
  for (const [name] of unread) texts.delete(name);
  for (const key of Object.keys(VARIABLES) as (keyof typeof VARIABLES)[]) {
    const name = VARIABLES[key];
    const [ours, text] = [vpc_cni[key], texts.get(name)];
    if (ours === null || text === undefined) continue;
    if (typeof ours === "boolean" ? BOOLEANS.get(text) === ours : text === String(ours)) continue;
    if (key === "prefix_delegation" && networking.ip_family === "ipv6") continue; // which has them without the key
    const message = `wins over cluster.vpc_cni.${key}, which is ${ours}: remove it, and say there what is meant`;
    findings.push({ path: [...path, name], given: [[...CNI, key]], message, severity: "warning" });
  }
  return findings;
}

function targets({ cluster }: Tfvars): Finding[] {
  const { prefix_delegation, warm_eni_target, warm_ip_target, minimum_ip_target, warm_prefix_target } = cluster.vpc_cni;
  const findings: Finding[] = [];
  const unused = (key: keyof Tfvars["cluster"]["vpc_cni"], because: keyof Tfvars["cluster"]["vpc_cni"], why: string) =>
    findings.push({ path: [...CNI, key], given: [[...CNI, because]], message: `has no effect ${why}: remove it` });
  const byAddress = warm_ip_target !== null || minimum_ip_target !== null;
  const other = warm_ip_target === null ? "minimum_ip_target" : "warm_ip_target";
  if (warm_prefix_target !== null && !prefix_delegation) {
    const message = "has no effect without prefix_delegation: set that, or remove this";
    findings.push({ path: [...CNI, "warm_prefix_target"], given: [[...CNI, "prefix_delegation"]], message });
  } else if (warm_prefix_target !== null && byAddress) {
    unused("warm_prefix_target", other, `beside ${other}, which counts instead`);
  }
  if (warm_eni_target !== null && prefix_delegation) {
    unused("warm_eni_target", "prefix_delegation", "with prefix_delegation, where warm_prefix_target counts");
  } else if (warm_eni_target !== null && byAddress) {
    unused("warm_eni_target", other, `beside ${other}, which counts instead`);
  }
  return findings;
}

function customNetworking(tfvars: Tfvars): Finding[] {
  const { cluster, networking } = tfvars;
  const { custom_networking } = cluster.vpc_cni;
  const path = [...CNI, "custom_networking"];
  if (custom_networking === true && !hasTier(networking, "pod")) {
    const where = usesExistingVpc(networking)
      ? "name them in existing_vpc.subnet_ids.pod or subnet_tags.pod"
      : "add pod to subnet_tiers, and a block to secondary_cidr_blocks";
    return [{ path, given: [TIERS], message: `needs subnets for pods: ${where}` }];
  }
  if (networking.local_zones.length > 0 && podTier(tfvars) === "pod") {
    const message =
      "must be empty while pods have subnets of their own, which local zones have not: their nodes would find no configuration. Set cluster.vpc_cni.custom_networking: false, or remove it";
    return [{ path: ["tfvars", "networking", "local_zones"], given: [path, TIERS], message }];
  }
  if (custom_networking === false && !hasTier(networking, "pod")) {
    return [{ own: true, path, message: "has no effect: there are no subnets for pods. Remove it" }];
  }
  return [];
}

function reservation(tfvars: Tfvars): Finding[] {
  const { cluster, networking } = tfvars;
  if (!cluster.vpc_cni.reserve_prefixes) return [];
  const path = [...CNI, "reserve_prefixes"];
  if (!cluster.vpc_cni.prefix_delegation) {
    const message = "keeps addresses that nothing would use: set prefix_delegation: true too, or remove it";
    return [{ path, given: [[...CNI, "prefix_delegation"]], message }];
  }
  if (usesExistingVpc(networking)) {
    const message =
      "is for subnets of our own: whoever made an existing VPC's subnets reserves their ranges. Remove it";
    return [{ path, message }];
  }
  const tier = podTier(tfvars);
  const length = tierPrefixLength(networking, tier);
  if (length < 28) return [];
  const given = [["tfvars", "networking", "subnet_prefix_lengths", tier]];
  const message = `needs ${tier} subnets of a /27 at least, whose half is one prefix of 16 addresses, and they are a /${length}: take a larger range, or remove it`;
  return [{ path, given, message }];
}
