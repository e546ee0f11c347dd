import { sharedTwice } from "../../../language/twice";
import { isProvided, providersOf } from "../../addons/cluster-services";
import type { Worker } from "../../model/cluster";
import { eachItem, type ItemRule } from "../../rules/each-item";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import { inRegion, noEffect, ownTags, requires } from "../../rules/forms";

const health: WorkerRule = ({ classic_load_balancers, health_check_type, target_group_arns }) => {
  if (health_check_type === "EC2" || classic_load_balancers.length + target_group_arns.length > 0) return [];
  const remedy = "Set target_group_arns or classic_load_balancers";
  return [requires(["health_check_type"], "a load balancer, whose health checks it uses", remedy)];
};

/** Auto Scaling accepts at most 100 percentage points between both. */
const policy: WorkerRule = ({ instance_maintenance_policy: shares }) => {
  if (shares === null || shares.max_healthy_percentage - shares.min_healthy_percentage <= 100) return [];
  const { max_healthy_percentage: most, min_healthy_percentage: least } = shares;
  const message = `must be at most 100 above min_healthy_percentage (${least}), but is ${most}`;
  return [{ path: ["instance_maintenance_policy", "max_healthy_percentage"], message }];
};

/** The default policy ends with a choice at random (Auto Scaling user guide, "Default termination policy"). */
const afterDefault: WorkerRule = ({ termination_policies: policies }) => {
  const at = policies.indexOf("Default");
  if (at < 0 || at === policies.length - 1) return [];
  const path = ["termination_policies", at + 1];
  return [
    {
      ...noEffect(path, "Default before it always chooses an instance", "or move Default to the end"),
      severity: "warning",
    },
  ];
};

const HOOKS = "lifecycle_hooks";
type Hook = Worker[typeof HOOKS][number];

const hooks =
  (rule: ItemRule<Hook>): WorkerRule =>
  ({ lifecycle_hooks }) =>
    eachItem([HOOKS], lifecycle_hooks, [rule]);

const hookNames: WorkerRule = ({ lifecycle_hooks }) =>
  sharedTwice(
    lifecycle_hooks,
    ({ name }) => name,
    [HOOKS],
    "name",
    () => "another hook already uses this name. Rename one of them",
  );

const drainingHook: WorkerRule = ({ lifecycle_hooks }, { definition }) =>
  eachItem([HOOKS], lifecycle_hooks, [
    ({ name }) => {
      if (name !== "drain" || !isProvided("node_draining", definition.tfvars)) return [];
      const message = `${providersOf("node_draining")[0]} already uses a hook with this name. Rename this hook`;
      return [{ path: ["name"], message }];
    },
  ]);

const hookTarget = hooks(({ notification_target_arn, role_arn }) => {
  if ((notification_target_arn === undefined) === (role_arn === undefined)) return [];
  const [key, missing] =
    role_arn === undefined ? ["notification_target_arn", "role_arn"] : ["role_arn", "notification_target_arn"];
  return [requires([key], missing, `Set ${missing}, or remove ${key}`)];
});

const hookMetadata = hooks(({ notification_metadata, notification_target_arn }) =>
  notification_metadata === undefined || notification_target_arn !== undefined
    ? []
    : [requires(["notification_metadata"], "notification_target_arn", "Set it, or remove notification_metadata")],
);

const arnsInRegion = (["target_group_arns", "license_configuration_arns"] as const).map(
  (key): WorkerRule =>
    (worker, { definition }) =>
      eachItem([key], worker[key], [(arn) => inRegion([], arn, definition.tfvars.common.aws_region)]),
);

const hooksInRegion: WorkerRule = ({ lifecycle_hooks }, { definition }) =>
  eachItem([HOOKS], lifecycle_hooks, [
    ({ notification_target_arn: arn }) =>
      inRegion(["notification_target_arn"], arn, definition.tfvars.common.aws_region),
  ]);

/** Tags that other keys of the group set, and tags by which controllers identify the owner of a group. */
const RESERVED: readonly (readonly [pattern: RegExp, message: string])[] = [
  [/^k8s\.io\/cluster-autoscaler\/node-template\/(?:label|taint)\//, "belongs in labels or taints. Move it there"],
  [/^k8s\.io\/cluster-autoscaler\/(?!node-template\/)/, "is set by autoscaling. Remove it"],
  [
    /^(?:kubernetes\.io\/cluster\/|k8s\.io\/cluster\/|eks:|karpenter\.sh\/|aws-node-termination-handler\/)/,
    "is a tag by which controllers identify the owner of a group. Remove it",
  ],
];

const reservedTags: WorkerRule = ({ group_tags }) =>
  Object.keys(group_tags).flatMap((key) => {
    const found = RESERVED.find(([pattern]) => pattern.test(key));
    return found === undefined ? [] : [{ path: ["group_tags", key], message: found[1] }];
  });

export const checkUpkeep = eachWorker([
  health,
  policy,
  afterDefault,
  hookNames,
  drainingHook,
  hookTarget,
  hookMetadata,
  ...arnsInRegion,
  hooksInRegion,
  reservedTags,
  ({ group_tags }) => ownTags(["group_tags"], group_tags),
]);
