import { basename } from "node:path";
import { STACKS, type StackName } from "../../fleet/model/stacks";
import { isMap } from "../../language/plain-map";
import { slugOf } from "../../language/words/names";
import { field, items, textOf, valueAt } from "../plans/json";
import type { Plan } from "../plans/plan";

/** Cluster, stack and tier of a plan. */
export interface PlanIdentity {
  /** CLUSTER_NAME; null if nothing names it. */
  readonly cluster: string | null;
  readonly stack: StackName | null;
  /** Every tier that the plan names: before the change, and after it. */
  readonly tiers: readonly string[];
  /** Source of the cluster's name. */
  readonly source: "tags" | "option" | "file" | null;
}

interface Tags {
  readonly cluster: string | undefined;
  readonly stack: string | undefined;
  readonly tier: string | undefined;
}

/**
 * Finds the cluster, the stack and the tier of a plan. The program gives every AWS resource the tags `Cluster`, `Stack` and `Tier`, by the
 * provider's `default_tags`, which are in the plan. Otherwise the option names the cluster, and last the file: `<slug>-<stack>.json`
 * or `<stack>.json`.
 *
 * @param named the cluster of `--cluster`
 * @param known names of clusters
 */
export function identify(
  file: string,
  plan: Plan,
  { named, known }: { readonly named: string | undefined; readonly known: readonly string[] },
): PlanIdentity {
  const own = providerTags(plan);
  const found = own.find(({ cluster }) => cluster !== undefined) ?? mostOf(plan);
  const tiers = [...own, ...resourceTags(plan)]
    .filter(({ cluster }) => cluster === undefined || cluster === found?.cluster)
    .flatMap(({ tier }) => tier ?? []);
  const byFile = fromName(file, known);
  const stack = stackNamed(found?.stack) ?? byFile.stack;
  const facts = { stack, tiers: [...new Set(tiers)] };
  if (found?.cluster !== undefined) return { ...facts, cluster: found.cluster, source: "tags" };
  if (named !== undefined) return { ...facts, cluster: named, source: "option" };
  return { ...facts, cluster: byFile.cluster, source: byFile.cluster === null ? null : "file" };
}

function providerTags({ providers }: Plan): Tags[] {
  return Object.values(providers)
    .filter((provider) => field(provider, "name") === "aws")
    .flatMap((provider) => items(valueAt(provider, ["expressions", "default_tags"])))
    .map((block) => tagsOf(valueAt(block, ["tags", "constant_value"])));
}

function resourceTags({ changes }: Plan): Tags[] {
  return changes
    .filter(({ managed }) => managed)
    .flatMap(({ before, after }) => [field(before, "tags_all"), field(after, "tags_all")])
    .filter(isMap)
    .map(tagsOf);
}

function tagsOf(tags: unknown): Tags {
  const of = (key: string) => textOf(field(tags, key)) || undefined;
  return { cluster: of("Cluster"), stack: of("Stack"), tier: of("Tier") };
}

/** Returns the tags that most resources have: a few may be older, or shared. */
function mostOf(plan: Plan): Tags | undefined {
  const counts = new Map<string, { count: number; readonly tags: Tags }>();
  for (const tags of resourceTags(plan)) {
    if (tags.cluster === undefined) continue;
    const key = JSON.stringify([tags.cluster, tags.stack]);
    const entry = counts.get(key) ?? { count: 0, tags };
    entry.count += 1;
    counts.set(key, entry);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.tags;
}

function stackNamed(name: string | undefined): StackName | null {
  return STACKS.find((stack) => stack === name) ?? null;
}

function fromName(file: string, known: readonly string[]): Pick<PlanIdentity, "cluster" | "stack"> {
  const name = basename(file)
    .replace(/\.json$/, "")
    .replace(/\.(?:tf)?plan$/, "");
  const stack = STACKS.find((each) => name === each || name.endsWith(`-${each}`)) ?? null;
  const slug = stack === null ? name : name.slice(0, -stack.length - 1);
  return { cluster: known.find((each) => each === slug || slugOf(each) === slug) ?? null, stack };
}
