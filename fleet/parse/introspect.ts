import { z } from "zod";
import type { Path } from "../../language/yaml/tree";

/** The schema inside optional, default and nullable wrappers. */
function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return unwrap(schema.unwrap() as z.ZodType);
  }
  return schema;
}

/** Returns the schema inside optional, default and nullable wrappers. */
export const innermost = unwrap;

type Shape = Readonly<Record<string, z.ZodType>>;

const shapes = new WeakMap<z.ZodType, Shape | null>();

/** The keys of a map's schema; found once, because zod's `instanceof` is slow and is called for every value of every cluster. */
function shapeOf(schema: z.ZodType): Shape | undefined {
  const known = shapes.get(schema);
  if (known !== undefined) return known ?? undefined;
  const inner = unwrap(schema);
  const shape: Shape | null = inner instanceof z.ZodObject ? inner.shape : null;
  shapes.set(schema, shape);
  return shape ?? undefined;
}

/** Returns the schema of a map's key or a list's item; undefined if the schema does not define it. */
export function childSchema(schema: z.ZodType, step: string | number): z.ZodType | undefined {
  const shape = shapeOf(schema);
  // A definition may have the key `constructor`, which every object inherits.
  if (shape !== undefined) return Object.hasOwn(shape, step) ? shape[step] : undefined;
  const inner = unwrap(schema);
  if (inner instanceof z.ZodRecord) return inner.valueType as z.ZodType;
  if (inner instanceof z.ZodArray) return inner.element as z.ZodType;
  return undefined;
}

/** Returns the schema of a list's items; undefined for other schemas. */
export function itemSchema(schema: z.ZodType): z.ZodType | undefined {
  const inner = unwrap(schema);
  return inner instanceof z.ZodArray ? (inner.element as z.ZodType) : undefined;
}

export function schemaAt(schema: z.ZodType, path: Path): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>(
    (at, step) => (at === undefined ? undefined : childSchema(at, step)),
    schema,
  );
}

const nullable = new WeakMap<z.ZodType, boolean>();

/** True if null is a value of the schema; otherwise null removes the value of the layers below. */
export function takesNull(schema: z.ZodType | undefined): boolean {
  if (schema === undefined) return true;
  const known = nullable.get(schema) ?? schema.safeParse(null).success;
  nullable.set(schema, known);
  return known;
}

/** Returns the keys that a map of the schema may have; undefined if it may have any. */
export function knownKeys(schema: z.ZodType | undefined): readonly string[] | undefined {
  if (schema === undefined) return undefined;
  const shape = shapeOf(schema);
  if (shape !== undefined) return Object.keys(shape);
  const inner = unwrap(schema);
  const key = inner instanceof z.ZodRecord ? inner.keyType : undefined;
  return key instanceof z.ZodEnum ? key.options.map(String) : undefined;
}
