import type { Tfvars } from "../../model/cluster";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier, podTier, tierPrefixLength } from "../../network/subnets";
import type { Check, Finding } from "../../rules/finding";
import { noEffect, requires } from "../../rules/forms";

const NETWORKING = ["tfvars", "networking"] as const;
const CNI = ["tfvars", "cluster", "vpc_cni"] as const;
const ENVIRONMENT = [...CNI, "values", "env"] as const;

type VpcCniRule = (tfvars: Tfvars) => readonly Finding[];
type VpcCni = Tfvars["cluster"]["vpc_cni"];

/**
 * Variables that the add-on reads with Go's ParseBool. It uses its default if that fails: amazon-vpc-cni-k8s's README, `Boolean as a
 * String`.
 */
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

/** The variable that each key of vpc_cni sets. */
const VARIABLES = {
  custom_networking: "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG",
  external_snat: "AWS_VPC_K8S_CNI_EXTERNALSNAT",
  minimum_ip_target: "MINIMUM_IP_TARGET",
  prefix_delegation: "ENABLE_PREFIX_DELEGATION",
  warm_eni_target: "WARM_ENI_TARGET",
  warm_ip_target: "WARM_IP_TARGET",
  warm_prefix_target: "WARM_PREFIX_TARGET",
} as const;

/** Returns the variables under `values` that are texts. */
function variablesOf({ cluster: { vpc_cni } }: Tfvars): readonly (readonly [name: string, text: string])[] {
  const { env } = vpc_cni.values;
  if (typeof env !== "object" || env === null) return [];
  return Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === "string");
}

const isUnreadable = (name: string, text: string): boolean => SWITCHES.has(name) && !BOOLEANS.has(text);

const switchesAreBoolean: VpcCniRule = (tfvars) =>
  variablesOf(tfvars)
    .filter(([name, text]) => isUnreadable(name, text))
    .map(([name, text]) => {
      const message = `must be "true" or "false", but is ${JSON.stringify(text)}. The add-on would use its default`;
      return { path: [...ENVIRONMENT, name], message };
    });

/** Returns a rule that no variable overrides a key with another value. */
function isNotOverridden(key: keyof typeof VARIABLES): VpcCniRule {
  return (tfvars) => {
    const name = VARIABLES[key];
    const value = tfvars.cluster.vpc_cni[key];
    const text = variablesOf(tfvars).find(([each]) => each === name)?.[1];
    if (value === null || text === undefined || isUnreadable(name, text)) return [];
    if (typeof value === "boolean" ? BOOLEANS.get(text) === value : text === String(value)) return [];
    // An IPv6 cluster delegates prefixes without the key.
    if (key === "prefix_delegation" && tfvars.networking.ip_family === "ipv6") return [];
    const message = `overrides cluster.vpc_cni.${key}, which is ${value}. Remove it and set cluster.vpc_cni.${key}`;
    return [{ path: [...ENVIRONMENT, name], message, severity: "warning" }];
  };
}

/** Returns the target of addresses, which the add-on uses in place of the targets of prefixes and interfaces. */
function addressTarget({ minimum_ip_target, warm_ip_target }: VpcCni): keyof VpcCni | undefined {
  if (warm_ip_target !== null) return "warm_ip_target";
  return minimum_ip_target === null ? undefined : "minimum_ip_target";
}

const usesWarmPrefixTarget: VpcCniRule = ({ cluster: { vpc_cni } }) => {
  const path = [...CNI, "warm_prefix_target"];
  if (vpc_cni.warm_prefix_target === null) return [];
  if (!vpc_cni.prefix_delegation)
    return [noEffect(path, "prefix_delegation is false", "or set prefix_delegation: true")];
  const other = addressTarget(vpc_cni);
  return other === undefined ? [] : [noEffect(path, `the add-on uses ${other} instead`)];
};

const usesWarmEniTarget: VpcCniRule = ({ cluster: { vpc_cni } }) => {
  if (vpc_cni.warm_eni_target === null) return [];
  const other = vpc_cni.prefix_delegation ? "warm_prefix_target" : addressTarget(vpc_cni);
  return other === undefined ? [] : [noEffect([...CNI, "warm_eni_target"], `the add-on uses ${other} instead`)];
};

