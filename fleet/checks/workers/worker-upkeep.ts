import { OWN_TAGS } from "../../../language/words/own-tags";
import { isProvided, providersOf } from "../../addons/cluster-services";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Finding } from "../../rules/finding";

const health: WorkerRule = ({ classic_load_balancers, health_check_type, target_group_arns }) => {
  if (health_check_type === "EC2" || classic_load_balancers.length + target_group_arns.length > 0) return [];
  const message = "asks load balancers, and the group is behind none: set target_group_arns or classic_load_balancers";
  const given = [["target_group_arns"], ["classic_load_balancers"]];
  return [{ path: ["health_check_type"], given, message }];
};

const POLICY = "instance_maintenance_policy";

const policy: WorkerRule = ({ instance_maintenance_policy: given }) => {
  if (given === null || given.max_healthy_percentage - given.min_healthy_percentage <= 100) return [];
  const message = `must be at most 100 above the least healthy (${given.min_healthy_percentage}), got ${given.max_healthy_percentage}`;
  return [{ path: [POLICY, "max_healthy_percentage"], given: [[POLICY, "min_healthy_percentage"]], message }];
};

const HOOKS = "lifecycle_hooks";

const hooks: WorkerRule = ({ lifecycle_hooks }, { definition }) => {
  const names = lifecycle_hooks.map(({ name }) => name);
  return lifecycle_hooks.flatMap(({ name, notification_metadata, notification_target_arn, role_arn }, index) => {
    const path = [HOOKS, index];
    const findings: Finding[] = [];
    if (names.indexOf(name) < index)
      findings.push({ path: [...path, "name"], message: "is the name of two hooks: rename one" });
    if (name === "drain" && isProvided("node_draining", definition.tfvars)) {
      const message = `is the hook by which ${providersOf("node_draining")[0]} drains: take another name`;
      findings.push({ path: [...path, "name"], message });
    }
    if ((notification_target_arn === undefined) !== (role_arn === undefined)) {
      const [said, missing] =
        role_arn === undefined ? ["notification_target_arn", "role_arn"] : ["role_arn", "notification_target_arn"];
      findings.push({
        path: [...path, said],
        message: `needs ${missing}: Auto Scaling tells a topic or a queue by a role`,
      });
    }
    if (notification_metadata !== undefined && notification_target_arn === undefined) {
      const message = "goes with what notification_target_arn is told, and there is none: add that, or remove it";
      findings.push({ path: [...path, "notification_metadata"], message });
    }
    return findings;
  });
};

/** Load balancers, licences and who is told are asked by the group's own region. */
const places: WorkerRule = (worker, { definition }) => {
  const { aws_region } = definition.tfvars.common;
  const named = [
    ...worker.target_group_arns.map((arn, index) => ({ arn, path: ["target_group_arns", index] })),
    ...worker.license_configuration_arns.map((arn, index) => ({ arn, path: ["license_configuration_arns", index] })),
    ...worker.lifecycle_hooks.map((hook, index) => ({
      arn: hook.notification_target_arn,
      path: [HOOKS, index, "notification_target_arn"],
    })),
  ];
  return named.flatMap(({ arn, path }) => {
    const region = arn?.split(":")[3];
    if (region === undefined || region === aws_region) return [];
    const message = `is of ${region}, and the group runs in ${aws_region}: name one of that region`;
    return [{ path, given: [["tfvars", "common", "aws_region"]], message }];
  });
};

/** What other keys of the group say, and what says whose it is. */
const OTHERS: readonly (readonly [pattern: RegExp, message: string])[] = [
  [/^k8s\.io\/cluster-autoscaler\/node-template\/(?:label|taint)\//, "is what labels and taints say: put it there"],
  [/^k8s\.io\/cluster-autoscaler\/(?!node-template\/)/, "is what autoscaling says: remove it"],
  [
    /^(?:kubernetes\.io\/cluster\/|k8s\.io\/cluster\/|eks:|karpenter\.sh\/|aws-node-termination-handler\/)/,
    "tells controllers whose the group is: remove it",
  ],
  [new RegExp(`^(?:${OWN_TAGS.join("|")})$`), "is a tag of ours, on everything the cluster has: name yours otherwise"],
];

const groupTags: WorkerRule = ({ group_tags }) =>
  Object.keys(group_tags).flatMap((key) => {
    const found = OTHERS.find(([pattern]) => pattern.test(key));
    return found === undefined ? [] : [{ path: ["group_tags", key], message: found[1] }];
  });

/** Who looks after a group can, and its tags are not said twice. */
export const checkUpkeep = eachWorker([health, policy, hooks, places, groupTags]);
