import { type ResourceChange, removes } from "../../plans/plan";
import { after, before, type Value } from "../../plans/values";
import { nameOf } from "../facts/irreplaceable";
import { PROTECTIONS, type Protection } from "../facts/protections";
import { endsWithIt } from "./destroys";
import type { Match, Matcher } from "./rule";

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
  aws_accessanalyzer_analyzer: { loses: "ends the search for access from outside" },
  aws_config_configuration_recorder: { loses: "ends the record of configuration changes" },
  aws_inspector2_enabler: { loses: "ends the search for vulnerabilities" },
  aws_macie2_account: { loses: "ends the search for exposed data" },
  aws_securityhub_account: { loses: "ends the collection of security findings" },
  aws_shield_protection: { of: "resource_arn", loses: "ends the protection against floods of what stays" },
  aws_wafv2_web_acl_association: { of: "resource_arn", loses: "removes the firewall from what stays" },
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
