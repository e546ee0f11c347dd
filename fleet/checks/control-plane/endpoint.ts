import { namedTwice } from "../../../language/twice";
import { contains } from "../../../language/words/cidr";
import type { Subject } from "../../model/subject";
import { usesExistingVpc } from "../../network/existing-vpc";
import { PRIVATE_SPACE, UNUSABLE } from "../../network/zones";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";
import { noEffect, requires } from "../../rules/forms";

const CLUSTER = ["tfvars", "cluster"] as const;
const PUBLIC = [...CLUSTER, "endpoint_public_access"] as const;
const PUBLIC_RANGES = [...CLUSTER, "public_access_cidrs"] as const;
const PUBLIC_IPV6_RANGES = [...CLUSTER, "public_access_ipv6_cidrs"] as const;
const PRIVATE = [...CLUSTER, "endpoint_private_access"] as const;
const PRIVATE_RANGES = [...CLUSTER, "private_access_cidrs"] as const;

const EVERYWHERE = "0.0.0.0/0";
const EVERYWHERE_IPV6 = "::/0";

/** Most ranges of both families together: the API's limit of publicAccessCidrs. */
const MOST_RANGES = 40;

/** Ranges that no traffic from the internet comes from: EKS refuses them. */
const NOT_PUBLIC = [...PRIVATE_SPACE, "100.64.0.0/10", ...UNUSABLE];

/** The same for IPv6, by how their blocks begin: unique local addresses, link-local ones, multicast. */
const NOT_PUBLIC_IPV6 = /^(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]|ff[0-9a-f]{2}):/;

const OPEN_TO_ALL = "opens the API to the whole internet. Set the ranges of the users and pipelines that use it";

/** Rules about how the API can be reached, and from which ranges. */
export const apiEndpointRules: readonly Check[] = [
  openToAll,
  unusedPublicRanges,
  unusedPublicIpv6Ranges,
  reachable,
  ({ definition }) => namedTwice(definition.tfvars.cluster.public_access_cidrs, PUBLIC_RANGES),
  publicRanges,
  ({ definition }) => namedTwice(definition.tfvars.cluster.public_access_ipv6_cidrs, PUBLIC_IPV6_RANGES),
  publicIpv6Ranges,
  ipv6RangesOfIpv4Cluster,
  tooManyPublicRanges,
  ({ definition }) => namedTwice(definition.tfvars.cluster.private_access_cidrs, PRIVATE_RANGES),
  unusedPrivateRanges,
  privateRangesInVpc,
];

function openToAll({ definition }: Subject): Finding[] {
  const { endpoint_public_access, public_access_cidrs, public_access_ipv6_cidrs } = definition.tfvars.cluster;
  if (!endpoint_public_access || public_access_cidrs.length + public_access_ipv6_cidrs.length > 0) return [];
  return [requires(PUBLIC, "public_access_cidrs", "Otherwise it opens the API to the whole internet")];
}

const CLOSED = "endpoint_public_access is false";
const OPEN_IT = "or set endpoint_public_access: true";

function unusedPublicRanges({ definition }: Subject): Finding[] {
  const { endpoint_public_access, public_access_cidrs } = definition.tfvars.cluster;
  return endpoint_public_access || public_access_cidrs.length === 0 ? [] : [noEffect(PUBLIC_RANGES, CLOSED, OPEN_IT)];
}

function unusedPublicIpv6Ranges({ definition }: Subject): Finding[] {
  const { endpoint_public_access, public_access_ipv6_cidrs: ranges } = definition.tfvars.cluster;
  return endpoint_public_access || ranges.length === 0 ? [] : [noEffect(PUBLIC_IPV6_RANGES, CLOSED, OPEN_IT)];
}

