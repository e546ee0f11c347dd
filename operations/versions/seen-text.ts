import { isMap, isScalar, parseDocument } from "yaml";
import type { ReleaseVersions } from "./report";

/**
 * Returns the text of a list of seen versions with the charts of a release that are newer, each with its registry and the day. The
 * rest of the text stays.
 */
export function withSeenCharts(text: string, { charts }: Pick<ReleaseVersions, "charts">, today: string): string {
  return charts.reduce(
    (before, { addon, newer }) =>
      newer === null ? before : withSighting(before, addon, newer.version, `${newer.url}, ${today}`),
    text === "" || text.endsWith("\n") ? text : `${text}\n`,
  );
}

function withSighting(text: string, addon: string, version: string, sighting: string): string {
  const line = `    ${version}: ${JSON.stringify(sighting)}\n`;
  const document = parseDocument(text);
  const charts = document.get("charts", true);
  if (!isMap(charts))
    return `${text}${text === "" ? "" : "\n"}charts: # addon -> version -> registry that has it, and when\n  ${addon}:\n${line}`;
  const pair = charts.items.find(({ key }) => isScalar(key) && key.value === addon);
  if (isMap(pair?.value) && pair.value.has(version)) return text;
  const last = isMap(pair?.value) ? pair.value.items.at(-1)?.value : charts.items.at(-1)?.value;
  const end = lineEnd(text, (last as { readonly range?: readonly number[] } | undefined)?.range?.[1] ?? text.length);
  const added = pair === undefined ? `  ${addon}:\n${line}` : line;
  return text.slice(0, end) + added + text.slice(end);
}

/** Returns the beginning of the line after an offset; behind the end of a line, of the same. */
function lineEnd(text: string, offset: number): number {
  if (text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}
