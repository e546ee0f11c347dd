import { testReports } from "../../../support/definition";

const ROLE = "arn:aws:iam::111111111111:role";
const keyIn = (region: string): string => `arn:aws:kms:${region}:111111111111:key/01234567-89ab-cdef-0123-456789abcdef`;
const KEY = keyIn("us-east-1");

testReports({
  "refuses administrators of an existing key": {
    cluster: `kms: { key_arn: "${KEY}", administrators: [${ROLE}/a] }`,
    reports: [
      "9:116 tfvars.cluster.kms.administrators: has no effect because kms.key_arn sets an existing key, which is not changed. Remove it",
    ],
  },
  "refuses an administrator that is listed twice": {
    cluster: `kms: { administrators: ["${ROLE}/a", "${ROLE}/a"] }`,
    reports: [
      "9:65 tfvars.cluster.kms.administrators[1]: lists arn:aws:iam::111111111111:role/a twice. Remove one of them",
    ],
  },
  "refuses settings of an existing key": {
    cluster: `kms: { key_arn: "${KEY}", rotation_period_days: 90 }`,
    reports: [
      "9:122 tfvars.cluster.kms.rotation_period_days: has no effect because kms.key_arn sets an existing key, which is not changed. Remove it",
    ],
  },
  "refuses settings of a key that is not created": {
    cluster: `kms: { enabled: false, deletion_window_days: 7, administrators: [${ROLE}/a] }`,
    reports: [
      "9:50 tfvars.cluster.kms.deletion_window_days: has no effect because kms.enabled is false and no key is created. Remove it",
      "9:69 tfvars.cluster.kms.administrators: has no effect because kms.enabled is false and no key is created. Remove it",
    ],
  },
  "refuses a key without encryption": {
    cluster: `kms: { enabled: false, key_arn: "${KEY}" }`,
    reports: [
      "9:37 tfvars.cluster.kms.key_arn: has no effect because kms.enabled is false. Remove it, or set kms.enabled: true",
    ],
  },
  "refuses keys in another region": {
    cluster: `kms: { key_arn: "${keyIn("eu-west-1")}" }\ncluster_log_kms_key_arn: ${keyIn("eu-west-2")}`,
    reports: [
      "9:21 tfvars.cluster.kms.key_arn: is in eu-west-1, but the cluster is in us-east-1. Use one in us-east-1",
      "10:30 tfvars.cluster.cluster_log_kms_key_arn: is in eu-west-2, but the cluster is in us-east-1. Use one in us-east-1",
    ],
  },
  "refuses an alias in place of a key": {
    cluster: 'kms: { key_arn: "arn:aws:kms:us-east-1:111111111111:alias/eks" }',
    reports: [
      '9:21 tfvars.cluster.kms.key_arn: must be the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef, got "arn:aws:kms:us-east-1:111111111111:alias/eks"',
    ],
  },
  "refuses a log type that is listed twice": {
    cluster: "enabled_cluster_log_types: [audit, api, audit]",
    reports: ["9:45 tfvars.cluster.enabled_cluster_log_types[2]: lists audit twice. Remove one of them"],
  },
  "refuses settings of logs that are off": {
    cluster: `enabled_cluster_log_types: []\ncluster_log_retention_days: 30\ncluster_log_kms_key_arn: ${KEY}`,
    reports: [
      "9:32 warning: tfvars.cluster.enabled_cluster_log_types: a production cluster without audit logs cannot show who changed what. Add audit",
      "10:33 tfvars.cluster.cluster_log_retention_days: has no effect because enabled_cluster_log_types is empty. Remove it, or add a log type",
      "11:30 tfvars.cluster.cluster_log_kms_key_arn: has no effect because enabled_cluster_log_types is empty. Remove it, or add a log type",
    ],
  },
  "refuses a scaling tier that does not exist": {
    cluster: "control_plane_scaling_tier: tier-3xl",
    reports: [
      '9:33 tfvars.cluster.control_plane_scaling_tier: must be one of standard, tier-xl, tier-2xl, tier-4xl, tier-8xl or null, got "tier-3xl"',
    ],
  },
});
