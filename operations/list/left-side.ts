import type { z } from "zod";
import { childSchema, itemSchema, knownKeys } from "../../fleet/parse/introspect";
import { definition } from "../../fleet/schema/definition";
import { ExpectedError } from "../../language/expected-error";
import { didYouMean, listed, nearestFirst } from "../../language/suggest";
import type { ListedCluster } from "./report";

/** A cluster in the list, with its whole definition. */
export interface Candidate {
  readonly listed: ListedCluster;
  readonly definition: { readonly meta: unknown; readonly tfvars: unknown };
}

/** Returns the values of a cluster that a column or a path names: several if the path leads through a list. */
export type LeftSide = (cluster: Candidate) => readonly unknown[];

type Step = { readonly key: string } | { readonly item: string } | "each item";

/**
 * Returns the function that reads a column of the list, or a path of the resolved definition such as `tfvars.cluster.kubernetes_version`.
 * `tfvars.` may be left out. `workers[general].max_size` is one item's value, and `workers.max_size` the values of all items.
 *
 * @throws ExpectedError if neither the schema nor a cluster has such a key
 */
export function leftSide(text: string, columns: readonly string[], clusters: readonly Candidate[]): LeftSide {
  if (text === "") throw new ExpectedError("a column or a key is missing, such as kubernetes_version");
  if (columns.includes(text)) return ({ listed: row }) => elementsOf(row[text as keyof ListedCluster]);
  const steps = stepsOf(text, columns, clusters);
  return (cluster) => steps.reduce(next, [cluster.definition as unknown]).flatMap(elementsOf);
}

const elementsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** The schema and the values of all clusters after the steps so far. */
interface Position {
  readonly schema: z.ZodType | undefined;
  readonly values: readonly unknown[];
}

function stepsOf(text: string, columns: readonly string[], clusters: readonly Candidate[]): readonly Step[] {
  let at: Position = { schema: definition, values: clusters.map((each) => each.definition) };
  const steps: Step[] = [];
  const take = (step: Step): void => {
    const below = step === "each item" || "item" in step ? at.schema && itemSchema(at.schema) : childOf(at, step.key);
    at = { schema: below, values: next(at.values, step) };
    steps.push(step);
  };
  let rest = text;
  const inTfvars: Position = { schema: childOf(at, "tfvars"), values: [] };
  if (keyAt(at, rest) === undefined && keyAt(inTfvars, rest) !== undefined) take({ key: "tfvars" });
  while (rest !== "") {
    const bracketed = /^\[([^\]]+)\]/.exec(rest);
    if (bracketed !== null && isList(at)) {
      take({ item: bracketed[1] ?? "" });
      rest = rest.slice(bracketed[0].length).replace(/^\./, "");
      continue;
    }
    while (isList(at)) take("each item");
    const key = keyAt(at, rest);
    if (key === undefined)
      throw unknownKey(text, rest, [...(rest === text ? [...columns, ...keysAt(inTfvars)] : []), ...keysAt(at)]);
    take({ key });
    rest = rest.slice(key.length).replace(/^\.(?=.)/, "");
  }
  return steps;
}

function childOf({ schema }: Position, key: string): z.ZodType | undefined {
  return schema && childSchema(schema, key);
}

function isList({ schema, values }: Position): boolean {
  return (schema !== undefined && itemSchema(schema) !== undefined) || values.some(Array.isArray);
}

/** Returns the longest key with which a text begins: keys such as labels contain dots. */
function keyAt(at: Position, text: string): string | undefined {
  return keysAt(at)
    .filter((key) => text.startsWith(key) && /^(?:$|[.[])/.test(text.slice(key.length)))
    .sort((a, b) => b.length - a.length)[0];
}

function keysAt({ schema, values }: Position): readonly string[] {
  return [...new Set([...(knownKeys(schema) ?? []), ...values.filter(isMap).flatMap(Object.keys)])];
}

function next(values: readonly unknown[], step: Step): readonly unknown[] {
  return values.flatMap((value) => {
    if (step === "each item") return Array.isArray(value) ? value : [];
    if ("item" in step)
      return Array.isArray(value) ? value.filter((each, index) => isItem(each, index, step.item)) : [];
    return isMap(value) && Object.hasOwn(value, step.key) ? [value[step.key]] : [];
  });
}

function isItem(value: unknown, index: number, item: string): boolean {
  return (isMap(value) && value["name"] === item) || String(index) === item;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unknownKey(text: string, rest: string, keys: readonly string[]): ExpectedError {
  const word = /^[^.[]*/.exec(rest)?.[0] || rest;
  const before = text.slice(0, text.length - rest.length).replace(/\.$/, "");
  const what = `${before === "" ? "unknown column or key" : `${before} has no key`} ${JSON.stringify(word)}`;
  if (keys.length === 0) return new ExpectedError(`${what}, because it is no map`);
  return new ExpectedError(`${what}${didYouMean(word, keys) || `. Known: ${listed(nearestFirst(word, keys), 20)}`}`);
}
