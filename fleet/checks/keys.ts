import type { Check, Finding } from "./finding";

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

/** EKS writes each log type once. */
export const checkLogTypes: Check = ({ definition }) => {
  const { enabled_cluster_log_types: types } = definition.tfvars.cluster;
  return types.flatMap((type, index) =>
    types.indexOf(type) < index
      ? [
          {
            path: [...CLUSTER, "enabled_cluster_log_types", index],
            message: `names ${type} twice: name each type once`,
          },
        ]
      : [],
  );
};
