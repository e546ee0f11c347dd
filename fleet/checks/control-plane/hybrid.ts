import { contains, overlaps } from "../../../language/words/cidr";
import { addonSettings } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { PRIVATE_SPACE, rangesOf } from "../../network/zones";
import { hasAutoMode, hasHybridNodes } from "../../nodes/auto-mode";
import { eachItem, type ItemRule } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";
import { noEffect, requires } from "../../rules/forms";

const CLUSTER = ["tfvars", "cluster"] as const;
const NETWORKS = [...CLUSTER, "remote_networks"] as const;
const NODE_RANGES = [...NETWORKS, "node_cidrs"] as const;
const POD_RANGES = [...NETWORKS, "pod_cidrs"] as const;
const HYBRID = [...CLUSTER, "hybrid_nodes"] as const;
const PROVIDER = [...HYBRID, "credential_provider"] as const;

/** Rules about networks outside of AWS: apart from those inside, and from each other. */
export const remoteNetworkRules: readonly Check[] = [ipv6Cluster, remoteRanges, podsWithoutNodes];

/** Rules about hybrid nodes: they have a network, an endpoint that they can reach, and one kind of credentials. */
export const hybridNodeRules: readonly Check[] = [
  roleWithoutNetwork,
  policiesWithoutRole,
  trustAnchor,
  bothEndpoints,
  addonsOfInstances,
];

function ipv6Cluster({ definition }: Subject): Finding[] {
  const { cluster, networking } = definition.tfvars;
  if (networking.ip_family !== "ipv6") return [];
  return [NODE_RANGES, POD_RANGES]
    .filter((path) => cluster.remote_networks[path[3]].length > 0)
    .map((path) => ({
      path,
      message: "must be empty, because ip_family is ipv6. EKS supports hybrid nodes only with IPv4",
    }));
}

function remoteRanges({ definition }: Subject): Finding[] {
  const { cluster, networking } = definition.tfvars;
  const { node_cidrs, pod_cidrs } = cluster.remote_networks;
  if (networking.ip_family === "ipv6") return [];
  const rules: readonly ItemRule<string>[] = [
    privateRange,
    (range) =>
      rangesOf(networking)
        .flatMap((other) => overlap(range, String(other.path[2]), other.range))
        .slice(0, 1),
    (range) => overlap(range, "service_ipv4_cidr", cluster.service_ipv4_cidr),
  ];
  return [
    ...eachItem(NODE_RANGES, node_cidrs, [...rules, earlier("node_cidrs", node_cidrs)]),
    ...eachItem(POD_RANGES, pod_cidrs, [
      ...rules,
      earlier("pod_cidrs", pod_cidrs),
      (range) => node_cidrs.flatMap((other) => overlap(range, "node_cidrs", other)).slice(0, 1),
    ]),
  ];
}

function privateRange(range: string): Finding[] {
  if (PRIVATE_SPACE.some((space) => contains(space, range))) return [];
  return [
    { path: [], message: `must be in ${PRIVATE_SPACE.join(", ")}, but is ${range}. EKS accepts no other ranges` },
  ];
}

function overlap(range: string, key: string, other: string): Finding[] {
  if (!overlaps(range, other)) return [];
  return [{ path: [], message: `${range} overlaps ${key} ${other}. Use a range that does not overlap` }];
}

/** Refuses a range that overlaps an earlier one in the same list. */
function earlier(key: string, ranges: readonly string[]): ItemRule<string> {
  return (range, index) =>
    ranges
      .slice(0, index)
      .flatMap((other) => overlap(range, key, other))
      .slice(0, 1);
}

function podsWithoutNodes({ definition }: Subject): Finding[] {
  const { node_cidrs, pod_cidrs } = definition.tfvars.cluster.remote_networks;
  if (pod_cidrs.length === 0 || node_cidrs.length > 0) return [];
  return [requires(POD_RANGES, "node_cidrs", "Set the ranges of the nodes too, or remove the ranges of their pods")];
}

function roleWithoutNetwork({ definition }: Subject): Finding[] {
  const { hybrid_nodes, remote_networks } = definition.tfvars.cluster;
  if (hybrid_nodes.credential_provider === null || remote_networks.node_cidrs.length > 0) return [];
  return [requires(PROVIDER, "remote_networks.node_cidrs", "Set the ranges of the nodes, or remove it")];
}

function policiesWithoutRole({ definition }: Subject): Finding[] {
  const { hybrid_nodes } = definition.tfvars.cluster;
  if (hybrid_nodes.credential_provider !== null) return [];
  return (["managed_policy_arns", "statements"] as const)
    .filter((key) => hybrid_nodes[key] !== undefined)
    .map((key) => noEffect([...HYBRID, key], "credential_provider is not set", "or set credential_provider"));
}

function trustAnchor({ definition }: Subject): Finding[] {
  const { credential_provider, trust_anchor_arn } = definition.tfvars.cluster.hybrid_nodes;
  if (credential_provider !== "IAM_ROLES_ANYWHERE") {
    const reason = "credential_provider is not IAM_ROLES_ANYWHERE";
    return trust_anchor_arn === null ? [] : [noEffect([...HYBRID, "trust_anchor_arn"], reason)];
  }
  if (trust_anchor_arn !== null) return [];
  return [requires(PROVIDER, "trust_anchor_arn", "Otherwise the role would trust any certificate")];
}

/** With both endpoints the name of the API resolves to the public one outside of the VPC, whatever is routed. */
function bothEndpoints({ definition }: Subject): Finding[] {
  const { endpoint_private_access, endpoint_public_access, remote_networks } = definition.tfvars.cluster;
  if (remote_networks.node_cidrs.length === 0 || !endpoint_private_access || !endpoint_public_access) return [];
  const message =
    "must be false, because hybrid nodes use the private endpoint. With both endpoints, hybrid nodes resolve the name of the API to the public one, and webhooks time out";
  return [{ path: [...CLUSTER, "endpoint_public_access"], message, because: [NODE_RANGES] }];
}

/** If all nodes are outside of AWS, an apply would wait for an add-on that can run on none of them until it times out. */
function addonsOfInstances({ definition }: Subject): Finding[] {
  const { addons, workers } = definition.tfvars;
  if (!hasHybridNodes(definition) || workers.length > 0 || addons.karpenter.enabled || hasAutoMode(definition))
    return [];
  return addonSettings(definition).flatMap(({ addon, name }): Finding[] => {
    const why = addon.needs_ec2;
    if (why === undefined) return [];
    const message = `${why}, and all nodes of this cluster are outside of AWS. Set ${name}_enabled: false, or add a worker group`;
    return [{ path: ["tfvars", "addons", name, "enabled"], message, because: [NODE_RANGES] }];
  });
}
