import { listed } from "../../language/suggest";
import type {
  AttributeChange,
  ClusterDiff,
  DiffReport,
  NamedChange,
  ProviderChange,
  ResourceChange,
} from "../../operations/diff/report";
import { ACTIONS, type Action } from "../../operations/diff/stack-diff";

/** Everything that changes in the same clusters. */
export interface Section {
  readonly clusters: readonly string[];
  readonly changes: readonly ResourceChange[];
  readonly outputs: readonly NamedChange[];
  readonly providers: readonly ProviderChange[];
}

/** Names of clusters that are shown; the others are counted. */
const MOST_NAMES = 5;

/** Longest value that is shown. */
const LONGEST_VALUE = 160;

/** Groups changes by the clusters that have them, those with the worst change first. */
export function sections({
  changes,
  outputs,
  providers,
}: Pick<DiffReport, "changes" | "outputs" | "providers">): Section[] {
  const groups = new Map<string, { -readonly [Key in keyof Section]: Section[Key][number][] }>();
  const groupOf = (clusters: readonly string[]) => {
    const key = clusters.join(" ");
    const group = groups.get(key) ?? { clusters: [...clusters], changes: [], outputs: [], providers: [] };
    groups.set(key, group);
    return group;
  };
  for (const change of changes) groupOf(change.clusters).changes.push(change);
  for (const change of outputs) groupOf(change.clusters).outputs.push(change);
  for (const change of providers) groupOf(change.clusters).providers.push(change);
  return [...groups.values()];
}

/** `a, b and 3 more (5 clusters)`. */
export function clustersText(clusters: readonly string[]): string {
  return clusters.length === 1 ? listed(clusters) : `${listed(clusters, MOST_NAMES)} (${clusters.length} clusters)`;
}

const WORDS: Readonly<Record<Action, string>> = {
  destroy: "destroy",
  replace: "replace",
  roll: "roll nodes",
  forget: "forget, and leave in AWS",
  update: "update",
  create: "create",
  meta: "treat otherwise",
  move: "move in the state",
};

/** `likely replace`. */
export function actionText({ action, likely }: Pick<ResourceChange, "action" | "likely">): string {
  return `${likely ? "likely " : ""}${WORDS[action]}`;
}

/** `1 destroy, 2 likely replace`, the worst first; empty if no resource changes. */
export function countsText(counts: Readonly<Record<string, number>>): string {
  return ACTIONS.filter((action) => counts[action] !== undefined)
    .map((action) => `${counts[action]} ${actionText({ action, likely: ["replace", "roll"].includes(action) })}`)
    .join(", ");
}

/** `30 resources (12 aws_subnet, ...)`, the most frequent type first. */
export function typesText(types: ClusterDiff["types"]): string {
  const entries = Object.entries(types).sort(([, a], [, b]) => b - a);
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  const shown = entries.slice(0, MOST_NAMES).map(([type, count]) => `${count} ${type}`);
  const more = entries.length > MOST_NAMES ? ", ..." : "";
  return `${total} resources (${shown.join(", ")}${more})`;
}

/** Returns the text about a cluster that cannot be compared resource by resource; undefined for one that can. */
export function wholeClusterText({ status, types }: ClusterDiff): string | undefined {
  switch (status) {
    case "added":
      return `new, with ${typesText(types)}`;
    case "removed":
      return `removed, with ${typesText(types)}`;
    case "unknown":
      return "cannot be compared, because its definition at the base is refused";
    case "changed":
      return undefined;
    default:
      return status satisfies never;
  }
}

/** Returns one sentence that describes the comparison. */
export function headline({ base, clusters, compared, refused, summary }: DiffReport): string {
  const differ = clusters.length === 1 ? "1 cluster differs" : `${clusters.length || "no"} clusters differ`;
  const { added, changed, removed, unknown } = summary.clusters;
  const kinds = partsText({ removed, "not comparable": unknown, changed, new: added });
  const failed = refused === null || refused.clusters.length === 0 ? "" : `, ${refused.clusters.length} refused`;
  return `${differ} of ${compared}${kinds}${failed}, compared with ${base.ref} (${base.commit.slice(0, 8)})`;
}

/** `3 destroy, 1 update in 5 stacks (4 removed, 1 changed)`; empty if no stack differs. */
export function summaryText({ summary: { actions, stacks } }: Pick<DiffReport, "summary">): string {
  const { added, changed, removed } = stacks;
  const all = added + changed + removed;
  if (all === 0) return "";
  const kinds = partsText({ removed, changed, new: added });
  return `${countsText(actions) || "no resource"} in ${all === 1 ? "1 stack" : `${all} stacks`}${kinds}`;
}

/** ` (1 removed, 2 new)`; empty if everything is changed only. */
function partsText(counts: Readonly<Record<string, number>>): string {
  const found = Object.entries(counts).filter(([, count]) => count > 0);
  if (found.every(([name]) => name === "changed")) return "";
  return ` (${found.map(([name, count]) => `${count} ${name}`).join(", ")})`;
}

/** Returns notes about the base version. */
export function baseNotes({ base: { has_definitions, program, refused, ref } }: Pick<DiffReport, "base">): string[] {
  return [
    ...(has_definitions ? [] : [`${ref} has no definitions in this folder, so every cluster is new.`]),
    ...(program === "same"
      ? []
      : [`The program differs too: the stacks of ${ref} come from its own program, so their defaults may differ too.`]),
    ...(refused === null
      ? []
      : [
          `Definitions of ${ref} are refused, so ${clustersText(refused.clusters)} cannot be compared:`,
          ...refused.messages,
        ]),
  ];
}

/** Sentences about clusters of the working tree that are left out. */
export function refusedNotes({ refused }: Pick<DiffReport, "refused">): string[] {
  if (refused === null || refused.clusters.length === 0) return [];
  return [`${clustersText(refused.clusters)} cannot be compared, because of errors in the definitions.`];
}

/** The parts of a difference: `path`, then what happens to it. */
export function attributeTexts({ after, because, before, path }: AttributeChange): readonly [string, string] {
  if (because !== undefined) return [path, `known after apply: ${because}`];
  if (before === undefined) return [path, `added ${valueText(after)}`];
  if (after === undefined) return [path, `removed ${valueText(before)}`];
  return [path, `${valueText(before)} -> ${valueText(after)}`];
}

function valueText(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
