import { parse } from "yaml";
import { isMap } from "../../language/plain-map";
import { type ListedVersion, RegistryError } from "./chart-registry";

/**
 * Returns the versions of a chart in a repository's index.yaml. An index of many megabytes is usual, and only a few of its lines
 * matter: those of the chart that Helm's own layout has, or else all of it is parsed.
 */
export function versionsInIndex(text: string, chart: string, url: string): readonly ListedVersion[] {
  const entries = parsed(linesOf(text, chart) ?? text, url);
  const charts = isMap(entries) ? entries["entries"] : undefined;
  if (!isMap(charts)) throw new RegistryError("unreadable", `${url} is not an index of charts`);
  const found = Object.hasOwn(charts, chart) ? charts[chart] : undefined;
  if (!Array.isArray(found)) throw new RegistryError("refused", `${url} has no chart ${chart}`);
  return found.filter(isMap).flatMap(({ deprecated, kubeVersion, version }): ListedVersion[] => {
    if (typeof version !== "string" || deprecated === true) return [];
    return [{ version, kubeVersion: typeof kubeVersion === "string" ? kubeVersion : null }];
  });
}

function parsed(text: string, url: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0, logLevel: "error" });
  } catch (error) {
    throw new RegistryError("unreadable", `${url} is not an index of charts`, { cause: error });
  }
}

/** An item of a chart's list, and the keys of it that matter, in the layout that Helm writes. */
const ITEM = /^ {2}- /;
const WANTED = /^(?:version|kubeVersion|deprecated): /;

/** Returns an index that has only the wanted keys of one chart; undefined if the text has another layout. */
function linesOf(text: string, chart: string): string | undefined {
  const head = `\n  ${chart}:\n`;
  const start = text.indexOf(head, text.indexOf("entries:\n"));
  if (start < 0) return undefined;
  const kept: string[] = [];
  for (const line of text.slice(start + head.length).split("\n")) {
    if (/^ {0,2}[^\s-]/.test(line)) break; // the next chart, or the end of all charts
    const item = ITEM.test(line);
    if (item) kept.push("  - _: 0");
    const key = item ? line.replace(ITEM, "") : line.replace(/^ {4}/, "");
    const indent = line.length - key.length;
    if (indent === 4 && WANTED.test(key)) kept.push(`    ${key}`);
  }
  return kept.length === 0 ? undefined : `entries:\n  ${chart}:\n${kept.join("\n")}\n`;
}
