import { isIPv4 } from "node:net";
import { textAt, valuesAt } from "../schema/attribute-path";
import type { Block } from "../schema/schema";
import type { Diagnostic } from "../wire/protocol";
import { containsUnknown, type ObjectValue, type Value } from "../wire/values";
import type { Rule } from "./entry";
import { OVERLAYS } from "./overlay";

function badCidr(value: string, [shortest, longest]: readonly [number, number]): string | undefined {
  const [, address = "", length = ""] = /^([\d.]+)\/(\d{1,2})$/.exec(value) ?? [];
  if (!isIPv4(address) || Number(length) > 32) return `"${value}" is not a valid IPv4 CIDR block`;
  const bits = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  if (bits % 2 ** (32 - Number(length)) !== 0) return `"${value}" has bits set after its prefix of ${length}`;
  if (Number(length) < shortest || Number(length) > longest) {
    return `"${value}" must have a prefix of ${shortest} to ${longest} bits`;
  }
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function wrong(rule: Rule, value: Value): string | undefined {
  const { max, pattern, oneOf, cidr, json, message } = rule;
  if (oneOf !== undefined && (typeof value === "string" || typeof value === "number") && !oneOf.includes(value)) {
    return (
      message ?? `expected one of ${oneOf.map((each) => JSON.stringify(each)).join(", ")}, got ${JSON.stringify(value)}`
    );
  }
  if (typeof value !== "string") return undefined;
  if (max !== undefined && value.length > max)
    return `expected length to be at most ${max}, got ${value.length}: ${value}`;
  if (cidr !== undefined) return badCidr(value, cidr);
  if (json === true && !isJson(value)) return "contains an invalid JSON document";
  if (pattern !== undefined && !pattern.test(value))
    return `"${value}" ${message ?? `does not match ${pattern.source}`}`;
  return undefined;
}

function attribute(path: string): Diagnostic["attribute"] {
  return { steps: [{ attributeName: path.split(".")[0] ?? path }] };
}

function isGiven(value: Value | undefined): boolean {
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

/** Returns what the real provider refuses in a configuration without a call to AWS. Unknown values pass. */
export function refusals(type: string, block: Block, config: ObjectValue): Diagnostic[] {
  const overlay = OVERLAYS[type];
  const found: Diagnostic[] = [];
  for (const rule of overlay?.rules ?? []) {
    for (const value of valuesAt(config, rule.path).flat()) {
      if (containsUnknown(value)) continue;
      const problem = wrong(rule, value);
      if (problem === undefined) continue;
      const summary = `invalid value for ${rule.path}`;
      found.push({ severity: 1, summary, detail: problem, attribute: attribute(rule.path) ?? { steps: [] } });
    }
  }
  // A name and a name prefix exclude each other in every type that has both.
  const prefixes = Object.keys(block.attributes)
    .filter(
      (name) =>
        /(name|bucket|identifier)_prefix$/.test(name) &&
        block.attributes[name.slice(0, -"_prefix".length)] !== undefined,
    )
    .map((name) => [name.slice(0, -"_prefix".length), name]);
  for (const group of [...prefixes, ...(overlay?.conflicts ?? [])]) {
    const given = group.filter((path) => valuesAt(config, path).some(isGiven));
    if (given.length < 2) continue;
    const [first = "", second = ""] = given;
    found.push({
      severity: 1,
      summary: "Conflicting configuration arguments",
      detail: `"${first}": conflicts with ${second}`,
      attribute: attribute(first) ?? { steps: [] },
    });
  }
  return found;
}

/** Returns the API's error for an update that goes back or skips a value; undefined if the API accepts the update. */
export function refusedStep(type: string, prior: ObjectValue, planned: ObjectValue): string | undefined {
  for (const { path, order } of OVERLAYS[type]?.oneWay ?? []) {
    const [from = "", to = ""] = [textAt(prior, path), textAt(planned, path)];
    const step = order.indexOf(to) - order.indexOf(from);
    if (order.includes(from) && order.includes(to) && step !== 0 && step !== 1)
      return `InvalidParameterException: Unsupported ${path.split(".").at(-1)?.replaceAll("_", " ")} update from ${from} to ${to}`;
  }
  return undefined;
}

/**
 * Returns the API's error for an update that moves an object into other zones than it was created in; undefined if the API accepts
 * the update. A subnet whose zone is unknown, such as one of a VPC that is looked up, is not compared.
 *
 * @param zoneOf returns the zone of a subnet in the store
 */
export function refusedZones(
  type: string,
  prior: ObjectValue,
  planned: ObjectValue,
  zoneOf: (subnetId: string) => string | undefined,
): string | undefined {
  for (const path of OVERLAYS[type]?.fixedZones ?? []) {
    const zones = (value: ObjectValue) =>
      valuesAt(value, path)
        .flat(2)
        .map((id) => zoneOf(String(id)));
    const [before, after] = [zones(prior), zones(planned)];
    if ([...before, ...after].includes(undefined)) continue;
    const [from, to] = [before, after].map((each) => [...new Set(each)].sort().join(", "));
    if (from === to) continue;
    return `InvalidParameterException: Provided subnets belong to the AZs '${to}'. But they should belong to the exact set of AZs '${from}' in which subnets were provided during cluster creation.`;
  }
  return undefined;
}

/** Returns the API's error for an object without unknown values; undefined if the API accepts the object. */
export function misordered(type: string, planned: ObjectValue): string | undefined {
  for (const { low, high, message } of OVERLAYS[type]?.ordered ?? []) {
    const [from, to] = [low, high].map((path) => Number(valuesAt(planned, path).flat()[0] ?? Number.NaN));
    if (from !== undefined && to !== undefined && from > to) {
      return message.replace("{low}", String(from)).replace("{high}", String(to));
    }
  }
  return undefined;
}
