import { isMap } from "../../language/plain-map";
import { slugOf } from "../../language/words/names";

/** A change with the clusters that have it. */
export type OfClusters<Change> = Change & { readonly clusters: readonly string[] };

/** Properties of changes with words of a closed list, which the name of a cluster may equal. */
const FIXED = new Set(["action", "effect", "stack", "type"]);

/** Collects changes, and keeps one for all clusters that have the same. */
export class Merged<Change extends object> {
  private readonly byText = new Map<string, { readonly clusters: string[]; readonly first: Change }>();

  add(cluster: string, change: Change): void {
    const text = JSON.stringify(generalized(change, cluster));
    const known = this.byText.get(text);
    if (known === undefined) this.byText.set(text, { clusters: [cluster], first: change });
    else known.clusters.push(cluster);
  }

  /** Returns the changes in the order in which they were found. */
  all(): OfClusters<Change>[] {
    return [...this.byText].map(([text, { clusters, first }]) => ({
      clusters: clusters.sort(),
      ...(clusters.length === 1 ? first : (JSON.parse(text) as Change)),
    }));
  }
}

/** Returns a value in which <cluster> and <slug> stand for the name of any cluster. */
function generalized(value: unknown, cluster: string): unknown {
  if (typeof value === "string") return general(value, cluster);
  if (Array.isArray(value)) return value.map((item) => generalized(item, cluster));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      general(key, cluster),
      FIXED.has(key) && typeof item === "string" ? item : generalized(item, cluster),
    ]),
  );
}

function general(text: string, cluster: string): string {
  return withoutWord(withoutWord(text, cluster, "<cluster>"), slugOf(cluster), "<slug>");
}

/** Replaces a word where no letter or digit is beside it. */
function withoutWord(text: string, word: string, replacement: string): string {
  if (!text.includes(word)) return text;
  return text
    .split(word)
    .reduce((before, after) =>
      /[A-Za-z0-9]$/.test(before) || /^[A-Za-z0-9]/.test(after) ? before + word + after : before + replacement + after,
    );
}
