import { ifCertain } from "../../../language/refused";
import type { Path } from "../../../language/yaml/tree";
import { regionOf } from "../../network/zones";
import type { Check } from "../../rules/finding";

/** Settings that are passed on as they are: of a worker group, and of an EKS add-on (`values`). */
const RAW = ["node_config", "bottlerocket_settings", "labels", "instance_tags", "values"];

/** Refuses ARNs of another partition than the region's: a role of partition aws does not exist in China or GovCloud. */
export const checkPartition: Check = ({ definition, regions }) => {
  const { cluster, common, fargate_profiles, workers } = definition.tfvars;
  const partition = regionOf({ definition, regions })?.partition;
  if (partition === undefined) return [];
  const arns = [
    ...arnsOf(common.iam, ["tfvars", "common", "iam"]),
    ...arnsOf(cluster, ["tfvars", "cluster"]),
    ...arnsOf(fargate_profiles, ["tfvars", "fargate_profiles"]),
    ...arnsOf(workers, ["tfvars", "workers"]),
  ];
  return arns
    .filter(({ path }) => !path.some((key) => RAW.includes(String(key))))
    .filter(({ arn }) => !arn.startsWith(`arn:${partition}:`) && !arn.startsWith("arn:*:"))
    .map(({ arn, path }) => {
      const message = `must be an ARN of partition ${partition}, which ${common.aws_region} belongs to, but is ${arn}`;
      return { path, message };
    });
};

/** Most of a cluster comes from its layers. These objects are the same in every cluster, and nearly all of them have no ARN. */
const withoutArns = new WeakSet<object>();

/** Returns every ARN below a key, in the order of the schema. All share one path while searching, because nearly no value is an ARN. */
function arnsOf(root: object, from: Path): { readonly arn: string; readonly path: Path }[] {
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
    for (const step of Array.isArray(value) ? value.keys() : Object.keys(value))
      visit(
        ifCertain(() => (value as Readonly<Record<string | number, unknown>>)[step]),
        step,
      );
    if (found.length === before) withoutArns.add(value);
  };
  visitAll(root);
  return found;
}
