import { isMap } from "../../language/plain-map";
import { compareText } from "../../language/problem";
import { changes as acts, destroys, ownPlan } from "../plans/plan";
import type { DriftFinding, StackDrift } from "./report";

/** Returns the differences between AWS, the state and the definition in a plan, without values. */
export function driftOf(json: unknown): Pick<StackDrift, "folded" | "found"> {
  const { changes, drift } = ownPlan(json);
  const planned = new Map(changes.filter(({ managed }) => managed).map((each) => [each.address, each]));
  const folded = new Map<string, { readonly type: string; readonly attribute: string; resources: number }>();
  const found = drift.flatMap((drifted): Omit<DriftFinding, "lines">[] => {
    const { address, before, after, type } = drifted;
    const change = planned.get(address);
    const reverts = change !== undefined && acts(change);
    if (destroys(drifted)) return [{ address, kind: "vanished", attributes: [], reverts }];
    const differing = changedPaths(before, after);
    for (const { attribute, empty } of differing) {
      if (!empty || reverts) continue;
      const key = `${type} ${attribute}`;
      const known = folded.get(key) ?? { type, attribute, resources: 0 };
      known.resources += 1;
      folded.set(key, known);
    }
    const attributes = differing.filter(({ empty }) => !empty || reverts).map(({ attribute }) => attribute);
    return attributes.length === 0 ? [] : [{ address, kind: "changed", attributes: once(attributes), reverts }];
  });
  const known = new Set(found.map(({ address }) => address));
  const unexpected = [...planned.values()]
    .filter((each) => acts(each) && !known.has(each.address))
    .map(({ address, before, after }): Omit<DriftFinding, "lines"> => {
      const attributes = changedPaths(before, after).flatMap(({ attribute }) => attribute || []);
      return { address, kind: "unexpected", attributes: once(attributes), reverts: true };
    });
  return {
    found: [...found, ...unexpected].map((each) => ({ ...each, lines: [] })),
    folded: [...folded.values()].sort((a, b) => compareText(`${a.type} ${a.attribute}`, `${b.type} ${b.attribute}`)),
  };
}

interface Difference {
  readonly attribute: string;
  /** True if both sides are nothing, each in another form. */
  readonly empty: boolean;
}

/** Returns the attributes that differ. Items of lists share the list's name, because their numbers have no meaning. */
function changedPaths(before: unknown, after: unknown, path = ""): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isMap(before) && isMap(after)) {
    const keys = once([...Object.keys(before), ...Object.keys(after)]);
    return keys.flatMap((key) => changedPaths(before[key], after[key], path === "" ? key : `${path}.${key}`));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((item, index) => changedPaths(item, after[index], path));
  return [{ attribute: path, empty: isNothing(before) && isNothing(after) }];
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === "" || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.every(isNothing);
  return isMap(value) && Object.values(value).every(isNothing);
}

const once = (values: readonly string[]): string[] => [...new Set(values)].sort(compareText);
