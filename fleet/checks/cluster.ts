import { NAME_LIMITS } from "../names";
import type { Path } from "../yaml/tree";
import type { Check } from "./finding";
import { regionOf } from "./networking";

const CLUSTER = ["tfvars", "cluster"] as const;
/** EKS takes the name; every other derived name is shortened to fit (`boundedName`). */
export const checkName: Check = ({ definition }) => {
  const { CLUSTER_NAME } = definition.meta;
  // ec2:CreateSecurityGroup; the slug is where the names of the cluster's security groups begin.
  if (CLUSTER_NAME.startsWith("sg-")) {
    const message =
      "must not start with sg-: AWS refuses security groups of such a name, because their ids look the same";
    return [{ path: ["meta", "CLUSTER_NAME"], message }];
  }
  if (CLUSTER_NAME.length <= NAME_LIMITS.eks_cluster) return [];
  return [
    {
      path: ["meta", "CLUSTER_NAME"],
      message: `makes an EKS cluster name of ${CLUSTER_NAME.length} characters, and EKS takes ${NAME_LIMITS.eks_cluster}: shorten it`,
    },
  ];
};

/** The API can be reached, and from the internet only by those who are named. */
export const checkEndpoint: Check = ({ definition }) => {
  const { endpoint_private_access, endpoint_public_access, public_access_cidrs } = definition.tfvars.cluster;
  if (endpoint_public_access && public_access_cidrs.length === 0) {
    return [
      {
        path: [...CLUSTER, "endpoint_public_access"],
        given: [[...CLUSTER, "public_access_cidrs"]],
        message: "opens the API to the whole internet: list who may reach it in public_access_cidrs",
      },
    ];
  }
  if (!endpoint_public_access && public_access_cidrs.length > 0) {
    return [
      {
        path: [...CLUSTER, "public_access_cidrs"],
        given: [[...CLUSTER, "endpoint_public_access"]],
        message: "has no effect while endpoint_public_access is false: remove it, or open the endpoint",
      },
    ];
  }
  if (!endpoint_private_access && endpoint_public_access && !public_access_cidrs.includes("0.0.0.0/0")) {
    return [
      {
        path: [...CLUSTER, "endpoint_private_access"],
        given: [
          [...CLUSTER, "endpoint_public_access"],
          [...CLUSTER, "public_access_cidrs"],
        ],
        message:
          "must be true while public_access_cidrs is limited: nodes would come from the addresses of their NAT gateways, which it does not let in",
      },
    ];
  }
  if (endpoint_private_access || endpoint_public_access) return [];
  return [
    {
      path: [...CLUSTER, "endpoint_private_access"],
      given: [[...CLUSTER, "endpoint_public_access"]],
      message: "must be true while endpoint_public_access is false: nobody could reach the API",
    },
  ];
};

/** ARNs are of the region's partition: an aws role means nothing in China or GovCloud. */
export const checkPartition: Check = ({ definition, regions }) => {
  const { cluster, common } = definition.tfvars;
  const partition = regionOf({ definition, regions })?.partition;
  if (partition === undefined) return [];
  const arns = [
    ...arnsOf(common.iam, ["tfvars", "common", "iam"]),
    ...arnsOf(cluster, CLUSTER).filter(({ path }) => !path.includes("values")), // the charts' own business
  ];
  return arns
    .filter(({ arn }) => !arn.startsWith(`arn:${partition}:`) && !arn.startsWith("arn:*:"))
    .map(({ arn, path }) => ({
      path,
      given: [["tfvars", "common", "aws_region"]],
      message: `must be an ARN of partition ${partition}, as ${common.aws_region} is, got ${arn}`,
    }));
};

/** Most of a cluster is its layers', the same objects in every cluster, and nearly all of them hold no ARN. */
const withoutArns = new WeakSet<object>();

/** Every ARN below a key, in the order of the schema. */
function arnsOf(value: unknown, path: Path): { readonly arn: string; readonly path: Path }[] {
  if (typeof value === "string") return value.startsWith("arn:") ? [{ arn: value, path }] : [];
  if (typeof value !== "object" || value === null || withoutArns.has(value)) return [];
  const found = Array.isArray(value)
    ? value.flatMap((item, index) => arnsOf(item, [...path, index]))
    : Object.entries(value).flatMap(([key, item]) => arnsOf(item, [...path, key]));
  if (found.length === 0) withoutArns.add(value);
  return found;
}
