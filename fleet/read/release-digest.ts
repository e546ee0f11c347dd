import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { isMap } from "../../language/plain-map";
import type { DefinitionFiles } from "./files";

/** Returns the text of a release's file; undefined if there is none. */
export function releaseText(files: DefinitionFiles, name: string): string | undefined {
  const file = files.layerFile("releases", name);
  try {
    return file === undefined ? undefined : readFileSync(file, "utf8");
  } catch {
    return undefined; // reported where layers are read
  }
}

/** Returns the content of a release as text: comments, layout and the order of keys do not count. */
export function contentOf(text: string): string {
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    return text;
  }
  return JSON.stringify(inOrder(value));
}

/** Returns the digest of a release, which a release that was cut contains as `digest`. */
export function digestOf(text: string): string {
  const content: unknown = JSON.parse(contentOf(text.replace(/^digest:.*$/m, "")));
  return `sha256:${createHash("sha256").update(JSON.stringify(content)).digest("hex")}`;
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isMap(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, inOrder(value[key])]));
}
