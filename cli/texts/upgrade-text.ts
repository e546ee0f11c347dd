import { listed } from "../../language/suggest";
import type { AppliedRule, FoundApi, Round, Step, Support, UpgradeReport } from "../../operations/upgrade/report";

/** Values of a resource that are shown; --json has all. */
const MOST_VALUES = 3;
const LONGEST_VALUE = 64;

/** Returns the plan of an upgrade as text. */
export function upgradeText(report: UpgradeReport): string {
  const { advice, cluster, edit, from, release, rounds, to } = report;
  if (rounds.length === 0) return `${cluster} has Kubernetes ${from}: nothing to do`;
  return [
    `${cluster}: Kubernetes ${from} -> ${to}, release ${release}`,
    ...rounds.flatMap((round, index) => ["", ...roundLines(round, rounds.length > 1 ? `Round ${index + 1}: ` : "")]),
    "",
    ...(advice === null ? [] : [advice]),
    ...(edit === null ? [] : [editLine(report, edit)]),
    ...(rounds.length > 1 ? [`Deploy ${rounds[0]?.to} whole before the next round.`] : []),
  ].join("\n");
}

function editLine(
  { cluster }: UpgradeReport,
  { from, place, to, written }: NonNullable<UpgradeReport["edit"]>,
): string {
  const where = `${place.file}:${place.line}:${place.column}`;
  return written
    ? `Written: ${where} has "${to}" instead of "${from}".`
    : `To begin, set "${to}" in ${where}: fleet upgrade ${cluster} --to ${to} --write`;
}

function roundLines(round: Round, title: string): string[] {
  const { apis, from, kubelets, rollback, rules, steps, support, to, warnings } = round;
  const back = rollback.possible
    ? [
        `Rollback: until ${rollback.last_day}, if the upgrade of the control plane ends today. Before it must go back:`,
        ...rollback.first.map((each) => `  - ${each}`),
      ]
    : [`Rollback: not possible, because ${rollback.reason}`];
  return [
    `${title}${from} -> ${to}`,
    ...indented(support.map(supportLine)),
    ...steps.flatMap((step, index) => ["", ...indented(stepLines(step, index + 1))]),
    "",
    ...indented(apiLines(apis, to)),
    ...indented(ruleLines(rules)),
    ...indented(kubeletLines(kubelets)),
    ...indented(warnings.length > 0 ? [`Warnings with ${to}:`, ...warnings.map((each) => `  - ${each}`)] : []),
    ...indented(
      rollback.first.length === 0 && rollback.possible
        ? [back[0]?.replace(" Before it must go back:", "") ?? ""]
        : back,
    ),
  ];
}

function supportLine({ extended_days, extended_until, minor, standard_days, standard_until }: Support): string {
  return `${minor}: standard support ${left(standard_days, standard_until)}, extended ${left(extended_days, extended_until)}`;
}

function left(days: number, day: string): string {
  return days < 0 ? `ended on ${day}` : `until ${day} (${days} ${days === 1 ? "day" : "days"})`;
}

function stepLines({ changes, commands, notes, title }: Step, number: number): string[] {
  return [
    `${number}. ${title}`,
    ...commands.map((command) => `   $ ${command}`),
    ...changes.flatMap(({ action, address, values }) => [
      `   ${action === "update" ? address : `${action} ${address}`}`,
      ...values.slice(0, MOST_VALUES).map(({ from, key, to }) => `     ${key}: ${short(from)} -> ${short(to)}`),
      ...(values.length > MOST_VALUES ? [`     and ${values.length - MOST_VALUES} more (--json)`] : []),
    ]),
    ...notes.map((note) => `   - ${note}`),
  ];
}

/** Cuts the beginning of a long value, because the values differ at the end. */
function short(value: string | null): string {
  if (value === null) return "nothing";
  return value.length > LONGEST_VALUE ? `…${value.slice(1 - LONGEST_VALUE)}` : value;
}

function apiLines(apis: readonly FoundApi[], to: string): string[] {
  if (apis.length === 0) return [`APIs: the definition and its addons use none that ${to} removes or deprecates`];
  return ["APIs:", ...apis.map(apiLine)];
}

function apiLine({ api, kind, name, removed_in, replacement, since, status, where }: FoundApi): string {
  const at = typeof where === "string" ? where : `${where.file}:${where.line}:${where.column}`;
  const end = status === "removed" || removed_in === null ? "" : `, removed in ${removed_in}`;
  const instead = replacement === null ? "" : `. Use ${replacement}`;
  return `  - ${at} ${kind}${name === null ? "" : ` ${name}`}: ${api} is ${status} since ${since}${end}${instead}`;
}

function ruleLines(rules: readonly AppliedRule[]): string[] {
  const shown = rules.filter(({ status }) => status !== "not found");
  const clear = rules.filter(({ status }) => status === "not found").map(({ id }) => id);
  return [
    ...(shown.length > 0 ? ["Changes of Kubernetes:"] : []),
    ...shown.flatMap(({ change, check, id, sources, status, where }) => [
      `  - ${id} (${status}: ${listed(where, 5)}): ${change}`,
      `    ${status === "found" ? "Do" : "Check"}: ${check} Source: ${sources.join("; ")}`,
    ]),
    ...(clear.length > 0 ? [`Changes that the definition is not affected by: ${clear.join(", ")}`] : []),
  ];
}

function kubeletLines(kubelets: Round["kubelets"]): string[] {
  const old = kubelets.filter(({ allowed }) => allowed === false);
  const unknown = kubelets.filter(({ allowed }) => allowed === null).map(({ group }) => group);
  const known = kubelets.filter(({ allowed }) => allowed !== null);
  const of = ({ behind, group, kubelet }: Round["kubelets"][number]): string =>
    `${group} ${kubelet} (${behind} behind)`;
  return [
    ...(known.length > 0
      ? [`Kubelets, if no node is replaced before: ${known.map(of).join(", ")}; 3 are allowed`]
      : []),
    ...(old.length > 0 ? [`  - replace these nodes first: ${old.map(({ group }) => group).join(", ")}`] : []),
    ...(unknown.length > 0 ? [`Kubelets to check by hand: ${unknown.join(", ")}`] : []),
  ];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? "" : `  ${line}`));
}
