import { isMap, isScalar, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import type { KubernetesSupport, SeenVersions } from "../../fleet/model/cluster";
import { ExpectedError } from "../../language/expected-error";
import { valueAt } from "../../language/plain-map";
import type { ReleaseVersions } from "./report";

/** A change of a text: the characters from `start` to `end` become others. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface NextRelease {
  readonly name: string;
  /** Text of the newest release. */
  readonly text: string;
  /** The newest release, with what is newer. */
  readonly release: ReleaseVersions;
  readonly seen: SeenVersions;
  readonly support: KubernetesSupport;
  readonly today: string;
}

/** Returns the name of the next release: the month of a day, or the month after the newest release if that is not later. */
export function nextName(today: string, newest: string): string {
  const month = today.slice(0, 7).replace("-", ".");
  const [year = 0, last = 0] = newest.split(".").map(Number);
  if (!/^\d{4}\.\d{2}$/.test(newest) || month > newest) return month;
  return last >= 12 ? `${year + 1}.01` : `${year}.${String(last + 1).padStart(2, "0")}`;
}

/**
 * Returns the text of a release with the newest versions that were seen; undefined if nothing changes. Everything else is the text
 * of the newest release, with its comments.
 */
export function nextReleaseText(next: NextRelease): string | undefined {
  const { name, release, support, text, today } = next;
  const document = parseDocument(text);
  const month = name.replace(".", "-");
  const ended = release.kubernetes
    .map(({ version }) => version)
    .filter((minor) => (support[minor]?.standard_until ?? "9999") < `${month}-32`);
  const standard = document.getIn(["tfvars", "cluster", "kubernetes_version"]);
  if (typeof standard === "string" && ended.includes(standard))
    throw new ExpectedError(
      `release ${release.name} has the default Kubernetes version ${standard}, whose standard support ends in ${month} or before. Write the release by hand, with a later default (docs/releases.md)`,
    );
  const changes = [
    ...release.kubernetes.flatMap(({ pins, version: minor }) =>
      ended.includes(minor)
        ? [withoutPair(document.get("kubernetes"), minor, text)]
        : pins.flatMap(({ newer, path }) => (newer === null ? [] : pinSplice(next, document, minor, path, newer))),
    ),
    ...release.charts.flatMap((chart) => (chart.newer === null ? [] : chartSplice(document, chart))),
  ];
  if (changes.length === 0) return undefined;
  return spliced(text, [...changes, headSplice(text, release.name, today)]);
}

/** The version and the comment behind it, which shows where the version was seen. */
function pinSplice(
  { seen, text }: NextRelease,
  document: ReturnType<typeof parseDocument>,
  minor: string,
  path: string,
  version: string,
): Splice[] {
  const keys = path.split(".");
  const node = document.getIn(["kubernetes", minor, ...keys], true);
  const sighting = valueAt(seen, ...keys, version, minor);
  if (!isScalar(node) || !node.range || typeof sighting !== "string") return [];
  const rest = /^[^\n]*/.exec(text.slice(node.range[1]))?.[0] ?? "";
  const hasOnlyComment = /^\s*(?:#.*)?$/.test(rest);
  return [
    {
      start: node.range[0],
      end: node.range[1] + (hasOnlyComment ? rest.length : 0),
      text: hasOnlyComment ? `${version} # ${sighting}` : version,
    },
  ];
}

function chartSplice(
  document: ReturnType<typeof parseDocument>,
  { addon, chart, newer, repository }: ReleaseVersions["charts"][number],
): Splice[] {
  const node = document.getIn(["charts", addon], true);
  if (newer === null || !isMap(node) || !node.range) return [];
  if (node.flow !== true)
    throw new ExpectedError(`chart ${addon} is not written on one line, as { repository: …, version: … }. Write it so`);
  const kube = newer.kube_version === null ? "" : `, kube_version: ${JSON.stringify(newer.kube_version)}`;
  const text = `{ repository: ${repository}, chart: ${chart}, version: ${newer.version}${kube} }`;
  return [{ start: node.range[0], end: node.range[1], text }];
}

/** Removes an entry of a map with its lines. */
function withoutPair(map: unknown, key: string, text: string): Splice {
  const pairs: readonly Pair[] = isMap(map) ? (map as YAMLMap).items : [];
  const index = pairs.findIndex((pair) => isScalar(pair.key) && String(pair.key.value) === key);
  const startOf = (pair: Pair | undefined): number | undefined => {
    const [offset] = (pair?.key as Node | undefined)?.range ?? [];
    return offset === undefined ? undefined : text.lastIndexOf("\n", offset) + 1;
  };
  const start = startOf(pairs[index]) ?? 0;
  const last = (pairs[index]?.value as Node | undefined)?.range?.[1] ?? start;
  return { start, end: startOf(pairs[index + 1]) ?? last, text: "" };
}

/** The comment at the beginning is about the newest release; the line for editors stays. */
function headSplice(text: string, name: string, today: string): Splice {
  const [first = ""] = /^# yaml-language-server:[^\n]*\n/.exec(text) ?? [];
  const rest = /^(?:#[^\n]*\n)*/.exec(text.slice(first.length))?.[0] ?? "";
  return {
    start: first.length,
    end: first.length + rest.length,
    text: `# Release ${name} with the newest versions that were seen on ${today}. Written by \`fleet versions --write\`.\n`,
  };
}

function spliced(text: string, changes: readonly Splice[]): string {
  return [...changes]
    .sort((a, b) => b.start - a.start)
    .reduce((before, { end, start, text: to }) => before.slice(0, start) + to + before.slice(end), text);
}
