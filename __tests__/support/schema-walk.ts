import { z } from "zod";

/** A part of a schema and where it is: `tfvars.workers[].labels.*`. */
export interface Part {
  readonly path: string;
  readonly schema: z.ZodType;
}

/** Returns every part of a schema, without the wrappers that make it optional. */
export function partsOfSchema(schema: z.ZodType, path = ""): Part[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return partsOfSchema(schema.unwrap() as z.ZodType, path);
  const at = (step: string): string => (path === "" ? step : `${path}.${step}`);
  return [
    { path, schema },
    ...partsOf(schema).flatMap(([step, part]) =>
      partsOfSchema(part, step === "[]" ? `${path}[]` : step === "" ? path : at(step)),
    ),
  ];
}

/** Parts by their step: a key, `*`, `[]`, or nothing for the alternatives of a union. */
function partsOf(schema: z.ZodType): (readonly [string, z.ZodType])[] {
  if (schema instanceof z.ZodObject) return Object.entries<z.ZodType>(schema.shape);
  if (schema instanceof z.ZodArray) return [["[]", schema.element as z.ZodType]];
  if (schema instanceof z.ZodRecord) return [["*", schema.valueType as z.ZodType]];
  if (schema instanceof z.ZodUnion) return schema.options.map((option) => ["", option as z.ZodType]);
  return [];
}
