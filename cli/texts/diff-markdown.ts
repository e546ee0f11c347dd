import { visible } from "../../language/problem";
import type { AttributeChange, DiffReport, SecurityChange } from "../../operations/diff/report";
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

/** Comments on GitHub have at most 65,536 characters; some are left for what a workflow adds. */
export const MOST_CHARACTERS = 60_000;

/** Room for the sentences about what was cut. */
const ROOM = 500;

/** Characters for each part before the changes of resources, so that no part displaces those that follow. */
const ROOM_OF_PART = 12_000;

/** Details of one change of access, and characters of one detail. */
const MOST_DETAILS = 20;
const LONGEST_DETAIL = 300;

/**
 * Returns a comparison as Markdown of at most 60,000 characters. What does not fit is cut from the end of each part, and of the whole,
 * where the least important changes are. Every value is code, so that none is read as Markdown or HTML.
 */
export function diffMarkdown(report: DiffReport): string {
  const counts = summaryText(report);
  const [first = "", ...items] = [
    `### Fleet diff\n\n${code(headline(report))}${counts === "" ? "" : `\n\n**${counts}**`}\n`,
    ...within(report.errors.map(note)),
    ...within([...baseNotes(report), ...refusedNotes(report)].map(note)),
    ...within(
      report.clusters.flatMap((each) => {
        const text = wholeClusterText(each);
        return text === undefined ? [] : `- ${code(each.name)}: ${code(text)}\n`;
      }),
    ),
    ...(report.security.length === 0 ? [] : ["\n#### Access\n\n", ...within(report.security.map(access))]),
    ...sections(report).flatMap(sectionItems),
  ];
  let text = first;
  for (const [index, item] of items.entries()) {
    if (text.length + item.length > MOST_CHARACTERS - ROOM) {
      const left = items.slice(index).filter((each) => each.startsWith("- ")).length;
      return `${text}\n**${left} more changes are left out, because a comment has a limit. Run \`fleet diff\` to see them.**\n`;
    }
    text += item;
  }
  return text;
}

/** Returns the items of a part that fit into its room, and how many do not. */
function within(items: readonly string[]): readonly string[] {
  let length = 0;
  const end = items.findIndex((item) => {
    length += item.length;
    return length > ROOM_OF_PART;
  });
  return end === -1 ? items : [...items.slice(0, end), `- and ${items.length - end} more\n`];
}

function note(text: string): string {
  return `- ${code(text)}\n`;
}

function access({ address, clusters, details, effect, stack }: SecurityChange): string {
  const head = `- **${effect}** ${code(`${stack} ${address}`)} in ${code(clustersText(clusters))}\n`;
  const shown = details
    .slice(0, MOST_DETAILS)
    .map((detail) => (detail.length > LONGEST_DETAIL ? `${detail.slice(0, LONGEST_DETAIL)}…` : detail));
  const more = details.length - shown.length;
  return head + lines(more === 0 ? shown : [...shown, `${more} more`]);
}

function sectionItems({ changes, clusters, outputs, providers }: Section): string[] {
  return [
    `\n#### ${code(clustersText(clusters))}\n\n`,
    ...changes.map((change) => {
      const { address, from, prevented, reasons, stack } = change;
      const notes = [
        ...(from === undefined ? [] : [`moved from ${from}`]),
        ...(prevented ? ["Terraform refuses this because of prevent_destroy"] : []),
        ...reasons,
      ];
      return `- **${actionText(change)}** ${code(`${stack} ${address}`)}\n${lines(notes)}${attributes(change)}`;
    }),
    ...outputs.map((each) => `- **output** ${code(`${each.stack} ${each.name}`)}\n${attributes(each)}`),
    ...providers.map((each) => {
      const tags = each.retags === 0 ? [] : [`likely changes the tags of ${each.retags} resources`];
      return `- **settings** ${code(`${each.stack} ${each.name}`)}\n${lines(tags)}${attributes(each)}`;
    }),
  ];
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `  - ${code(text)}\n`).join("");
}

function attributes(change: { readonly attributes: readonly AttributeChange[]; readonly hidden: number }): string {
  const texts = change.attributes.map((each) =>
    attributeTexts(each)
      .filter((part) => part !== "")
      .join(": "),
  );
  return lines([...texts, ...(change.hidden === 0 ? [] : [`${change.hidden} more differences`])]);
}

/** Returns a text as inline code: nothing in it has a meaning, whatever characters it contains. */
function code(text: string): string {
  const shown = visible(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  const pad = shown === "" || /^`|`$|^ .* $/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}
