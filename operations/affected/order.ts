import { compareText } from "../../language/problem";

/** A stack with the stacks that must run before it. */
export interface Node {
  readonly stack: string;
  readonly resources: number;
  readonly after: readonly string[];
}

/** Returns the wave of each stack: 0 if it waits for none, else one more than the last that it waits for. */
export function waves(nodes: readonly Node[]): ReadonlyMap<string, number> {
  const byName = new Map(nodes.map((node) => [node.stack, node]));
  const known = new Map<string, number>();
  const waveOf = (stack: string, path: ReadonlySet<string>): number => {
    const before = known.get(stack);
    if (before !== undefined) return before;
    const waited = (byName.get(stack)?.after ?? []).filter((each) => byName.has(each) && !path.has(each));
    const wave = Math.max(-1, ...waited.map((each) => waveOf(each, new Set([...path, stack])))) + 1;
    known.set(stack, wave);
    return wave;
  };
  for (const { stack } of nodes) waveOf(stack, new Set([stack]));
  return known;
}

/**
 * Shares stacks among at most `most` shards with about the same number of resources. Stacks that wait for each other are in one
 * shard, so that shards can run at once.
 *
 * @param nodes stacks in the order in which they must run
 */
export function shards(
  nodes: readonly Node[],
  most: number,
): { readonly resources: number; readonly stacks: readonly string[] }[] {
  const groups = connected(nodes)
    .map((stacks) => ({ stacks, resources: stacks.reduce((sum, { resources }) => sum + resources, 0) }))
    .sort((a, b) => b.resources - a.resources || compareText(a.stacks[0]?.stack ?? "", b.stacks[0]?.stack ?? ""));
  const bins = Array.from({ length: Math.min(most, groups.length) }, () => ({
    resources: 0,
    stacks: new Set<string>(),
  }));
  for (const { resources, stacks } of groups) {
    const least = bins.reduce((best, bin) => (bin.resources < best.resources ? bin : best));
    least.resources += resources;
    for (const { stack } of stacks) least.stacks.add(stack);
  }
  return bins.map(({ resources, stacks }) => ({
    resources,
    stacks: nodes.flatMap(({ stack }) => (stacks.has(stack) ? [stack] : [])),
  }));
}

/** Returns groups of stacks that wait for each other, directly or not. */
function connected(nodes: readonly Node[]): Node[][] {
  const parents = new Map(nodes.map(({ stack }) => [stack, stack]));
  const rootOf = (stack: string): string => {
    let root = stack;
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root))
      root = parent;
    return root;
  };
  for (const { after, stack } of nodes)
    for (const other of after) if (parents.has(other)) parents.set(rootOf(other), rootOf(stack));
  const groups = new Map<string, Node[]>();
  for (const node of nodes) {
    const root = rootOf(node.stack);
    groups.set(root, [...(groups.get(root) ?? []), node]);
  }
  return [...groups.values()];
}