/** Without the private endpoint nodes come from the internet. */
function reachable({ definition }: Subject): Finding[] {
  const { cluster, networking } = definition.tfvars;
  if (cluster.endpoint_private_access) return [];
  const mustBeTrue = (why: string): Finding[] => [{ path: PRIVATE, message: `must be true, because ${why}` }];
  if (!cluster.endpoint_public_access)
    return mustBeTrue("endpoint_public_access is false and nobody could reach the API");
  const { public_access_cidrs, public_access_ipv6_cidrs } = cluster;
  if (public_access_cidrs.length + public_access_ipv6_cidrs.length === 0) return [];
  if (!public_access_cidrs.includes(EVERYWHERE))
    return mustBeTrue("public_access_cidrs does not admit nodes, which use the addresses of their NAT gateways");
  if (networking.ip_family === "ipv6" && !public_access_ipv6_cidrs.includes(EVERYWHERE_IPV6))
    return mustBeTrue("public_access_ipv6_cidrs does not admit nodes, which use their own IPv6 addresses");
  return [];
}

function publicRanges({ definition }: Subject): Finding[] {
  const { endpoint_public_access, public_access_cidrs } = definition.tfvars.cluster;
  if (!endpoint_public_access) return [];
  return eachItem(PUBLIC_RANGES, public_access_cidrs, [
    (range) => {
      if (range === EVERYWHERE) return [{ path: [], message: OPEN_TO_ALL, severity: "warning" }];
      const space = NOT_PUBLIC.find((each) => contains(each, range));
      if (space === undefined) return [];
      const message = `${range} is in ${space}, which is not public, and EKS refuses it. Set public ranges, or use private_access_cidrs`;
      return [{ path: [], message }];
    },
  ]);
}

function publicIpv6Ranges({ definition }: Subject): Finding[] {
  const { cluster, networking } = definition.tfvars;
  if (!cluster.endpoint_public_access || networking.ip_family !== "ipv6") return [];
  return eachItem(PUBLIC_IPV6_RANGES, cluster.public_access_ipv6_cidrs, [
    (range) => {
      if (range === EVERYWHERE_IPV6) return [{ path: [], message: OPEN_TO_ALL, severity: "warning" }];
      if (!NOT_PUBLIC_IPV6.test(range)) return [];
      return [{ path: [], message: `${range} is not a public range, and EKS refuses it. Set public ranges` }];
    },
  ]);
}

function ipv6RangesOfIpv4Cluster({ definition }: Subject): Finding[] {
  const { cluster, networking } = definition.tfvars;
  if (!cluster.endpoint_public_access || cluster.public_access_ipv6_cidrs.length === 0) return [];
  if (networking.ip_family === "ipv6") return [];
  const message = `must be empty, because ip_family is ${networking.ip_family}. Only an IPv6 cluster's endpoint has IPv6 addresses. Set IPv4 ranges in public_access_cidrs`;
  return [{ path: PUBLIC_IPV6_RANGES, message }];
}

function tooManyPublicRanges({ definition }: Subject): Finding[] {
  const { cluster, networking } = definition.tfvars;
  const { endpoint_public_access, public_access_cidrs, public_access_ipv6_cidrs } = cluster;
  const all = public_access_cidrs.length + public_access_ipv6_cidrs.length;
  if (!endpoint_public_access || networking.ip_family !== "ipv6" || all <= MOST_RANGES) return [];
  const message = `must have at most ${MOST_RANGES} ranges together with public_access_cidrs, but they have ${all}. Use fewer or larger ranges`;
  return [{ path: PUBLIC_IPV6_RANGES, message }];
}

function unusedPrivateRanges({ definition }: Subject): Finding[] {
  const { endpoint_private_access, private_access_cidrs } = definition.tfvars.cluster;
  if (endpoint_private_access || private_access_cidrs.length === 0) return [];
  const reason = "endpoint_private_access is false";
  return [{ ...noEffect(PRIVATE_RANGES, reason, "or set endpoint_private_access: true"), own: true }];
}

function privateRangesInVpc({ definition }: Subject): Finding[] {
  const { cluster, networking } = definition.tfvars;
  if (!cluster.endpoint_private_access || usesExistingVpc(networking)) return [];
  return eachItem(PRIVATE_RANGES, cluster.private_access_cidrs, [
    (range) => {
      if (!contains(networking.vpc_cidr, range)) return [];
      return [{ ...noEffect([], `${range} is in the VPC, which always reaches the private endpoint`), own: true }];
    },
  ]);
}
