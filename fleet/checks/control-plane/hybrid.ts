import { contains, overlaps } from "../../../language/words/cidr";
import type { Path } from "../../../language/yaml/tree";
import { addonSettings } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { PRIVATE_SPACE, rangesOf } from "../../network/zones";
import { hasAutoMode, hasHybridNodes } from "../../nodes/auto-mode";
import type { Check, Finding } from "../../rules/finding";

const CLUSTER = ["tfvars", "cluster"] as const;
const NETWORKS = [...CLUSTER, "remote_networks"] as const;
const HYBRID = [...CLUSTER, "hybrid_nodes"] as const;

/** Networks outside of AWS are apart from those inside, and from each other. */
export const checkRemoteNetworks: Check = ({ definition }) => {
  const { cluster, networking } = definition.tfvars;
  const { node_cidrs, pod_cidrs } = cluster.remote_networks;
  const remote = [
    ...node_cidrs.map((range, index) => ({ range, path: [...NETWORKS, "node_cidrs", index] })),
    ...pod_cidrs.map((range, index) => ({ range, path: [...NETWORKS, "pod_cidrs", index] })),
  ];
  const taken = [
    ...rangesOf(networking).map(({ range, path }) => ({ range, what: String(path[2]), path })),
    { range: cluster.service_ipv4_cidr, what: "service_ipv4_cidr", path: [...CLUSTER, "service_ipv4_cidr"] },
  ];
  if (remote.length > 0 && networking.ip_family === "ipv6") {
    const path: Path = [...NETWORKS, "node_cidrs"];
    const message = "is IPv4, and pods of this cluster have IPv6: EKS takes hybrid nodes with IPv4 only";
    return [{ path, given: [["tfvars", "networking", "ip_family"]], message }];
  }
  const findings: Finding[] = remote.flatMap(({ path, range }, index): Finding[] => {
    if (!PRIVATE_SPACE.some((space) => contains(space, range)))
      return [{ path, message: `must lie in ${PRIVATE_SPACE.join(", ")}: EKS takes no other, got ${range}` }];
    const met = taken.find((other) => overlaps(other.range, range));
    if (met !== undefined)
      return [
        {
          path,
          given: [met.path],
          message: `${range} overlaps ${met.what} ${met.range}: neither side could tell whose an address is`,
        },
      ];
    const twin = remote.slice(0, index).find((other) => overlaps(other.range, range));
    if (twin === undefined) return [];
    return [
      {
        path,
        given: [twin.path],
        message: `${range} overlaps ${twin.range} of the same list or the other: keep nodes and pods apart`,
      },
    ];
  });
  if (pod_cidrs.length > 0 && node_cidrs.length === 0) {
    const path: Path = [...NETWORKS, "pod_cidrs"];
    findings.push({
      path,
      given: [[...NETWORKS, "node_cidrs"]],
      message: "needs node_cidrs: EKS takes pods with their nodes only",
    });
  }
  return findings;
};

/** Hybrid nodes have a network, an endpoint that they find, and credentials of one kind. */
export const checkHybridNodes: Check = (subject) => [
  ...credentials(subject),
  ...endpoint(subject),
  ...onInstances(subject),
];

function credentials({ definition }: Subject): Finding[] {
  const { hybrid_nodes, remote_networks } = definition.tfvars.cluster;
  const { credential_provider, trust_anchor_arn } = hybrid_nodes;
  const provider: Path = [...HYBRID, "credential_provider"];
  const anchor: Path = [...HYBRID, "trust_anchor_arn"];
  if (credential_provider !== null && remote_networks.node_cidrs.length === 0)
    return [
      {
        path: provider,
        given: [[...NETWORKS, "node_cidrs"]],
        message: "makes a role for nodes that have no network: say where they are in remote_networks.node_cidrs",
      },
    ];
  const granted = (["managed_policy_arns", "statements"] as const).filter((key) => hybrid_nodes[key] !== undefined);
  if (credential_provider === null && granted.length > 0)
    return granted.map((key) => ({
      path: [...HYBRID, key],
      given: [provider],
      message: "has no effect without credential_provider, which makes the role: set it, or remove this",
    }));
  if (credential_provider === "IAM_ROLES_ANYWHERE" && trust_anchor_arn === null)
    return [
      {
        path: provider,
        given: [anchor],
        message: "needs trust_anchor_arn: without it the role would trust any certificate",
      },
    ];
  if (credential_provider !== "IAM_ROLES_ANYWHERE" && trust_anchor_arn !== null)
    return [
      {
        path: anchor,
        given: [provider],
        message: "has no effect unless credential_provider is IAM_ROLES_ANYWHERE: remove it",
      },
    ];
  return [];
}

/** Where every node is outside of AWS, an add-on that runs on none would keep an apply waiting until it fails. */
function onInstances({ definition }: Subject): Finding[] {
  const { addons, workers } = definition.tfvars;
  if (!hasHybridNodes(definition) || workers.length > 0 || addons.karpenter.enabled || hasAutoMode(definition))
    return [];
  const given = [
    ["tfvars", "workers"],
    [...NETWORKS, "node_cidrs"],
  ];
  return addonSettings(definition).flatMap(({ addon, name }): Finding[] => {
    const why = addon.needs_ec2;
    if (why === undefined) return [];
    const message = `${why}, and all nodes of this cluster are outside of AWS: set ${name}_enabled: false, or add a group of nodes`;
    return [{ path: ["tfvars", "addons", name, "enabled"], given, message }];
  });
}

/** With both endpoints the name of the API means the public one outside of the VPC, whatever is routed. */
function endpoint({ definition }: Subject): Finding[] {
  const { endpoint_private_access, endpoint_public_access, remote_networks } = definition.tfvars.cluster;
  if (remote_networks.node_cidrs.length === 0 || !endpoint_private_access || !endpoint_public_access) return [];
  return [
    {
      path: [...CLUSTER, "endpoint_public_access"],
      given: [
        [...CLUSTER, "endpoint_private_access"],
        [...NETWORKS, "node_cidrs"],
      ],
      message:
        "must be false while hybrid nodes use the private endpoint: with both, the name of the API means the public one to them, and webhooks time out",
    },
  ];
}
