import { field, textOf } from "../../plans/json";
import { destroys, type ResourceChange, removes, replaces } from "../../plans/plan";
import { type IrreplaceableRule, irreplaceable, nameOf, physicalIdentity } from "../facts/irreplaceable";
import type { GuardedPlan, Match, Matcher } from "./rule";

/** True if an object ends, or if another replaces it: a forgotten object stays in AWS, but its users get the new one. */
const ends = (change: ResourceChange): boolean => change.managed && (destroys(change) || replaces(change));

/** Returns the matcher of a kind of resources whose loss cannot be repaired. */
export function destroysIrreplaceable(rule: IrreplaceableRule): Matcher {
  return ({ plan }) =>
    plan.changes.filter(ends).flatMap((change): Match[] => {
      const kind = irreplaceable(change);
      if (kind?.rule !== rule) return [];
      return [
        {
          address: change.address,
          loses: `${verb(change)} ${nameOf(change)}: ${kind.lost}${because(change)}`,
          change: [change.actions, physicalIdentity(change)],
        },
      ];
    });
}

function verb(change: ResourceChange): string {
  if (change.deposed !== undefined)
    return `destroys the earlier object of an unfinished replacement (deposed ${change.deposed}),`;
  if (!replaces(change)) return "destroys";
  return destroys(change) ? "replaces" : "puts another object in the place of";
}

const REASONS: Readonly<Record<string, string>> = {
  replace_because_cannot_update: "a changed argument cannot be updated in place",
  replace_because_tainted: "it is tainted",
  replace_by_request: "-replace requests it",
  replace_by_triggers: "replace_triggered_by requests it",
  delete_because_no_resource_config: "the configuration no longer contains it",
  delete_because_no_module: "the configuration no longer contains its module",
  delete_because_no_move_target: "the target of its moved block does not exist",
  delete_because_wrong_repetition: "count or for_each changed",
  delete_because_count_index: "count no longer includes it",
  delete_because_each_key: "for_each no longer includes it",
};

/** Returns Terraform's own reason, if it is one that the guard can put into words. */
export function because({ reason }: ResourceChange): string {
  const words = reason !== undefined && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  return words === undefined ? "" : ` (${words})`;
}

/** Finds resources that were deleted outside of Terraform, which a plan shows as created. */
export const recreatesVanished: Matcher = ({ plan }) => {
  const gone = new Map<string, ResourceChange>();
  for (const change of plan.drift) {
    if (!change.managed || !change.actions.includes("delete")) continue;
    for (const address of [change.address, change.previousAddress])
      if (address !== undefined) gone.set(address, change);
  }
  return plan.changes.flatMap((change): Match[] => {
    if (!change.managed || !change.actions.includes("create") || destroys(change)) return [];
    const earlier = gone.get(change.address) ?? gone.get(change.previousAddress ?? "");
    if (earlier === undefined) return [];
    const kind = irreplaceable(earlier);
    const lost = kind === undefined ? "" : `; lost already: ${kind.lost}`;
    return [
      {
        address: change.address,
        loses: `creates ${nameOf(earlier)} again, which was deleted outside of Terraform${lost}`,
        change: physicalIdentity(earlier),
      },
    ];
  });
};

/** Types whose destruction stops pods, because pods run on them. */
const NODES = [
  "aws_eks_node_group",
  "aws_autoscaling_group",
  "aws_eks_fargate_profile",
  "aws_instance",
  "aws_launch_template",
];

/** Finds groups whose old nodes are destroyed before new ones exist. */
export const replacesNodes: Matcher = ({ plan }) =>
  plan.changes.flatMap((change): Match[] => {
    if (!change.managed || !NODES.includes(change.type)) return [];
    const [first, second] = [change.actions.indexOf("delete"), change.actions.indexOf("create")];
    if (first < 0 || second < first) return [];
    return [
      {
        address: change.address,
        loses: `deletes ${nameOf(change)} before its replacement exists: its pods have no node meanwhile${because(change)}`,
        change: [change.actions, physicalIdentity(change)],
      },
    ];
  });

/** Everything else that ends in a protected tier. */
export const destroysInProtectedTier: Matcher = (guarded) => {
  if (!guarded.settings.protected) return [];
  const told = new Set([...replacesNodes(guarded, NOWHERE)].map(({ address }) => address));
  return guarded.plan.changes.flatMap((change): Match[] => {
    if (!change.managed || !destroys(change) || irreplaceable(change) !== undefined || told.has(change.address))
      return [];
    return [
      {
        address: change.address,
        loses: `${verb(change)} ${nameOf(change)} in a protected tier${because(change)}`,
        change: [change.actions, physicalIdentity(change)],
      },
    ];
  });
};

const NOWHERE = { plans: [], clusters: [], peers: new Map(), ownStacks: new Map(), terraform: "*", commit: undefined };

/** Types that policies and other settings are attached to. */
const HOLDERS = [
  "aws_alb",
  "aws_lb",
  "aws_backup_plan",
  "aws_backup_vault",
  "aws_dynamodb_table",
  "aws_ecr_repository",
  "aws_efs_file_system",
  "aws_iam_group",
  "aws_iam_role",
  "aws_iam_user",
  "aws_kms_key",
  "aws_s3_bucket",
  "aws_secretsmanager_secret",
  "aws_sns_topic",
  "aws_sqs_queue",
  "aws_vpc",
  "aws_vpc_endpoint",
];

/** True if an object of the plan ends whose name, id or ARN is the given text: its settings end with it. */
export function endsWithIt({ plan }: GuardedPlan, reference: unknown): boolean {
  const name = textOf(reference);
  if (name === undefined) return false;
  return plan.changes.some(
    (change) =>
      HOLDERS.includes(change.type) &&
      removes(change) &&
      ["id", "arn", "name", "bucket", "url", "key_id"].some((key) => field(change.before, key) === name),
  );
}
