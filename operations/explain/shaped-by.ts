import { plainValue } from "../../language/yaml/plain-tree";
import { type Change, together } from "./changes";
import { schemaOf } from "./keys";
import type { Leaf } from "./leaves";
import { namedValues } from "./named-values";
import type { OpenCluster } from "./open-cluster";
import { enoughValues, otherValues } from "./other-values";
import type { Target, WhatIf } from "./what-if";

/** The effects of other values of a key. */
export interface Shaped {
  readonly changes: readonly Change[];
  /** Other values with which the cluster was built. */
  readonly tried: readonly unknown[];
  /** Other values with which the cluster cannot be built, with the reasons. */
  readonly refused: readonly { readonly value: unknown; readonly reason: string }[];
}

/** Returns the effects of a leaf, found by building the cluster with other values of it. */
export function shapedBy(open: OpenCluster, whatIf: WhatIf, leaf: Leaf, target?: Target): Shaped {
  const tried: unknown[] = [];
  const refused: { value: unknown; reason: string }[] = [];
  const changes: Change[] = [];
  const { enough, values } = othersOf(open, leaf);
  for (const value of values) {
    if (tried.length === enough) break;
    const outcome = whatIf.try(leaf, value, target);
    if ("refused" in outcome) {
      refused.push({ value, reason: outcome.refused });
      continue;
    }
    tried.push(value);
    changes.push(...outcome.changes);
  }
  return { changes: together(changes), tried, refused };
}

/** Returns other values of a leaf that its schema accepts, and how many of them are enough. */
export function othersOf(
  open: OpenCluster,
  { path, tree }: Leaf,
): { readonly values: readonly unknown[]; readonly enough: number } {
  const value = tree && plainValue(tree);
  const schema = schemaOf(path);
  const named = namedValues(open, path, value);
  return { values: otherValues(value, schema, named), enough: enoughValues(schema, named) };
}