const customNetworkingHasSubnets: VpcCniRule = ({ cluster, networking }) => {
  if (cluster.vpc_cni.custom_networking !== true || hasTier(networking, "pod")) return [];
  const remedy = usesExistingVpc(networking)
    ? "Name them in existing_vpc.subnet_ids.pod or existing_vpc.subnet_tags.pod"
    : "Add pod to subnet_tiers and a block to secondary_cidr_blocks";
  return [requires([...CNI, "custom_networking"], "pod subnets", remedy)];
};

const customNetworkingHasNoLocalZones: VpcCniRule = (tfvars) => {
  if (tfvars.networking.local_zones.length === 0 || podTier(tfvars) !== "pod") return [];
  const message =
    "must be empty because local zones have no pod subnets, which pods use. Remove it or set cluster.vpc_cni.custom_networking: false";
  return [{ path: [...NETWORKING, "local_zones"], message, because: [[...NETWORKING, "subnet_tiers"]] }];
};

const customNetworkingCanBeOff: VpcCniRule = ({ cluster, networking }) => {
  if (cluster.vpc_cni.custom_networking !== false || hasTier(networking, "pod")) return [];
  return [{ own: true, ...noEffect([...CNI, "custom_networking"], "the network has no pod subnets") }];
};

const reservesForPrefixes: VpcCniRule = ({ cluster: { vpc_cni } }) => {
  if (!vpc_cni.reserve_prefixes || vpc_cni.prefix_delegation) return [];
  const reason = "prefix_delegation is false";
  return [noEffect([...CNI, "reserve_prefixes"], reason, "or set prefix_delegation: true")];
};

const reservesInNewVpc: VpcCniRule = ({ cluster: { vpc_cni }, networking }) => {
  if (!vpc_cni.reserve_prefixes || !usesExistingVpc(networking)) return [];
  return [noEffect([...CNI, "reserve_prefixes"], "the owner of an existing VPC reserves ranges in its subnets")];
};

/** Prefix length of the smallest subnet of which one half is a whole prefix of 16 addresses. */
const SMALLEST_RESERVABLE = 27;

const reservesInLargeSubnets: VpcCniRule = (tfvars) => {
  const { cluster, networking } = tfvars;
  const { prefix_delegation, reserve_prefixes } = cluster.vpc_cni;
  if (!reserve_prefixes || !prefix_delegation || usesExistingVpc(networking)) return [];
  const tier = podTier(tfvars);
  const length = tierPrefixLength(networking, tier);
  if (length <= SMALLEST_RESERVABLE) return [];
  const what = `${tier} subnets of at least a /${SMALLEST_RESERVABLE}, but they are a /${length}`;
  return [requires([...CNI, "reserve_prefixes"], what, "Use a larger range or remove it")];
};

/** Returns a check of the add-on's settings. Without the add-on, another rule refuses them. */
function ifEnabled(rule: VpcCniRule): Check {
  return ({ definition: { tfvars } }) => (tfvars.cluster.vpc_cni.enabled ? rule(tfvars) : []);
}

/** Returns a check that does not apply to IPv6 clusters, which have rules of their own. */
function ifIpv4(rule: VpcCniRule): Check {
  return ifEnabled((tfvars) => (tfvars.networking.ip_family === "ipv6" ? [] : rule(tfvars)));
}

export const vpcCniRules: readonly Check[] = [
  ...[switchesAreBoolean, ...(Object.keys(VARIABLES) as (keyof typeof VARIABLES)[]).map(isNotOverridden)].map(
    ifEnabled,
  ),
  ...[
    usesWarmPrefixTarget,
    usesWarmEniTarget,
    customNetworkingHasSubnets,
    customNetworkingHasNoLocalZones,
    customNetworkingCanBeOff,
    reservesForPrefixes,
    reservesInNewVpc,
    reservesInLargeSubnets,
  ].map(ifIpv4),
];
