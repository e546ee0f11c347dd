import { createColors } from "picocolors";
import wrapAnsi from "wrap-ansi";
import type { DescribedRule, GuardFinding, GuardReport } from "../../operations/guard/report";
import { table } from "../shared/table";
import type { Terminal } from "../shared/terminal";

interface TextOptions {
  readonly today: string;
  readonly terminal: Terminal;
  /** True if the plans were compared with a commit. */
  readonly isCompared: boolean;
}

/** Returns a report as text: one line for each finding, note and exception. */
export function guardText(report: GuardReport, { isCompared, terminal, today }: TextOptions): string {
  const { bold, dim } = createColors(terminal.colours);
  const sections = report.plans.map((plan) => {
    const of = (each: { readonly file: string }): boolean => each.file === plan.file;
    const where = [plan.cluster ?? "unknown cluster", plan.stack ?? "unknown stack"].join(" ");
    const tier = plan.tiers.length === 0 ? "unknown tier" : `tier ${plan.tiers.join(", ")}`;
    const head = `${where} (${tier}${plan.protected ? ", protected" : ""}): ${counted(plan.changes, "change")} in ${plan.file}`;
    return [
      bold(head),
      ...report.findings.filter(of).map((finding) => line(findingText(finding, terminal), terminal)),
      ...report.notes.filter(of).map(({ address, message }) => line(`note     ${address}: ${message}`, terminal)),
    ];
  });
  const exceptions = report.exceptions.map((each) => line(exceptionText(each), terminal));
  const stopped = report.findings.filter(({ exception }) => exception === null);
  const [example] = stopped.filter(({ cluster }) => cluster !== null);
  return [
    ...sections.map((lines) => lines.join("\n")),
    ...(exceptions.length === 0 ? [] : [[bold("Exceptions"), ...exceptions].join("\n")]),
    ...(example === undefined ? [] : [dim(exampleText(example, stopped.length, today))]),
    bold(summary(report, stopped.length, isCompared)),
  ].join("\n\n");
}

function findingText(
  { address, change, exception, loses, proceed, rule }: GuardFinding,
  { colours }: Terminal,
): string {
  const { bold, green, red } = createColors(colours);
  if (exception !== null) return `${green("excepted")} ${rule} ${address}: ${loses}. Exception ${exception}`;
  return `${red("stopped")}  ${bold(rule)} ${address}: ${loses}. ${proceed} [change ${change}]`;
}

function exceptionText(exception: GuardReport["exceptions"][number]): string {
  const { address, cluster, name, reason, rule, until, who } = exception;
  return `${name}: ${meaningOf(exception)}. ${rule} ${address} of ${cluster}, until ${until}, ${who}: ${reason}`;
}

function meaningOf({ change, file, lets, status }: GuardReport["exceptions"][number]): string {
  switch (status) {
    case "active":
      return `lets ${counted(lets, "finding")} pass. Remove ${file} after the apply`;
    case "other-change":
      return `is for another change. This one is ${change}`;
    case "unused":
      return `unused: these plans do not need it. Remove ${file} if it was applied`;
    case "not-judged":
      return "not judged: no plan of its cluster is here";
    case "expired":
      return `expired: lets nothing pass. Remove ${file}`;
    default:
      return status satisfies never;
  }
}

/** Days that an exception usually counts. */
const USUAL_DAYS = 14;

function exampleText({ address, change, cluster, rule }: GuardFinding, stopped: number, today: string): string {
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + USUAL_DAYS);
  return `To let ${stopped === 1 ? "it" : "the first of them"} pass once, commit a file exceptions/<name>.yaml in the directory of definitions:
  rule: ${rule}
  cluster: ${cluster}
  address: ${JSON.stringify(address)}
  change: ${JSON.stringify(change)}
  reason: why it may pass
  who: who answers for it
  until: ${day.toISOString().slice(0, 10)}`;
}

function summary({ findings, notes, plans }: GuardReport, stopped: number, isCompared: boolean): string {
  const parts = [
    stopped === 0 ? "nothing is stopped" : `${stopped} stopped`,
    ...(findings.length > stopped ? [`${findings.length - stopped} excepted`] : []),
    ...(notes.length > 0 ? [counted(notes.length, "note")] : []),
  ];
  const age = isCompared ? "" : "; the age of the plans is not checked (--commit)";
  return `${counted(plans.length, "plan")}: ${parts.join(", ")}${age}`;
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** Indents a line; on a terminal it is wrapped. */
function line(text: string, { width }: Terminal): string {
  return `  ${width === undefined ? text : wrapAnsi(text, width - 2, { trim: true }).replaceAll("\n", "\n    ")}`;
}

/** Returns the rules as a table. */
export function rulesText(rules: readonly DescribedRule[], terminal: Terminal): string {
  return table(
    ["rule", "stops"],
    rules.map(({ rule, stops }) => [rule, stops.replaceAll("`", "")]),
    terminal,
  );
}
