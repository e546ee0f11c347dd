import type { Graph } from "./report";

/** A group with what it contains. */
export interface Nested {
  readonly id: string;
  readonly label: string;
  readonly nodes: Graph["nodes"];
  readonly groups: readonly Nested[];
}

/** A graph whose nodes are nested in their groups, and have names that are safe in every format. */
export interface Numbered extends Pick<Nested, "nodes" | "groups"> {
  /** Returns the name of a node or a group in the text: `n1`, `g1`. */
  readonly nameOf: (id: string) => string;
  readonly groupName: (id: string) => string;
}

/**
 * Returns a graph for a text format. Nodes are numbered in their order, because ids come from definitions: a cluster's name can be
 * a word of the format, and a path can contain any character.
 */
export function numbered({ groups, nodes }: Graph): Numbered {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index + 1}`]));
  const groupNames = new Map(groups.map(({ id }, index) => [id, `g${index + 1}`]));
  const within = (parent: string | null): Nested[] =>
    groups
      .filter((group) => group.parent === parent)
      .map(({ id, label }) => ({
        id,
        label,
        nodes: nodes.filter(({ group }) => group === id),
        groups: within(id),
      }));
  return {
    nameOf: (id) => names.get(id) ?? "n0",
    groupName: (id) => groupNames.get(id) ?? "g0",
    nodes: nodes.filter(({ group }) => group === null),
    groups: within(null),
  };
}
