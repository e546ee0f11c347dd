import { NAME_LIMITS } from "../../../aws/names";
import type { Path } from "../../../language/yaml/tree";
import { regionOf } from "../../network/zones";
import type { Check } from "../../rules/finding";

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

/** Settings of a group that are passed on as they are. */
const RAW = ["node_config", "bottlerocket_settings", "labels", "instance_tags"];

/** ARNs are of the region's partition: an aws role means nothing in China or GovCloud. */
export const checkPartition: Check = ({ definition, regions }) => {
  const { cluster, common, fargate_profiles, workers } = definition.tfvars;
  const partition = regionOf({ definition, regions })?.partition;
  if (partition === undefined) return [];
  const arns = [
    ...arnsOf(common.iam, ["tfvars", "common", "iam"]),
    ...arnsOf(cluster, CLUSTER).filter(({ path }) => !path.includes("values")), // the charts' own business
    ...arnsOf(fargate_profiles, ["tfvars", "fargate_profiles"]),
    ...arnsOf(workers, ["tfvars", "workers"]).filter(({ path }) => !path.some((key) => RAW.includes(String(key)))),
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

/** Every ARN below a key, in the order of the schema. The path is one for all, because nearly no value is an ARN. */
function arnsOf(root: unknown, from: Path): { readonly arn: string; readonly path: Path }[] {
  const found: { arn: string; path: Path }[] = [];
  const path = [...from];
  const visit = (value: unknown, step: string | number): void => {
    if (typeof value === "string") {
      if (value.startsWith("arn:")) found.push({ arn: value, path: [...path, step] });
      return;
    }
    if (typeof value !== "object" || value === null) return;
    path.push(step);
    visitAll(value);
    path.pop();
  };
  const visitAll = (value: object): void => {
    if (withoutArns.has(value)) return;
    const before = found.length;
    if (Array.isArray(value)) value.forEach(visit);
    else for (const key of Object.keys(value)) visit((value as Readonly<Record<string, unknown>>)[key], key);
    if (found.length === before) withoutArns.add(value);
  };
  if (typeof root === "object" && root !== null) visitAll(root);
  return found;
}
