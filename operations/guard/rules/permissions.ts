import { field, items, textOf, texts } from "../../plans/json";
import { destroys, type ResourceChange, removes } from "../../plans/plan";
import { shortened } from "../../plans/shortened";
import { after, before, type Value } from "../../plans/values";
import { OPEN_BY_DEFAULT, OPEN_POLICY, type PolicyKey, policyKeyOf } from "../../policies/policy-keys";
import { nameOf } from "../facts/irreplaceable";
import { type Statement, statementsOf, widened } from "../facts/policy-document";
import { endsWithIt } from "./destroys";
import { sharedWith } from "./grants";
import type { GuardedPlan, Match, Matcher } from "./rule";

export const widensPermissions: Matcher = (guarded) =>
  guarded.plan.changes.flatMap((change): Match[] => {
    if (!change.managed || change.actions.every((action) => action === "no-op" || action === "read")) return [];
    const found = [
      ...policyChange(guarded, change),
      ...attachedPolicies(change),
      ...boundary(change),
      ...sharedWith(change),
    ];
    if (found.length === 0) return [];
    return [{ address: change.address, loses: `${subject(change)} ${[...new Set(found)].join("; ")}`, change: found }];
  });

function subject(change: ResourceChange): string {
  const role = textOf(field(change.after, "role")) ?? textOf(field(change.before, "role"));
  if (role !== undefined) return `role ${shortened(role)}:`;
  return change.before === null || change.before === undefined ? "new:" : `${nameOf(change)}:`;
}

function policyChange(guarded: GuardedPlan, change: ResourceChange): string[] {
  const place = policyKeyOf(change.type);
  if (place === undefined) return [];
  const [earlier, later] = [before(change, [place.key]), after(change, [place.key])];
  const exists = change.before !== null && change.before !== undefined;
  const from = statementsOf(earlier.value);
  if (removes(change)) {
    if (place.of === undefined || from === undefined || endsWithIt(guarded, field(change.before, place.of))) return [];
    const others = policiesOf(guarded, change.type, place.of, field(change.before, place.of), "after");
    return hidden(
      widened(from, OPEN_BY_DEFAULT.includes(change.type) ? EVERYTHING : others, place.kind),
      earlier,
      earlier,
    );
  }
  if (later.unknown) {
    return exists && from !== undefined && !destroys(change)
      ? ["gets a policy that is known only after the apply, and may be wider"]
      : [];
  }
  const to = statementsOf(later.value);
  if (to === undefined) {
    const opens = from !== undefined && OPEN_BY_DEFAULT.includes(change.type);
    return opens ? hidden(widened(from, EVERYTHING, place.kind), earlier, earlier) : [];
  }
  // An endpoint without a policy allows everything already, and a new one of any resource is judged by itself.
  if (from === undefined && OPEN_BY_DEFAULT.includes(change.type)) return [];
  const inline = place.kind === "trust" ? inlinePolicies(change) : [];
  return [
    ...hidden(widened(exists ? from : allowedAlready(guarded, change, place), to, place.kind), earlier, later),
    ...inline,
  ];
}

/**
 * Returns the permissions of other policies of the role, user or group that gets a new policy; undefined if the same plan creates it,
 * because then its policies are judged separately.
 */
function allowedAlready(
  guarded: GuardedPlan,
  change: ResourceChange,
  { kind, of }: PolicyKey,
): Statement[] | undefined {
  const holder = of === undefined ? undefined : field(change.after, of);
  if (kind !== "identity" || of === undefined || typeof holder !== "string") return undefined;
  const isNew = guarded.plan.changes.some(
    ({ actions, after: side, type }) =>
      HOLDERS.includes(type) && actions.join() === "create" && field(side, "name") === holder,
  );
  if (isNew) return undefined;
  return policiesOf(guarded, change.type, of, holder, "before").filter(({ allows }) => allows);
}

/** Returns the statements of every policy that a role or another resource has, before the plan or after it. */
function policiesOf(
  { plan }: GuardedPlan,
  type: string,
  of: string,
  holder: unknown,
  when: "before" | "after",
): Statement[] {
  return plan.changes
    .filter((each) => each.type === type && field(each[when], of) === holder)
    .flatMap((each) => statementsOf(field(each[when], "policy")) ?? []);
}

const HOLDERS = ["aws_iam_role", "aws_iam_user", "aws_iam_group"];

const EVERYTHING = statementsOf(OPEN_POLICY) ?? [];

/** Policies inside of a role, by their names. */
function inlinePolicies(change: ResourceChange): string[] {
  const earlier = new Map(
    items(field(change.before, "inline_policy")).map((each) => [field(each, "name"), field(each, "policy")]),
  );
  return items(field(change.after, "inline_policy")).flatMap((each) => {
    const to = statementsOf(field(each, "policy"));
    const from = statementsOf(earlier.get(field(each, "name")));
    return to === undefined
      ? []
      : hidden(widened(from, to, "identity"), before(change, ["inline_policy"]), after(change, ["inline_policy"]));
  });
}

/** The content of a sensitive policy is not shown. */
function hidden(found: readonly string[], ...values: readonly Value[]): string[] {
  if (found.length === 0 || !values.some(({ sensitive }) => sensitive))
    return found.map((each) => shortened(each, 200));
  return ["allows more than before (its policy is sensitive)"];
}

/** Policies of AWS that allow every action, of all services or of one. */
const BROAD =
  /^arn:aws[a-z-]*:iam::aws:policy\/(?:[\w-]+\/)*(?:AdministratorAccess(?:-\w+)?|PowerUserAccess|\w*FullAccess)$/;
const ATTACHMENTS = [
  "aws_iam_role_policy_attachment",
  "aws_iam_user_policy_attachment",
  "aws_iam_group_policy_attachment",
  "aws_iam_policy_attachment",
];

/** All policies of one holder. */
const EXCLUSIVE = [
  "aws_iam_role_policy_attachments_exclusive",
  "aws_iam_user_policy_attachments_exclusive",
  "aws_iam_group_policy_attachments_exclusive",
];

function attachedPolicies(change: ResourceChange): string[] {
  const of = (side: unknown): string[] =>
    ATTACHMENTS.includes(change.type)
      ? [textOf(field(side, "policy_arn")) ?? ""]
      : change.type === "aws_iam_role"
        ? texts(field(side, "managed_policy_arns"))
        : EXCLUSIVE.includes(change.type)
          ? texts(field(side, "policy_arns"))
          : [];
  const earlier = of(change.before);
  const added = of(change.after).filter((arn) => BROAD.test(arn) && !earlier.includes(arn));
  return added.map((arn) => `gets the policy ${arn.slice(arn.lastIndexOf("/") + 1)} of AWS`);
}

/** Without its permissions boundary, every policy of a role has its full effect. */
function boundary(change: ResourceChange): string[] {
  if (change.type !== "aws_iam_role" && change.type !== "aws_iam_user") return [];
  const [earlier, later] = [before(change, ["permissions_boundary"]), after(change, ["permissions_boundary"])];
  if (removes(change) || typeof earlier.value !== "string" || earlier.value === "") return [];
  return later.unknown || later.value === null || later.value === undefined || later.value === ""
    ? ["loses its permissions boundary"]
    : [];
}
