import { createColors } from "picocolors";
import { visible } from "../../language/problem";
import type { AttributeChange, DiffReport, ResourceChange, SecurityChange } from "../../operations/diff/report";
import type { Action } from "../../operations/diff/stack-diff";
import type { Terminal } from "../shared/terminal";
import {
  actionText,
  attributeTexts,
  baseNotes,
  clustersText,
  headline,
  refusedNotes,
  type Section,
  sections,
  summaryText,
  wholeClusterText,
} from "./diff-sections";

type Differences = Omit<DiffReport, "base" | "errors" | "refused" | "version">;

const SIGNS: Readonly<Record<Action, string>> = {
  destroy: "-",
  replace: "-/+",
  roll: "~/+",
  forget: "x",
  update: "~",
  create: "+",
  meta: "=",
  move: ">",
};

/** Returns a comparison as text. */
export function diffText(report: DiffReport, terminal: Terminal): string {
  return differencesText(report, [headline(report), ...baseNotes(report), ...refusedNotes(report)], terminal);
}

/**
 * Returns differences between two versions.
 *
 * @param head a sentence about what was compared, and notes about it
 */
export function differencesText(
  report: Differences,
  [title = "", ...notes]: readonly string[],
  terminal: Terminal,
): string {
  const { bold } = createColors(terminal.colours);
  const counts = summaryText(report);
  const whole = report.clusters.flatMap((each) => {
    const text = wholeClusterText(each);
    return text === undefined ? [] : `${bold(each.name)}: ${text}`;
  });
  const blocks = [
    [bold(visible(title)), ...(counts === "" ? [] : [counts]), ...notes.map(visible)],
    whole,
    report.security.length === 0 ? [] : [bold("Access"), ...report.security.flatMap((each) => access(each, terminal))],
    ...sections(report).map((section) => sectionLines(section, terminal)),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function access({ address, clusters, details, effect, stack }: SecurityChange, { colours }: Terminal): string[] {
  const { red, green } = createColors(colours);
  const paint = effect === "narrowed" ? green : red;
  return [
    `  ${paint(effect)} ${stack} ${visible(address)}, ${clustersText(clusters)}`,
    ...details.map((detail) => `      ${visible(detail)}`),
  ];
}

function sectionLines({ changes, clusters, outputs, providers }: Section, terminal: Terminal): string[] {
  const { bold } = createColors(terminal.colours);
  return [
    bold(clustersText(clusters)),
    ...changes.flatMap((change) => resource(change, terminal)),
    ...outputs.flatMap((each) => [`  output ${each.stack} ${visible(each.name)}`, ...attributes(each)]),
    ...providers.flatMap((each) => [
      `  settings ${each.stack} ${visible(each.name)}`,
      ...(each.retags === 0 ? [] : [`      likely changes the tags of ${each.retags} resources`]),
      ...attributes(each),
    ]),
  ];
}

function resource(change: ResourceChange, { colours }: Terminal): string[] {
  const { green, red, yellow } = createColors(colours);
  const paint = ["destroy", "replace"].includes(change.action) ? red : change.action === "create" ? green : yellow;
  const { address, from, prevented, reasons, stack } = change;
  return [
    `  ${paint(`${SIGNS[change.action]} ${actionText(change)}`)} ${stack} ${visible(address)}`,
    ...(from === undefined ? [] : [`      moved from ${visible(from)}`]),
    ...(prevented ? ["      Terraform refuses this because of prevent_destroy"] : []),
    ...reasons.map((reason) => `      ${visible(reason)}`),
    ...attributes(change),
  ];
}

function attributes(change: { readonly attributes: readonly AttributeChange[]; readonly hidden: number }): string[] {
  const lines = change.attributes.map((each) => {
    const [path, text] = attributeTexts(each);
    return `      ${visible(path === "" ? text : `${path}: ${text}`)}`;
  });
  return change.hidden === 0 ? lines : [...lines, `      ${change.hidden} more differences`];
}
