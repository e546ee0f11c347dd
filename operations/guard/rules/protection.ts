import { texts } from "../../plans/json";
import { type ResourceChange, removes } from "../../plans/plan";
import { after, before, type Value } from "../../plans/values";
import { nameOf } from "../facts/irreplaceable";
import { endsWithIt } from "./destroys";
import type { Match, Matcher } from "./rule";

interface Protection {
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
const PROTECTIONS: readonly Protection[] = [
  ...(
    [
      ["aws_eks_cluster", "deletion_protection"],
      ["aws_dynamodb_table", "deletion_protection_enabled"],
      ["aws_db_instance", "deletion_protection"],
      ["aws_rds_cluster", "deletion_protection"],
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
  { type: "aws_guardduty_detector", path: ["enable"], protects: isTrue, loses: "ends the search for attacks" },
];

/** A large plan has many changes of few types. */
const BY_TYPE: ReadonlyMap<string, readonly Protection[]> = new Map(
  [...new Set(PROTECTIONS.map(({ type }) => type))].map((type) => [
    type,
    PROTECTIONS.filter((each) => each.type === type),
  ]),
);

/** Resources that protect another one as long as they exist. */
const GUARDS: Readonly<
  Record<
    string,
    {
      /** Key with what it protects; undefined if it protects whatever is there. */
      readonly of?: string;
      readonly loses: string;
      readonly protects?: (change: ResourceChange) => boolean;
    }
  >
> = {
  aws_backup_plan: { loses: "ends the backups of the plan" },
  aws_backup_selection: { of: "plan_id", loses: "ends the backups of what it selects" },
  aws_dlm_lifecycle_policy: { loses: "ends the snapshots of volumes" },
  aws_ebs_encryption_by_default: { loses: "stops the encryption of new volumes" },
  aws_flow_log: { of: "vpc_id", loses: "ends the record of a network's traffic" },
  aws_guardduty_detector: { loses: "ends the search for attacks" },
  aws_ebs_snapshot_block_public_access: { loses: "lets snapshots become public" },
  aws_s3_account_public_access_block: { loses: "lets the account's buckets become public" },
  aws_vpc_block_public_access_options: { loses: "lets internet gateways work in every VPC of the region" },
  aws_s3_bucket_object_lock_configuration: { of: "bucket", loses: "lets objects of a bucket that stays be deleted" },
  aws_s3_bucket_public_access_block: {
    of: "bucket",
    loses: "removes the block of public access from a bucket that stays",
  },
  aws_s3_bucket_versioning: {
    of: "bucket",
    loses: "suspends versioning of a bucket that stays: overwritten and deleted objects cannot be restored",
    protects: (change) => before(change, ["versioning_configuration", 0, "status"]).value === "Enabled",
  },
};

export const removesProtection: Matcher = (guarded) =>
  guarded.plan.changes.flatMap((change): Match[] => {
    if (!change.managed || change.before === null || change.before === undefined) return [];
    const guard = Object.hasOwn(GUARDS, change.type) ? GUARDS[change.type] : undefined;
    if (guard !== undefined && removes(change)) {
      if (guard.protects?.(change) === false) return [];
      const of = guard.of === undefined ? undefined : before(change, [guard.of]).value;
      return endsWithIt(guarded, of)
        ? []
        : [{ address: change.address, loses: guard.loses, change: [guard.loses, of] }];
    }
    const lost = (BY_TYPE.get(change.type) ?? []).filter((each) => turnsOff(change, each)).map(({ loses }) => loses);
    if (lost.length === 0) return [];
    return [{ address: change.address, loses: `${nameOf(change)}: ${lost.join(", ")}`, change: lost }];
  });

/** True if a protection is turned off. A value that is unknown until the apply counts as off. */
function turnsOff(change: ResourceChange, { path, protects }: Protection): boolean {
  if (change.after === null || change.after === undefined) return false;
  const then: Value = after(change, path);
  return protects(before(change, path).value) && (then.unknown || !protects(then.value));
}
