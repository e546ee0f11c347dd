import { readFileSync } from "node:fs";
import { type PlainMap, valueAt } from "../../language/plain-map";
import { defaultsOf } from "./chart-source";
import { firstColumn } from "./checkov";
import { compareWithDefault, hasEffect, type Leaf, leavesOf, withOtherLeaf, withoutLeaf } from "./dead-values";
import { render, type WithChart } from "./render";
import { inParallel } from "./tool";

/** The page whose tables explain values without an effect, as `chart: path`, and pods, as `chart: setting: name`. */
export const PAGE = "docs/verifying.md";

/** A value of a chart, with the releases that set it to something else than the chart does. */
interface Candidate {
  readonly chart: string;
  readonly path: Leaf["path"];
  readonly unknown: boolean;
  readonly releases: WithChart[];
}

/** Returns a finding for each value that changes the render of no release, and how many values were tried. */
export async function deadValues(
  releases: readonly WithChart[],
): Promise<{ readonly dead: readonly string[]; readonly tried: number }> {
  const explained = firstColumn(readFileSync(PAGE, "utf8"), /[\w-]+: [\w.-]+/g);
  const candidates = await candidatesOf(releases);
  const twice = WORDS.map(() => new Map<WithChart, Promise<readonly [string, string]>>());
  const before = (release: WithChart, pass: number): Promise<readonly [string, string]> => {
    const renders = twice[pass]?.get(release) ?? Promise.all([renderOf(release, pass), renderOf(release, pass)]);
    twice[pass]?.set(release, renders);
    return renders;
  };
  const hasEffectIn = async (release: WithChart, path: Leaf["path"], pass: number): Promise<boolean> => {
    const [first, again] = await before(release, pass);
    const without = withoutLeaf(release.values, path);
    const after = await renderOf(release, pass, without).catch(() => undefined); // required: it has an effect
    if (after === undefined || hasEffect(first, again, after)) return true;
    const other = withOtherLeaf(release.values, { path, value: valueAt(release.values, ...path) });
    const changed = other === undefined ? undefined : await renderOf(release, pass, other).catch(() => undefined);
    return changed !== undefined && hasEffect(first, again, changed);
  };
  const dead = await inParallel(candidates, async ({ chart, path, unknown, releases: setters }) => {
    for (const pass of WORDS.keys())
      for (const release of setters) if (await hasEffectIn(release, path, pass)) return [];
    const key = `${chart}: ${path.join(".")}`;
    const why = unknown ? "the chart does not have this value" : "the render is the same without it";
    return explained.has(key) ? [] : [`${key} has no effect in ${clustersOf(setters)}: ${why}`];
  });
  return { dead: dead.flat(), tried: candidates.length };
}

/** Arguments of each comparison. Files in crds/ are large, and a value can only switch all of a subchart's on or off: they come last. */
const WORDS = [[], ["--include-crds"]] as const;

const renderOf = (release: WithChart, pass: number, other: PlainMap = release.values): Promise<string> =>
  render(release, { minor: release.minors.at(-1) ?? "", other, words: WORDS[pass] ?? [] });

const clustersOf = (releases: readonly WithChart[]): string =>
  [...new Set(releases.map(({ cluster }) => cluster))].join(", ");

async function candidatesOf(releases: readonly WithChart[]): Promise<readonly Candidate[]> {
  const candidates = new Map<string, Candidate>();
  const defaults = new Map<string, PlainMap>();
  for (const release of releases) {
    const { chart, folder } = release;
    const own = defaults.get(folder) ?? (await defaultsOf(folder));
    defaults.set(folder, own);
    for (const leaf of leavesOf(release.values)) {
      const compared = compareWithDefault(leaf, own);
      if (compared === "equal") continue;
      const key = `${folder} ${leaf.path.join("\n")}`;
      const setters = candidates.get(key)?.releases ?? [];
      setters.push(release);
      candidates.set(key, { chart, path: leaf.path, unknown: compared === "unknown", releases: setters });
    }
  }
  return [...candidates.values()];
}
