import { isSecretKey, isSecretUnderKey } from "../../fleet/secrets/keys";
import { secretInValue, withoutSecretsIn } from "../../fleet/secrets/search";
import { isMap } from "../../language/plain-map";
import type { AttributeChange } from "./report";
import { isSensitive } from "./schemas";
import { isUnknown } from "./unknown";
import { type Difference, pathText } from "./values";

/** Longer texts are cut. */
const LONGEST = 400;
/** Differences of one resource that are listed. */
const MOST = 40;
const SECRET = "(secret)";

/**
 * Returns differences as they may be shown: without secrets, and long texts cut.
 *
 * @param type type of the resource; undefined for outputs and providers
 */
export function shownDifferences(
  found: readonly Difference[],
  type?: string,
): { readonly attributes: AttributeChange[]; readonly hidden: number } {
  const attributes = found.slice(0, MOST).map(({ path, before, after, because }): AttributeChange => {
    const names = path.filter((part) => !part.startsWith("["));
    const hide = type !== undefined && isSensitive(type, names);
    const show = (value: unknown): unknown => (hide ? SECRET : shown(value, names.at(-1) ?? ""));
    return {
      path: pathText(path),
      ...(before !== undefined && { before: show(before) }),
      ...(after !== undefined && { after: show(after) }),
      ...(because !== undefined && { because }),
    };
  });
  return { attributes, hidden: Math.max(0, found.length - MOST) };
}

/** Returns a value without secrets. */
function shown(value: unknown, key: string): unknown {
  if (isUnknown(value)) return `(${value.because})`;
  if (typeof value === "string") {
    if (isSecretUnderKey(key, value)) return SECRET;
    const clean = withoutSecretsIn(value);
    if (secretInValue(clean) !== undefined) return SECRET;
    return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean;
  }
  if (Array.isArray(value)) return value.map((item) => shown(item, key));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      isSecretKey(name) && typeof item === "object" && item !== null ? SECRET : shown(item, name),
    ]),
  );
}
