import { nameOf } from "../facts/irreplaceable";
import { texts } from "../plan/json";
import { after, before, type ResourceChange, removes, type Value } from "../plan/plan";
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
const isFalse = (value: unknown): boolean => value === false || value === null || value === undefined;

/** Settings that keep something from being lost. Who turns one off prepares the loss. */
const PROTECTIONS: readonly Protection[] = [
  ...(
    [
      ["aws_eks_cluster", "deletion_protection"],
      ["aws_dynamodb_table", "deletion_protection_enabled"],
      ["aws_db_instance", "deletion_protection"],
      ["aws_rds_cluster", "deletion_protection"],
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
    type: "aws_eks_cluster",
    path: ["enabled_cluster_log_types"],
    protects: (value) => texts(value).includes("audit"),
    loses: "stops the audit log of the control plane",
  },
  ...["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].map((key) => ({
    type: "aws_s3_bucket_public_access_block",
    path: [key],
    protects: isTrue,
    loses: `turns off ${key}: the bucket can become public`,
  })),
];

/** Resources that protect another one as long as they exist. */
const GUARDS: Readonly<
  Record<
    string,
    { readonly of: string; readonly loses: string; readonly protects?: (change: ResourceChange) => boolean }
  >
> = {
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
      const of = before(change, [guard.of]).value;
      return endsWithIt(guarded, of)
        ? []
        : [{ address: change.address, loses: guard.loses, change: [guard.loses, of] }];
    }
    const lost = PROTECTIONS.filter((each) => each.type === change.type && turnsOff(change, each)).map(
      ({ loses }) => loses,
    );
    if (lost.length === 0) return [];
    return [{ address: change.address, loses: `${nameOf(change)}: ${lost.join(", ")}`, change: lost }];
  });

/** A value that is known after the apply may be off: it counts as turned off. */
function turnsOff(change: ResourceChange, { path, protects }: Protection): boolean {
  if (change.after === null || change.after === undefined) return false;
  const then: Value = after(change, path);
  return protects(before(change, path).value) && (then.unknown || !protects(then.value));
}
