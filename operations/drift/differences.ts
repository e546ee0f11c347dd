import { isMap } from "../../language/plain-map";
import { compareText } from "../../language/problem";
import type { PlanJson } from "../../offline/terraform";
import type { DriftFinding, StackDrift } from "./report";

interface Change {
  readonly address: string;
  readonly type: string;
  readonly mode?: string;
  readonly change: { readonly actions: readonly string[]; readonly before: unknown; readonly after: unknown };
}

/** Returns the differences between AWS, the state and the definition in a plan, without values. */
export function driftOf(plan: PlanJson): Pick<StackDrift, "folded" | "found"> {
  const drifted = changesOf(plan, "resource_drift");
  const planned = new Map(
    changesOf(plan, "resource_changes")
      .filter(({ mode }) => mode !== "data")
      .map((each) => [each.address, each]),
  );
  const folded = new Map<string, { readonly type: string; readonly attribute: string; resources: number }>();
  const found = drifted.flatMap(({ address, change, type }): Omit<DriftFinding, "lines">[] => {
    const reverts = acts(planned.get(address));
    if (change.actions.includes("delete")) return [{ address, kind: "vanished", attributes: [], reverts }];
    const differing = changedPaths(change.before, change.after);
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
    .map(({ address, change }): Omit<DriftFinding, "lines"> => {
      const attributes = changedPaths(change.before, change.after).flatMap(({ attribute }) => attribute || []);
      return { address, kind: "unexpected", attributes: once(attributes), reverts: true };
    });
  return {
    found: [...found, ...unexpected].map((each) => ({ ...each, lines: [] })),
    folded: [...folded.values()].sort((a, b) => compareText(`${a.type} ${a.attribute}`, `${b.type} ${b.attribute}`)),
  };
}

function changesOf(plan: PlanJson, key: "resource_changes" | "resource_drift"): readonly Change[] {
  const changes = (plan as Readonly<Record<string, unknown>>)[key];
  return Array.isArray(changes) ? (changes as readonly Change[]) : [];
}

/** True for a change that an apply would do to the resource. */
function acts(change: Change | undefined): boolean {
  return change?.change.actions.some((action) => action !== "no-op" && action !== "read") === true;
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
