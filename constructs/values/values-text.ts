import type { Values } from "../../addons/contract/addon";
import { mergeValues } from "../../addons/contract/merge-values";
import { isMap } from "../../language/plain-map";

/**
 * Our values with the definition's merged over them, as compact JSON with sorted keys: Terraform shows a change of JSON key by
 * key, and the order of keys in a file is no change. Maps merge, lists are replaced, null removes a chart's own default.
 */
export function valuesText(ours: Values, raw: Values): string {
  const merged = merge(ours, literal(raw) as Values);
  return withReferences(JSON.stringify(sorted(merged)).replaceAll("%{", () => "%%{"));
}

/** Removes JSON's escapes from the quotes of `subnet_ids["us-east-1a"]`: Terraform accepts expressions without escapes only. */
function withReferences(json: string): string {
  return json.replaceAll(/(?<!\$)\$\{[^}]*\}/g, (reference) => reference.replaceAll('\\"', '"'));
}

/** Returns the same for an EKS add-on's configuration, which has no defaults to remove: null removes a value of ours. */
export function configurationText(ours: Values, raw: Values): string {
  return valuesText(mergeValues(ours, literal(raw) as Values), {});
}

/** Text of a definition as Terraform must read it, keys too: `${HOST}` in a chart's values is meant for the chart. */
export function literal(value: unknown): unknown {
  if (typeof value === "string") return literalText(value);
  if (!isMap(value)) return mapValues(value, literal);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [literalText(key), literal(item)]));
}

function literalText(text: string): string {
  return text.replaceAll("${", () => "$${");
}

function merge(under: unknown, over: unknown): unknown {
  if (!isMap(under) || !isMap(over)) return over;
  const keys = new Set([...Object.keys(under), ...Object.keys(over)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, Object.hasOwn(over, key) ? merge(under[key], over[key]) : under[key]]),
  );
}

function sorted(value: unknown): unknown {
  if (!isMap(value)) return mapValues(value, sorted);
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

function mapValues(value: unknown, change: (item: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));
}
