import { texts } from "../../plans/json";

/** A setting that keeps something from being lost. */
export interface Protection {
  readonly type: string;
  readonly path: readonly (string | number)[];
  /** True if the value protects. */
  readonly protects: (value: unknown) => boolean;
  readonly loses: string;
}

const isTrue = (value: unknown): boolean => value === true;
const isThere = (value: unknown): boolean => value !== null && value !== undefined && value !== "";
const isFalse = (value: unknown): boolean => value === false || value === null || value === undefined;

/** Settings that keep something from being lost. Who turns one off prepares the loss. */
export const PROTECTIONS: readonly Protection[] = [
  ...(
    [
      ["aws_eks_cluster", "deletion_protection"],
      ["aws_dynamodb_table", "deletion_protection_enabled"],
      ["aws_db_instance", "deletion_protection"],
      ["aws_rds_cluster", "deletion_protection"],
      ["aws_rds_global_cluster", "deletion_protection"],
      ["aws_docdb_cluster", "deletion_protection"],
      ["aws_neptune_cluster", "deletion_protection"],
      ["aws_dsql_cluster", "deletion_protection_enabled"],
      ["aws_lb", "enable_deletion_protection"],
      ["aws_alb", "enable_deletion_protection"],
    ] as const
  ).map(([type, key]) => ({ type, path: [key], protects: isTrue, loses: `turns off ${key}` })),
  ...["aws_s3_bucket", "aws_backup_vault", "aws_ecr_repository"].map((type) => ({
    type,
    path: [type === "aws_ecr_repository" ? "force_delete" : "force_destroy"],
    protects: isFalse,
    loses: "lets a later destroy delete the content too",
  })),
  ...["aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster", "aws_redshift_cluster"].map(
    (type) => ({
      type,
      path: ["skip_final_snapshot"],
      protects: isFalse,
      loses: "lets a later destroy end without a last snapshot",
    }),
  ),
  ...(
    [
      ["aws_db_instance", "backup_retention_period"],
      ["aws_redshift_cluster", "automated_snapshot_retention_period"],
      ["aws_elasticache_cluster", "snapshot_retention_limit"],
      ["aws_elasticache_replication_group", "snapshot_retention_limit"],
      ["aws_memorydb_cluster", "snapshot_retention_limit"],
    ] as const
  ).map(([type, key]) => ({
    type,
    path: [key],
    protects: (value: unknown) => typeof value === "number" && value > 0,
    loses: "turns off automatic backups",
  })),
  {
    type: "aws_efs_backup_policy",
    path: ["backup_policy", 0, "status"],
    protects: (value) => value === "ENABLED",
    loses: "turns off automatic backups",
  },
  {
    type: "aws_secretsmanager_secret",
    path: ["recovery_window_in_days"],
    protects: (value) => value !== 0,
    loses: "lets a later destroy delete the secret at once",
  },
  {
    type: "aws_s3_bucket_versioning",
    path: ["versioning_configuration", 0, "status"],
    protects: (value) => value === "Enabled",
    loses: "suspends versioning: overwritten and deleted objects cannot be restored",
  },
  {
    type: "aws_dynamodb_table",
    path: ["point_in_time_recovery", 0, "enabled"],
    protects: isTrue,
    loses: "turns off point-in-time recovery: deleted items cannot be restored",
  },
  {
    type: "aws_kms_key",
    path: ["is_enabled"],
    protects: isTrue,
    loses: "disables the key: nothing that it encrypted can be read",
  },
  {
    type: "aws_kms_key",
    path: ["enable_key_rotation"],
    protects: isTrue,
    loses: "stops the rotation of the key",
  },
  {
    type: "aws_eks_cluster",
    path: ["encryption_config", 0],
    protects: isThere,
    loses: "no longer encrypts secrets with a key",
  },
  ...[
    ["aws_cloudwatch_log_group", "the log"],
    ["aws_sns_topic", "messages"],
    ["aws_sqs_queue", "messages"],
  ].map(([type = "", what = ""]) => ({
    type,
    path: [type === "aws_cloudwatch_log_group" ? "kms_key_id" : "kms_master_key_id"],
    protects: isThere,
    loses: `no longer encrypts ${what} with a key`,
  })),
  ...["aws_launch_template", "aws_instance"].map((type) => ({
    type,
    path: ["metadata_options", 0, "http_tokens"],
    protects: (value: unknown) => value === "required",
    loses: "lets pods and their visitors read the node's credentials without a token (IMDSv1)",
  })),
  ...["aws_launch_template", "aws_instance"].map((type) => ({
    type,
    path: ["metadata_options", 0, "http_put_response_hop_limit"],
    protects: (value: unknown) => value === 1,
    loses: "lets pods reach the node's credentials (hop limit above 1)",
  })),
  {
    type: "aws_ebs_encryption_by_default",
    path: ["enabled"],
    protects: isTrue,
    loses: "stops the encryption of new volumes",
  },
  {
    type: "aws_flow_log",
    path: ["traffic_type"],
    protects: (value) => value === "ALL",
    loses: "records a part of the traffic only",
  },
  ...["kubernetes_namespace", "kubernetes_namespace_v1"].map((type) => ({
    type,
    path: ["metadata", 0, "labels", "pod-security.kubernetes.io/enforce"],
    protects: (value: unknown) => value === "baseline" || value === "restricted",
    loses: "lets privileged pods into the namespace",
  })),
  {
    type: "aws_eks_cluster",
    path: ["enabled_cluster_log_types"],
    protects: (value) => texts(value).includes("audit"),
    loses: "stops the audit log of the control plane",
  },
  ...["aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"].flatMap((type) =>
    ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].map((key) => ({
      type,
      path: [key],
      protects: isTrue,
      loses: `turns off ${key}: ${type.includes("account") ? "buckets" : "the bucket"} can become public`,
    })),
  ),
  {
    type: "aws_s3_bucket_ownership_controls",
    path: ["rule", 0, "object_ownership"],
    protects: (value) => value === "BucketOwnerEnforced",
    loses: "lets ACLs of objects count again",
  },
  {
    type: "aws_s3_bucket_server_side_encryption_configuration",
    path: ["rule", 0, "apply_server_side_encryption_by_default", 0, "sse_algorithm"],
    protects: (value) => typeof value === "string" && value.startsWith("aws:kms"),
    loses: "no longer encrypts new objects with a key",
  },
  {
    type: "aws_vpc_block_public_access_options",
    path: ["internet_gateway_block_mode"],
    protects: (value) => value === "block-bidirectional" || value === "block-ingress",
    loses: "lets internet gateways work in every VPC of the region",
  },
  {
    type: "aws_ebs_snapshot_block_public_access",
    path: ["state"],
    protects: (value) => value === "block-all-sharing" || value === "block-new-sharing",
    loses: "lets snapshots become public",
  },
  { type: "aws_cloudtrail", path: ["enable_logging"], protects: isTrue, loses: "stops the trail" },
  {
    type: "aws_config_configuration_recorder_status",
    path: ["is_enabled"],
    protects: isTrue,
    loses: "stops the record of configuration changes",
  },
  { type: "aws_guardduty_detector", path: ["enable"], protects: isTrue, loses: "ends the search for attacks" },
];
