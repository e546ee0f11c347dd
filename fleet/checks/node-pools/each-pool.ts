import type { Definition } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";

export type NodePool = Definition["tfvars"]["node_pools"][number];

/** A rule about one node pool. Its paths begin at the pool, or with `tfvars`. */
export type PoolRule = (pool: NodePool, subject: Subject) => readonly Finding[];

/** Returns a check that applies rules to each node pool. */
export function eachPool(rules: readonly PoolRule[]): Check {
  return (subject) =>
    eachItem(
      ["tfvars", "node_pools"],
      subject.definition.tfvars.node_pools,
      rules.map((rule) => (pool) => rule(pool, subject)),
    );
}
