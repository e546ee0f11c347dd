import { z } from "zod";
import { innermost } from "../../fleet/parse/introspect";
import { isMap } from "../../language/plain-map";
import { SAMPLE_TEXTS, textVariants } from "./other-texts";

/** More other numbers or texts would seldom show more. */
const MOST = 2;
/** Each member of a short list of values may have its own effect. */
const MOST_OF_A_LIST = 4;

/** Values beyond those, for keys with values that the schema accepts but no cluster can be built with. */
const SPARE = 4;

/** Returns the number of other values of a key that are enough to try. */
export function enoughValues(schema: z.ZodType | undefined, named: readonly unknown[] = []): number {
  return named.length > 0 || optionsOf(schema).length > 0 ? MOST_OF_A_LIST : MOST;
}

/**
 * Returns other values of the same kind that a schema accepts: the opposite of a switch, the next number, another word. There
 * are more than {@link enoughValues}, the best first.
 *
 * @param named values that the key's meaning suggests, such as the other regions
 */
export function otherValues(value: unknown, schema: z.ZodType | undefined, named: readonly unknown[] = []): unknown[] {
  const seen = new Set([JSON.stringify(value)]);
  const most = enoughValues(schema, named) + SPARE;
  const found: unknown[] = [];
  for (const candidate of candidates(value, schema, named)) {
    const text = JSON.stringify(candidate);
    if (seen.has(text)) continue;
    seen.add(text);
    if (schema === undefined || schema.safeParse(candidate).success) found.push(candidate);
    if (found.length === most) break;
  }
  return found;
}

function* candidates(value: unknown, schema: z.ZodType | undefined, named: readonly unknown[]): Generator<unknown> {
  yield* named;
  if (named.length > 0) return; // every other value is a name of nothing
  yield* optionsOf(schema);
  if (typeof value === "boolean") yield !value;
  if (typeof value === "number") yield* numbers(value);
  if (typeof value === "string") yield* textVariants(value);
  if (Array.isArray(value)) yield* lists(value, schema);
  if (isMap(value)) yield* samples(schema);
  if (value === null || value === undefined) yield* samples(schema);
  if (value !== undefined) yield null;
}

function numbers(value: number): readonly number[] {
  return [value + 1, value - 1, value * 2, value + 10, value - 10, value + 60, value + 1000, 0.5, 1, 0];
}

function* lists(value: readonly unknown[], schema: z.ZodType | undefined): Generator<unknown> {
  const item = schema && elementOf(schema);
  for (const other of samples(item)) {
    if (!value.some((each) => JSON.stringify(each) === JSON.stringify(other))) {
      yield [...value, other];
      break;
    }
  }
  if (value.length === 0) {
    for (const other of samples(item)) yield [other];
    return;
  }
  yield value.slice(0, -1);
  yield value.slice(1);
  for (const other of otherValues(value[0], item)) yield [other, ...value.slice(1)];
  yield [];
}

function elementOf(schema: z.ZodType): z.ZodType | undefined {
  const inner = innermost(schema);
  if (inner instanceof z.ZodUnion) {
    const list = (inner.options as readonly z.ZodType[]).find((option) => innermost(option) instanceof z.ZodArray);
    return list && elementOf(list);
  }
  return inner instanceof z.ZodArray ? (inner.element as z.ZodType) : undefined;
}

/** Returns the values of a schema that lists them. */
function optionsOf(schema: z.ZodType | undefined): readonly unknown[] {
  const inner = schema && innermost(schema);
  if (inner instanceof z.ZodEnum) return inner.options;
  if (inner instanceof z.ZodLiteral) return [...inner.values];
  if (inner instanceof z.ZodUnion) return (inner.options as readonly z.ZodType[]).flatMap(optionsOf);
  return [];
}

const SAMPLE_NUMBERS = [1, 2, 3, 5, 10, 15, 20, 30, 50, 60, 100, 110, 200, 300, 443, 600, 1000, 3000, 10_000, 64_512];

/** Levels of maps in lists in maps for which a sample is created. */
const DEEPEST = 6;

/** Returns values that a schema may accept, for keys that have none. */
function* samples(schema: z.ZodType | undefined, depth = 0): Generator<unknown> {
  const inner = schema && innermost(schema);
  if (inner === undefined) {
    yield "another-value";
    return;
  }
  if (depth > DEEPEST) return;
  if (inner instanceof z.ZodBoolean) yield* [true, false];
  else if (inner instanceof z.ZodNumber) yield* SAMPLE_NUMBERS;
  else if (inner instanceof z.ZodEnum || inner instanceof z.ZodLiteral) yield* optionsOf(inner);
  else if (inner instanceof z.ZodUnion) {
    for (const option of inner.options as readonly z.ZodType[]) yield* samples(option, depth + 1);
  } else if (inner instanceof z.ZodArray) {
    const element = inner.element as z.ZodType;
    for (const item of accepted(element, depth)) yield* [[item], [item, item]];
  } else if (inner instanceof z.ZodObject) yield* objects(inner, depth);
  else if (inner instanceof z.ZodRecord) {
    const [value] = accepted(inner.valueType as z.ZodType, depth);
    for (const key of accepted(inner.keyType as z.ZodType, depth)) yield { [String(key)]: value };
  } else yield* SAMPLE_TEXTS;
}

function accepted(schema: z.ZodType, depth: number): unknown[] {
  const found: unknown[] = [];
  for (const sample of samples(schema, depth + 1)) {
    if (schema.safeParse(sample).success) found.push(sample);
    if (found.length === 2) break;
  }
  return found;
}

/** Returns maps with the keys that a schema requires: none beyond them, all, or one, for schemas that accept one of several. */
function* objects(schema: z.ZodObject, depth: number): Generator<unknown> {
  const children = Object.entries<z.ZodType>(schema.shape);
  const make = (keys: readonly (readonly [string, z.ZodType])[]): unknown =>
    Object.fromEntries(
      keys.flatMap(([key, child]) => {
        const value = child.safeParse(null).success ? null : accepted(child, depth)[0];
        return value === undefined ? [] : [[key, value]];
      }),
    );
  const isRequired = ([, child]: readonly [string, z.ZodType]): boolean => !child.safeParse(undefined).success;
  const required = children.filter(isRequired);
  yield make(required);
  yield make(children);
  for (const child of children) if (!isRequired(child)) yield make([...required, child]);
}
