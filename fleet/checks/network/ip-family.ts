import { operatingSystemOf } from "../../../aws/ami";
import { takesPrefixes } from "../../../aws/instance-types";
import type { Tfvars } from "../../model/cluster";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import { eachItem } from "../../rules/each-item";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Check } from "../../rules/finding";
import { noEffect } from "../../rules/forms";

const NETWORKING = ["tfvars", "networking"] as const;
const CLUSTER = ["tfvars", "cluster"] as const;
const FAMILY = [...NETWORKING, "ip_family"] as const;

/** Settings of the VPC CNI for IPv4 addresses. In an IPv6 cluster each interface has one prefix, which is enough for its pods. */
const IPV4_ONLY = [
  "prefix_delegation",
  "reserve_prefixes",
  "warm_eni_target",
  "warm_ip_target",
  "minimum_ip_target",
  "warm_prefix_target",
  "custom_networking",
  "external_snat",
] as const satisfies readonly (keyof Tfvars["cluster"]["vpc_cni"])[];

const noLocalZones: Check = ({ definition }) => {
  const { ip_family, local_zones } = definition.tfvars.networking;
  if (ip_family === "ipv4" || local_zones.length === 0) return [];
  const message = `must be empty because ip_family is ${ip_family}. Local zones cannot use the IPv6 block of a VPC. Remove it or set ip_family: ipv4`;
  return [{ path: [...NETWORKING, "local_zones"], message }];
};

/** Returns a check that applies to IPv6 clusters only. */
function inIpv6Clusters(check: Check): Check {
  return (subject) => (subject.definition.tfvars.networking.ip_family === "ipv6" ? check(subject) : []);
}

const noPodSubnets: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (!hasTier(networking, "pod")) return [];
  const message =
    "must not have pod subnets because ip_family is ipv6. The VPC CNI supports them for IPv4 only. Remove the tier pod";
  const path = [...NETWORKING, usesExistingVpc(networking) ? "existing_vpc" : "subnet_tiers"];
  return [{ path, message, because: [FAMILY] }];
};

/** Returns a check that a setting for IPv4 addresses is not set. */
function notSet(key: (typeof IPV4_ONLY)[number]): Check {
  return ({ definition }) => {
    const value = definition.tfvars.cluster.vpc_cni[key];
    if (value === null || value === false) return [];
    return [noEffect([...CLUSTER, "vpc_cni", key], "ip_family is ipv6")];
  };
}

const noServiceRange: Check = () => [
  { own: true, ...noEffect([...CLUSTER, "service_ipv4_cidr"], "EKS chooses the service range of an IPv6 cluster") },
];

const noWindows: WorkerRule = (worker) => {
  if (operatingSystemOf(worker) !== "WINDOWS") return [];
  const image = worker.ami_type === "CUSTOM" ? "a CUSTOM image of Windows" : worker.ami_type;
  const message = `is ${image}, but Windows nodes do not support IPv6. Choose another image or ip_family`;
  return [{ path: ["ami_type"], message, because: [FAMILY] }];
};

const nitroOnly: WorkerRule = ({ instance_types }) =>
  eachItem(["instance_types"], instance_types, [
    (type) => {
      if (takesPrefixes(type)) return [];
      const message = `${type} does not support IPv6 prefixes, so its pods would get no address. Choose a Nitro type, such as m6i.large`;
      return [{ path: [], message, because: [FAMILY] }];
    },
  ]);

export const ipFamilyRules: readonly Check[] = [
  noLocalZones,
  ...[noPodSubnets, ...IPV4_ONLY.map(notSet), noServiceRange, eachWorker([noWindows, nitroOnly])].map(inIpv6Clusters),
];
