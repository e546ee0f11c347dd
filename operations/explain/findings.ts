import { isMap } from "../../language/plain-map";
import { listed } from "../../language/suggest";
import { plainValue } from "../../language/yaml/plain-tree";
import type { Attribute, Change } from "./changes";
import type { Leaf } from "./leaves";
import type { OpenCluster } from "./open-cluster";
import type { Findings, ShapedElement } from "./report";
import { type Shaped, shapedBy } from "./shaped-by";
import { shown } from "./shown";
import type { WhatIf } from "./what-if";

/** Returns the effects of a leaf, and the method that found them. */
export function findingsOf(open: OpenCluster, whatIf: WhatIf, leaf: Leaf): Findings {
  if (whatIf.readersOf(leaf)?.size === 0)
    return { status: "nothing", reason: "Nothing in this cluster reads it.", tried: [], refused: [], shapes: [] };
  return findings(shapedBy(open, whatIf, leaf), leaf);
}

/** Returns the effects of other values of a leaf. */
function findings({ changes, refused, tried }: Shaped, leaf: Leaf): Findings {
  const told = {
    tried: tried.map((value) => shown(value, leaf.path)),
    refused: refused.map(({ reason, value }) => ({ reason, value: shown(value, leaf.path) })),
    shapes: changes.map((change) => shapedElement(change, leaf)),
  };
  const values = listed(told.tried.map(written), 4);
  if (changes.length > 0) return { status: "shapes", reason: `Found by building the cluster with ${values}.`, ...told };
  if (tried.length > 0) return { status: "nothing", reason: `The cluster is the same with ${values}.`, ...told };
  return { status: "unknown", reason: whyUnknown(told.refused), ...told };
}

function whyUnknown(refused: Findings["refused"]): string {
  const [first] = refused;
  return first === undefined
    ? "The effect is unknown, because fleet found no other value that the schema accepts."
    : `It could not be found out, because the cluster cannot be built with ${written(first.value)}: ${first.reason}.`;
}

/** Returns a value as YAML writes it on one line. */
export function written(value: unknown): string {
  if (typeof value === "string" && /^[A-Za-z/][\w./:@+ -]*$/.test(value)) return value;
  return value === undefined ? "nothing" : JSON.stringify(value);
}

/** Returns a change as it is reported of a leaf. */
export function shapedElement({ address, attributes, effect, stack }: Change, leaf: Leaf): ShapedElement {
  const value = leaf.tree && plainValue(leaf.tree);
  return {
    stack,
    address,
    effect,
    attributes: attributes.map((each) => ({ path: each.path, carried_as_is: isCarried(each, value) })),
  };
}

/** True if an attribute is the value itself. */
function isCarried({ value: attribute }: Attribute, value: unknown): boolean {
  if (attribute === undefined || value === undefined || value === null || value === "") return false;
  if (Array.isArray(value) || isMap(value))
    return Object.keys(value).length > 0 && JSON.stringify(attribute) === JSON.stringify(value);
  return typeof attribute !== "object" && String(attribute) === String(value);
}
