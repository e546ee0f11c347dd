import { compareText } from "../../../language/problem";

/** A connection from one cluster to another, whose network the first one reads. */
export interface Reads<Connection> {
  readonly from: string;
  readonly to: string;
  readonly connection: Connection;
}

/** A connection that closes a ring, and the clusters of the ring in the order in which they read each other. */
export interface Ring<Connection> {
  readonly closing: Reads<Connection>;
  readonly clusters: readonly string[];
}

/**
 * Returns the rings of clusters that read each other's networks. No cluster of a ring can be deployed first. If every closing connection
 * is turned around, no ring is left. Two clusters that name each other are no ring, because they have an error of their own.
 */
export function peeringRings<Connection>(reads: readonly Reads<Connection>[]): readonly Ring<Connection>[] {
  const from = new Map<string, Reads<Connection>[]>();
  for (const each of reads) from.set(each.from, [...(from.get(each.from) ?? []), each]);
  const rings: Ring<Connection>[] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (name: string): void => {
    way.push(name);
    for (const each of from.get(name) ?? []) {
      const start = way.indexOf(each.to);
      if (start < 0 && !done.has(each.to)) visit(each.to);
      else if (start >= 0 && way.length - start > 2) rings.push({ closing: each, clusters: way.slice(start) });
    }
    way.pop();
    done.add(name);
  };
  for (const name of [...from.keys()].sort(compareText)) if (!done.has(name)) visit(name);
  return rings;
}
