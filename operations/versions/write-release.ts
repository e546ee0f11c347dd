import { pinsOf } from "../../fleet/checks/fleet/seen-versions";
import type { SeenVersions } from "../../fleet/model/cluster";
import { parseWithPlaces } from "../../fleet/parse/parse-with-places";
import { layMapOver } from "../../fleet/read/layer-parts";
import { releaseFile } from "../../fleet/schema/layer-files";
import { seenVersions } from "../../fleet/schema/releases/seen-versions";
import { ExpectedError } from "../../language/expected-error";
import { formatProblem, type Problem } from "../../language/problem";
import { parseYaml } from "../../language/yaml/parse";
import { treeOf } from "../../language/yaml/plain-tree";
import type { MapTree } from "../../language/yaml/tree";
import { type NextRelease, nextReleaseText } from "./next-release";
import { withSeenCharts } from "./seen-text";

export interface WriteInput extends Omit<NextRelease, "seen"> {
  /** Text of the directory's own list of seen versions; empty if it has none. */
  readonly seenText: string;
  /** The list under it that comes with the program, if it is another file. */
  readonly seenUnder: MapTree | undefined;
  readonly seen: SeenVersions;
}

/** Texts of the files of a new release. */
export interface WrittenRelease {
  readonly releaseText: string;
  readonly seenText: string;
}

/**
 * Returns the files of the next release; undefined if nothing is newer. They are checked as definitions are, and every pin for a
 * Kubernetes version is in the list of seen versions.
 */
export function writtenRelease(input: WriteInput): WrittenRelease | undefined {
  const releaseText = nextReleaseText(input);
  if (releaseText === undefined) return undefined;
  const seenText = withSeenCharts(input.seenText, input.release, input.today);
  const [release, own] = [read("the new release", releaseText), read("seen-versions.yaml", seenText)];
  const seen = layMapOver(input.seenUnder ?? treeOf({}), own);
  const parsed = parseWithPlaces(release, releaseFile);
  const list = parseWithPlaces(seen, seenVersions);
  refuse([...parsed.problems, ...list.problems]);
  if (parsed.value === undefined || list.value === undefined) throw new ExpectedError("the new release has no content");
  const unseen = pinsOf(parsed.value, list.value).filter((pin) => pin.seen === undefined);
  const inherited = new Set(pinsKeys(input));
  const added = unseen.filter(({ minor, path, version }) => !inherited.has(keyOf(minor, path.join("."), version)));
  if (added.length > 0) throw new TypeError(`unseen: ${added.map(({ version }) => version).join(", ")}`);
  return { releaseText, seenText };
}

function pinsKeys({ release }: WriteInput): string[] {
  return release.kubernetes.flatMap(({ pins, version: minor }) =>
    pins.map(({ path, version }) => keyOf(minor, path, version)),
  );
}

function keyOf(minor: string, path: string, version: string): string {
  return [minor, path, version].join(" ");
}

function read(file: string, text: string): MapTree {
  if (text === "") return treeOf({});
  const { problems, root } = parseYaml(file, new TextEncoder().encode(text));
  refuse(problems);
  if (root === undefined) throw new ExpectedError(`${file} is empty`);
  return root;
}

function refuse(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first !== undefined)
    throw new ExpectedError(`no release is written, because it would have an error: ${formatProblem(first)}`);
}
