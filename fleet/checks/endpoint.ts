import { contains } from "../cidr";
import { usesExistingVpc } from "../existing-vpc";
import type { Check, Finding, Subject } from "./finding";
import { PRIVATE_SPACE, rangesOf, UNUSABLE } from "./networking";
import { namedTwice } from "./twice";

const CLUSTER = ["tfvars", "cluster"] as const;
const PUBLIC = [...CLUSTER, "endpoint_public_access"] as const;
const PUBLIC_RANGES = [...CLUSTER, "public_access_cidrs"] as const;
const PRIVATE = [...CLUSTER, "endpoint_private_access"] as const;
const PRIVATE_RANGES = [...CLUSTER, "private_access_cidrs"] as const;

const EVERYWHERE = "0.0.0.0/0";

/** Ranges that nobody comes from on the internet: EKS refuses them. */
const NOT_PUBLIC = [...PRIVATE_SPACE, "100.64.0.0/10", ...UNUSABLE];

/** The API can be reached, and from the internet only by those who are named. */
export const checkEndpoint: Check = (subject) => [
  ...reachable(subject),
  ...publicRanges(subject),
  ...privateRanges(subject),
];

function reachable({ definition }: Subject): Finding[] {
  const { endpoint_private_access, endpoint_public_access, public_access_cidrs } = definition.tfvars.cluster;
  if (endpoint_public_access && public_access_cidrs.length === 0) {
    return [
      {
        path: PUBLIC,
        given: [PUBLIC_RANGES],
        message: "opens the API to the whole internet: list who may reach it in public_access_cidrs",
      },
    ];
  }
  if (!endpoint_public_access && public_access_cidrs.length > 0) {
    return [
      {
        path: PUBLIC_RANGES,
        given: [PUBLIC],
        message: "has no effect while endpoint_public_access is false: remove it, or open the endpoint",
      },
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
      if (range === EVERYWHERE) {
        const message = "opens the API to the whole internet: name the ranges that people and pipelines come from";
        return [{ path, message, severity: "warning" }];
      }
      const inside = NOT_PUBLIC.find((space) => contains(space, range));
      if (inside === undefined) return [];
      const message = `${range} lies in ${inside}, from where nobody reaches the public endpoint, and EKS refuses it: name public ranges, or reach the private endpoint by private_access_cidrs`;
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
