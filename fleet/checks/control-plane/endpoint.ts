import { namedTwice } from "../../../language/twice";
import { contains } from "../../../language/words/cidr";
import type { Subject } from "../../model/subject";
import { usesExistingVpc } from "../../network/existing-vpc";
import { PRIVATE_SPACE, rangesOf, UNUSABLE } from "../../network/zones";
import type { Check, Finding } from "../../rules/finding";

const CLUSTER = ["tfvars", "cluster"] as const;
const PUBLIC = [...CLUSTER, "endpoint_public_access"] as const;
const PUBLIC_RANGES = [...CLUSTER, "public_access_cidrs"] as const;
const PUBLIC_IPV6_RANGES = [...CLUSTER, "public_access_ipv6_cidrs"] as const;
const PRIVATE = [...CLUSTER, "endpoint_private_access"] as const;
const PRIVATE_RANGES = [...CLUSTER, "private_access_cidrs"] as const;

const FAMILY = ["tfvars", "networking", "ip_family"] as const;

const EVERYWHERE = "0.0.0.0/0";
const EVERYWHERE_IPV6 = "::/0";

/** Most ranges of both families together: the API's limit of publicAccessCidrs. */
const MOST_RANGES = 40;

/** Ranges that nobody comes from on the internet: EKS refuses them. */
const NOT_PUBLIC = [...PRIVATE_SPACE, "100.64.0.0/10", ...UNUSABLE];

/** The same of IPv6, as their blocks begin: unique local addresses, link-local ones, multicast. */
const NOT_PUBLIC_IPV6 = /^(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]|ff[0-9a-f]{2}):/;

const OPEN_TO_ALL = "opens the API to the whole internet: name the ranges that people and pipelines come from";

/** The API can be reached, and from the internet only by those who are named. */
export const checkEndpoint: Check = (subject) => [
  ...reachable(subject),
  ...publicRanges(subject),
  ...publicIpv6Ranges(subject),
  ...privateRanges(subject),
];

function reachable({ definition }: Subject): Finding[] {
  const { cluster, networking } = definition.tfvars;
  const { endpoint_private_access, endpoint_public_access, public_access_cidrs, public_access_ipv6_cidrs } = cluster;
  if (endpoint_public_access && public_access_cidrs.length + public_access_ipv6_cidrs.length === 0) {
    return [
      {
        path: PUBLIC,
        given: [PUBLIC_RANGES],
        message: "opens the API to the whole internet: list who may reach it in public_access_cidrs",
      },
    ];
  }
  if (!endpoint_public_access && public_access_cidrs.length + public_access_ipv6_cidrs.length > 0) {
    const message = "has no effect while endpoint_public_access is false: remove it, or open the endpoint";
    return [
      ...(public_access_cidrs.length > 0 ? [{ path: PUBLIC_RANGES, given: [PUBLIC], message }] : []),
      ...(public_access_ipv6_cidrs.length > 0 ? [{ path: PUBLIC_IPV6_RANGES, given: [PUBLIC], message }] : []),
    ];
  }
  if (!endpoint_private_access && endpoint_public_access && !public_access_cidrs.includes(EVERYWHERE)) {
    return [
      {
        path: PRIVATE,
        given: [PUBLIC, PUBLIC_RANGES],
        message:
          "must be true while public_access_cidrs is limited: nodes would come from the addresses of their NAT gateways, which it does not let in",
      },
    ];
  }
  const limited = networking.ip_family === "ipv6" && !public_access_ipv6_cidrs.includes(EVERYWHERE_IPV6);
  if (!endpoint_private_access && endpoint_public_access && limited) {
    return [
      {
        path: PRIVATE,
        given: [PUBLIC, PUBLIC_IPV6_RANGES, FAMILY],
        message:
          "must be true while public_access_ipv6_cidrs is limited: nodes would come from their own IPv6 addresses, which it does not let in",
      },
    ];
  }
  if (endpoint_private_access || endpoint_public_access) return [];
  return [
    {
      path: PRIVATE,
      given: [PUBLIC],
      message: "must be true while endpoint_public_access is false: nobody could reach the API",
    },
  ];
}

function publicRanges({ definition }: Subject): Finding[] {
  const { endpoint_public_access, public_access_cidrs } = definition.tfvars.cluster;
  if (!endpoint_public_access) return [];
  return [
    ...namedTwice(public_access_cidrs, PUBLIC_RANGES),
    ...public_access_cidrs.flatMap((range, index): Finding[] => {
      const path = [...PUBLIC_RANGES, index];
      if (range === EVERYWHERE) return [{ path, message: OPEN_TO_ALL, severity: "warning" }];
      const inside = NOT_PUBLIC.find((space) => contains(space, range));
      if (inside === undefined) return [];
      const message = `${range} lies in ${inside}, from where nobody reaches the public endpoint, and EKS refuses it: name public ranges, or reach the private endpoint by private_access_cidrs`;
      return [{ path, message }];
    }),
  ];
}

function publicIpv6Ranges({ definition }: Subject): Finding[] {
  const { cluster, networking } = definition.tfvars;
  const { endpoint_public_access, public_access_cidrs, public_access_ipv6_cidrs: ranges } = cluster;
  if (!endpoint_public_access || ranges.length === 0) return [];
  if (networking.ip_family !== "ipv6") {
    const message = `must be empty while ip_family is ${networking.ip_family}: only an IPv6 cluster's endpoint has IPv6 addresses, and EKS refuses these ranges. Name IPv4 ranges in public_access_cidrs`;
    return [{ path: PUBLIC_IPV6_RANGES, given: [FAMILY], message }];
  }
  const all = public_access_cidrs.length + ranges.length;
  const tooMany = `makes ${all} ranges with those of public_access_cidrs, and EKS takes ${MOST_RANGES}: name fewer, or larger ones`;
  return [
    ...(all > MOST_RANGES ? [{ path: PUBLIC_IPV6_RANGES, given: [PUBLIC_RANGES], message: tooMany }] : []),
    ...namedTwice(ranges, PUBLIC_IPV6_RANGES),
    ...ranges.flatMap((range, index): Finding[] => {
      const path = [...PUBLIC_IPV6_RANGES, index];
      if (range === EVERYWHERE_IPV6) return [{ path, message: OPEN_TO_ALL, severity: "warning" }];
      if (!NOT_PUBLIC_IPV6.test(range)) return [];
      const message = `nobody reaches the public endpoint from ${range}, which is no public range: name public ones`;
      return [{ path, message }];
    }),
  ];
}

function privateRanges({ definition }: Subject): Finding[] {
  const { cluster, networking } = definition.tfvars;
  const { endpoint_private_access, private_access_cidrs } = cluster;
  if (private_access_cidrs.length === 0) return [];
  if (!endpoint_private_access) {
    const message = "has no effect while endpoint_private_access is false: remove it, or open the private endpoint";
    return [{ own: true, path: PRIVATE_RANGES, given: [PRIVATE], message }];
  }
  const [vpc] = usesExistingVpc(networking) ? [] : rangesOf(networking);
  return [
    ...namedTwice(private_access_cidrs, PRIVATE_RANGES),
    ...private_access_cidrs.flatMap((range, index): Finding[] => {
      if (vpc === undefined || !contains(vpc.range, range)) return [];
      const message = `${range} lies in the VPC, which reaches the private endpoint anyway: remove it`;
      return [{ own: true, path: [...PRIVATE_RANGES, index], given: [vpc.path], message }];
    }),
  ];
}
