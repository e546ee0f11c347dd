import { isMap, isScalar, type Node, type Pair, parse, parseDocument, type YAMLMap } from "yaml";
import { ExpectedError } from "../../language/expected-error";
import { isMap as isPlainMap } from "../../language/plain-map";

/** Returns the text of channels.yaml with another release of a channel. Every other character stays. */
export function withChannelRelease(text: string, channel: string, release: string): string {
  const document = parseDocument(text);
  const value = document.getIn([channel], true);
  const path = isMap(value) ? [channel, "release"] : [channel];
  return replaced(text, document.getIn(path, true), release, path);
}

/** Returns the text of a cluster's file with another RELEASE_MODEL, which is added if the file has none. */
export function withReleaseModel(text: string, release: string): string {
  const path = ["meta", "RELEASE_MODEL"];
  const document = parseDocument(text);
  const value = document.getIn(path, true);
  return value === undefined
    ? added(text, document.get("meta", true), release, path)
    : replaced(text, value, release, path);
}

function replaced(text: string, node: unknown, release: string, path: readonly string[]): string {
  if (!isScalar(node) || !node.range || node.anchor !== undefined)
    throw new ExpectedError(
      `${path.join(".")} is not plain text in its place, so nothing was edited. Set it to "${release}" by hand`,
    );
  const [start, end] = node.range;
  return checked(text, `${text.slice(0, start)}"${release}"${text.slice(end)}`, release, path);
}

/** Adds a key after the first one of a map, in the map's own style. */
function added(text: string, map: unknown, release: string, path: readonly string[]): string {
  const [first] = isMap(map) ? ((map as YAMLMap).items as Pair[]) : [];
  const key = first?.key as Node | undefined;
  const value = first?.value as Node | undefined;
  if (!isMap(map) || !key?.range || !value?.range || !isScalar(value))
    throw new ExpectedError(
      `meta has no key after which ${path.at(-1)} could be written. Set it to "${release}" by hand`,
    );
  if (map.flow === true)
    return checked(
      text,
      `${text.slice(0, value.range[1])}, ${path.at(-1)}: "${release}"${text.slice(value.range[1])}`,
      release,
      path,
    );
  const start = text.lastIndexOf("\n", key.range[0]) + 1;
  const next = text.indexOf("\n", value.range[1]);
  const end = next < 0 ? text.length : next + 1;
  const line = `${text.slice(start, key.range[0]).replace(/\S/g, " ")}${path.at(-1)}: "${release}"\n`;
  return checked(text, `${text.slice(0, end)}${next < 0 ? "\n" : ""}${line}${text.slice(end)}`, release, path);
}

/** Throws if an edit changes anything else, such as a key that uses the same text by an alias. */
function checked(before: string, after: string, release: string, path: readonly string[]): string {
  const [then, now] = [leaves(parse(before)), leaves(parse(after))];
  const changed = [...now].filter(([key, value]) => then.get(key) !== value);
  const key = `/${path.join("/")}`;
  if (changed.length > 1 || now.get(key) !== release || [...then.keys()].some((each) => !now.has(each)))
    throw new ExpectedError(
      `${path.join(".")} cannot be edited without changing other keys. Set it to "${release}" by hand`,
    );
  return after;
}

function leaves(value: unknown, path = "", found = new Map<string, unknown>()): Map<string, unknown> {
  if (Array.isArray(value)) value.forEach((item, index) => void leaves(item, `${path}/${index}`, found));
  else if (isPlainMap(value)) for (const [key, each] of Object.entries(value)) leaves(each, `${path}/${key}`, found);
  else found.set(path, value);
  return found;
}
