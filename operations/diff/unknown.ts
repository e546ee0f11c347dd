import { isMap } from "../../language/plain-map";
import { type Reference, referencesIn } from "../resources/references";

/** A value that is unknown until the apply, because it refers to a changed resource. */
export interface Unknown {
  readonly $unknown: true;
  readonly because: string;
}

export function isUnknown(value: unknown): value is Unknown {
  return isMap(value) && value["$unknown"] === true;
}

/** Returns why the value of a reference changes; undefined if it stays. */
export type Changing = (reference: Reference) => string | undefined;

/** Returns a value with each text replaced that refers to something that changes; the value itself if none does. */
export function withUnknowns(value: unknown, changing: Changing): unknown {
  if (typeof value === "string") {
    if (!value.includes("${")) return value;
    const reasons = referencesIn(value).flatMap((reference) => changing(reference) ?? []);
    return reasons.length === 0 ? value : { $unknown: true, because: [...new Set(reasons)].join(", ") };
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => withUnknowns(item, changing));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isMap(value)) return value;
  const changed = Object.keys(value).flatMap((key) => {
    const item = withUnknowns(value[key], changing);
    return item === value[key] ? [] : [[key, item] as const];
  });
  return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) };
}
