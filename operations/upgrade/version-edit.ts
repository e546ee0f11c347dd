import { parse } from "yaml";
import { ExpectedError } from "../../language/expected-error";
import { isMap } from "../../language/plain-map";
import type { KubernetesMinor } from "../../language/words/kubernetes-minor";
import type { Tree } from "../../language/yaml/tree";

/**
 * Returns a file's text with another Kubernetes version in the place of one that was read from it. Every other character stays, so
 * that comments and the layout do.
 *
 * @param value where the version was read
 * @throws EditRefused if the text at the place is not a version, such as an alias
 */
export function withVersion(text: string, value: Tree, version: KubernetesMinor): string {
  const mark = text.startsWith("\uFEFF") ? 1 : 0; // the reader drops a byte-order mark
  const start = value.offset + mark;
  const [written = ""] = /^(["'])1\.\d{2}\1|^1\.\d{2}(?![\d.])/.exec(text.slice(start)) ?? [];
  if (written === "")
    throw new EditRefused("nothing was written, because the version is not plain text in its place. Change it by hand");
  const quote = /^["']/.exec(written)?.[0] ?? '"';
  const edited = `${text.slice(0, start)}${quote}${version}${quote}${text.slice(start + written.length)}`;
  const [before, after] = [leaves(parse(text)), leaves(parse(edited))];
  const changed = [...after].filter(([path, each]) => before.get(path) !== each);
  if (changed.length !== 1 || before.size !== after.size)
    throw new EditRefused(
      "nothing was written, because other keys of the file use the same text by an alias. Change it by hand",
    );
  return edited;
}

/** Thrown with the reason why a file is not edited. */
export class EditRefused extends ExpectedError {}

function leaves(value: unknown, path = "", found = new Map<string, unknown>()): Map<string, unknown> {
  if (Array.isArray(value)) value.forEach((item, index) => void leaves(item, `${path}/${index}`, found));
  else if (isMap(value)) for (const [key, each] of Object.entries(value)) leaves(each, `${path}/${key}`, found);
  else found.set(path, value);
  return found;
}
