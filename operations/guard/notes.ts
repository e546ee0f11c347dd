import { field, numberOf, texts } from "../plans/json";
import { type Plan, type ResourceChange, removes, replaces } from "../plans/plan";
import { shortened } from "../plans/shortened";
import { after, before } from "../plans/values";
import { irreplaceable, nameOf } from "./facts/irreplaceable";
import type { Note } from "./rules/rule";

const POLICY_KEYS = ["policy", "assume_role_policy"];
const RANGE_KEYS = ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"];

/** Returns notes about changes that pass but deserve attention. */
export function notesOf(plan: Plan): Note[] {
  const checks = plan.failedChecks.map((address) => ({ address, message: "this check failed" }));
  const changes = plan.changes
    .filter(({ managed }) => managed)
    .flatMap((change) => {
      const messages = [
        ...forgotten(change),
        ...unknownValues(change),
        ...retention(change),
        ...kubernetesGroups(change, plan),
      ];
      return messages.map((message) => ({ address: change.address, message }));
    });
  return [...checks, ...changes];
}

/** Reports forgotten resources: they stay in AWS, so nothing is lost, but Terraform no longer manages them. */
function forgotten(change: ResourceChange): string[] {
  if (!change.actions.includes("forget") || replaces(change)) return [];
  const kind = irreplaceable(change);
  return kind === undefined
    ? []
    : [`leaves the state and stays in AWS: ${nameOf(change)}. Nothing is lost, but it costs money`];
}

function unknownValues(change: ResourceChange): string[] {
  if (!change.actions.includes("create")) return [];
  const keys = change.type.startsWith("aws_iam_") || change.type.endsWith("_policy") ? POLICY_KEYS : [];
  const unknown = [...keys, ...(change.type.includes("security_group") ? RANGE_KEYS : [])].filter(
    (key) => after(change, [key]).unknown,
  );
  return unknown.map((key) => `its ${key} is known only after the apply, so nothing compares it`);
}

/** Reports added groups, because RBAC inside the cluster decides their permissions. */
function kubernetesGroups(change: ResourceChange, { changes }: Plan): string[] {
  if (change.type !== "aws_eks_access_entry" || removes(change)) return [];
  if (changes.some(({ actions, type }) => type === "aws_eks_cluster" && actions.join() === "create")) return [];
  const earlier = texts(field(change.before, "kubernetes_groups"));
  const added = texts(field(change.after, "kubernetes_groups")).filter((group) => !earlier.includes(group));
  if (added.length === 0) return [];
  return [`joins ${shortened(added.join(", "), 160)}: what this Kubernetes group may do is decided in the cluster`];
}

/** Fewer days of logs delete those that are older. */
function retention(change: ResourceChange): string[] {
  if (change.type !== "aws_cloudwatch_log_group" || !change.actions.includes("update")) return [];
  const [from, to] = [before(change, ["retention_in_days"]), after(change, ["retention_in_days"])].map(({ value }) => {
    const days = numberOf(value);
    return days === 0 ? Number.POSITIVE_INFINITY : days; // 0 keeps them permanently
  });
  if (from === undefined || to === undefined || to >= from) return [];
  return [
    `keeps its events for ${to} days in the place of ${Number.isFinite(from) ? from : "all"}: older ones are deleted`,
  ];
}
