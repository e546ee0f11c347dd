import { namedTwice } from "../../../language/twice";
import type { Subject } from "../../model/subject";
import type { Check, Finding } from "../../rules/finding";
import { inRegion, noEffect } from "../../rules/forms";

const CLUSTER = ["tfvars", "cluster"] as const;
const KMS = [...CLUSTER, "kms"] as const;
const LOG_TYPES = [...CLUSTER, "enabled_cluster_log_types"] as const;

/** Rules about the keys that encrypt Secrets and logs. */
export const kmsRules: readonly Check[] = [
  keyOfNoEncryption,
  administratorsOfNoKey,
  settingsOfNoKey,
  ({ definition }) => namedTwice(definition.tfvars.cluster.kms.administrators, [...KMS, "administrators"]),
  ({ definition: { tfvars } }) => inRegion([...KMS, "key_arn"], tfvars.cluster.kms.key_arn, tfvars.common.aws_region),
  ({ definition: { tfvars } }) => {
    const { cluster_log_kms_key_arn } = tfvars.cluster;
    return inRegion([...CLUSTER, "cluster_log_kms_key_arn"], cluster_log_kms_key_arn, tfvars.common.aws_region);
  },
];

/** Rules about the logs of the control plane. */
export const logRules: readonly Check[] = [
  ({ definition }) => namedTwice(definition.tfvars.cluster.enabled_cluster_log_types, LOG_TYPES),
  settingsOfNoLog,
  productionWithoutLogs,
];

function keyOfNoEncryption({ definition }: Subject): Finding[] {
  const { enabled, key_arn } = definition.tfvars.cluster.kms;
  if (enabled || key_arn === null) return [];
  return [noEffect([...KMS, "key_arn"], "kms.enabled is false", "or set kms.enabled: true")];
}

/** Returns why this program creates no key; undefined if it creates one. */
function reasonOfNoKey({ enabled, key_arn }: Subject["definition"]["tfvars"]["cluster"]["kms"]): string | undefined {
  if (!enabled) return "kms.enabled is false and no key is created";
  return key_arn === null ? undefined : "kms.key_arn sets an existing key, which is not changed";
}

function administratorsOfNoKey({ definition }: Subject): Finding[] {
  const { kms } = definition.tfvars.cluster;
  if (kms.administrators.length === 0) return [];
  const reason = reasonOfNoKey(kms);
  return reason === undefined ? [] : [noEffect([...KMS, "administrators"], reason)];
}

function settingsOfNoKey({ definition }: Subject): Finding[] {
  const reason = reasonOfNoKey(definition.tfvars.cluster.kms);
  if (reason === undefined) return [];
  return ["deletion_window_days", "rotation_period_days"].map((key) => ({
    ...noEffect([...KMS, key], reason),
    own: true,
  }));
}

function settingsOfNoLog({ definition }: Subject): Finding[] {
  if (definition.tfvars.cluster.enabled_cluster_log_types.length > 0) return [];
  return ["cluster_log_retention_days", "cluster_log_group_class", "cluster_log_kms_key_arn"].map((key) => ({
    ...noEffect([...CLUSTER, key], "enabled_cluster_log_types is empty", "or add a log type"),
    own: true,
  }));
}

/** Without the audit log, no later investigation can show who did what. */
function productionWithoutLogs({ definition: { meta, tfvars } }: Subject): Finding[] {
  if (meta.TIER !== "production" || tfvars.cluster.enabled_cluster_log_types.includes("audit")) return [];
  const message = "a production cluster without audit logs cannot show who changed what. Add audit";
  return [{ path: LOG_TYPES, message, severity: "warning" }];
}
