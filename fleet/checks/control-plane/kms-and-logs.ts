import { namedTwice } from "../../../language/twice";
import type { Check, Finding } from "../../rules/finding";

const CLUSTER = ["tfvars", "cluster"] as const;
const KMS = [...CLUSTER, "kms"] as const;
const REGION = ["tfvars", "common", "aws_region"] as const;

/** Keys are where they are used, and nothing is said of a key that is not ours or not there. */
export const checkKeys: Check = ({ definition }) => {
  const { cluster, common } = definition.tfvars;
  const { administrators, enabled, key_arn } = cluster.kms;
  const findings: Finding[] = [];
  if (!enabled && key_arn !== null) {
    findings.push({
      path: [...KMS, "key_arn"],
      given: [[...KMS, "enabled"]],
      message: "has no effect while kms.enabled is false: remove it, or enable the encryption",
    });
  }
  if (administrators.length > 0 && (!enabled || key_arn !== null)) {
    const other = enabled ? "key_arn" : "enabled";
    findings.push({
      path: [...KMS, "administrators"],
      given: [[...KMS, other]],
      message: enabled
        ? "has no effect on an existing key: its own policy says who administers it"
        : "has no effect while kms.enabled is false: no key is made",
    });
  }
  findings.push(...namedTwice(administrators, [...KMS, "administrators"]));
  if (!enabled || key_arn !== null) {
    const given = [[...KMS, enabled ? "key_arn" : "enabled"]];
    const message = enabled
      ? "has no effect on an existing key, which is changed where it is made: remove it"
      : "has no effect while kms.enabled is false: no key is made. Remove it";
    for (const key of ["deletion_window_days", "rotation_period_days"])
      findings.push({ own: true, path: [...KMS, key], given, message });
  }
  const arns = [
    { path: [...KMS, "key_arn"], arn: key_arn },
    { path: [...CLUSTER, "cluster_log_kms_key_arn"], arn: cluster.cluster_log_kms_key_arn },
  ];
  for (const { path, arn } of arns) {
    const region = arn?.split(":")[3];
    if (region === undefined || region === common.aws_region) continue;
    findings.push({
      path,
      given: [REGION],
      message: `is a key of ${region}, and the cluster is in ${common.aws_region}: EKS and CloudWatch take keys of their own region`,
    });
  }
  return findings;
};

/** What is said of the log of a control plane that writes none. */
const OF_LOGS = ["cluster_log_retention_days", "cluster_log_group_class", "cluster_log_kms_key_arn"] as const;

/** EKS writes each log type once, and of a log that nobody writes nothing is said. */
export const checkLogTypes: Check = ({ definition }) => {
  const { enabled_cluster_log_types: types } = definition.tfvars.cluster;
  const path = [...CLUSTER, "enabled_cluster_log_types"];
  const message = "has no effect while enabled_cluster_log_types is empty: remove it, or name a type";
  return [
    ...namedTwice(types, path),
    ...(types.length > 0
      ? []
      : OF_LOGS.map((key): Finding => ({ own: true, path: [...CLUSTER, key], given: [path], message }))),
  ];
};
