import { isMap, isScalar, type Pair, parseDocument } from "yaml";
import { compareBlocks } from "../../language/words/cidr";

/** A range, and the cluster that it is reserved for. */
export interface Reservation {
  readonly account: string;
  readonly range: string;
  readonly cluster: string;
}

const HEAD = `# Ranges of VPCs by account: one line each, in the order of their addresses. \`fleet new\` adds the line of a new cluster.
# Two branches that take the same range write the same line, so git reports a conflict. Resolve it with another range.
`;

/**
 * Returns the text of ranges.yaml with further lines, in the order of the addresses; everything that is there stays as it is.
 * Undefined text means a missing file.
 */
export function reserveRanges(text: string | undefined, reservations: readonly Reservation[]): string {
  return [...reservations]
    .sort((a, b) => compareBlocks(a.range, b.range))
    .reduce((before, reservation) => reserveRange(before, reservation), text ?? HEAD);
}

function reserveRange(text: string, { account, range, cluster }: Reservation): string {
  const line = `${range}: ${cluster}`;
  const { contents } = parseDocument(text);
  const found = isMap(contents) ? contents.get(account, true) : undefined;
  if (found === undefined) return `${endedLine(text)}${account}:\n  ${line}\n`;
  if (!isMap(found) || found.flow || found.items.length === 0) return withMap(text, account, { [range]: cluster });
  const items = found.items as Pair[];
  const next = items.find((item) => compareBlocks(String(keyOf(item).value), range) > 0);
  if (next !== undefined) {
    const start = lineStart(text, keyOf(next).start);
    return `${text.slice(0, start)}${indentOf(text, items)}${line}\n${text.slice(start)}`;
  }
  const last = items.at(-1);
  const end = last === undefined ? text.length : lineEnd(text, valueEnd(last));
  return `${endedLine(text.slice(0, end))}${indentOf(text, items)}${line}\n${text.slice(end)}`;
}

/** Writes an account that is empty, or on one line, with a line for each range. */
function withMap(text: string, account: string, added: Readonly<Record<string, string>>): string {
  const document = parseDocument(text);
  const before = (document.toJS() as Readonly<Record<string, Readonly<Record<string, string>> | null>>)[account] ?? {};
  const entries = Object.entries({ ...before, ...added }).sort(([a], [b]) => compareBlocks(a, b));
  document.set(account, document.createNode(Object.fromEntries(entries)));
  return document.toString({ lineWidth: 0 });
}

const endedLine = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`);

function keyOf({ key }: Pair): { readonly value: unknown; readonly start: number } {
  return isScalar(key) ? { value: key.value, start: key.range?.[0] ?? 0 } : { value: key, start: 0 };
}

function valueEnd({ value }: Pair): number {
  return isScalar(value) ? (value.range?.[1] ?? 0) : 0;
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
}

function indentOf(text: string, [first]: readonly Pair[]): string {
  if (first === undefined) return "  ";
  const { start } = keyOf(first);
  return text.slice(lineStart(text, start), start);
}
