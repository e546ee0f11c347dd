import { z } from "zod";

type Issue = z.core.$ZodIssue;

/**
 * Parts that were accepted, by the plain value that was parsed. Most of a cluster is what its layers say, the same objects in
 * every cluster: parsed once, they cost neither time nor memory again.
 */
const accepted = new WeakMap<object, { readonly schema: z.ZodType; readonly value: unknown }>();

export type PartsResult<Schema extends z.ZodType> =
  | { readonly success: true; readonly data: z.output<Schema> }
  | { readonly success: false; readonly issues: readonly Issue[] };

/** `safeParse`, with the same result and issues, that parses no part of a map twice. */
export function parseParts<Schema extends z.ZodType>(schema: Schema, plain: unknown): PartsResult<Schema> {
  const shareable = typeof plain === "object" && plain !== null;
  const known = shareable ? accepted.get(plain) : undefined;
  if (known?.schema === schema) return { success: true, data: known.value as z.output<Schema> };
  const result: PartsResult<Schema> =
    isMapOfMaps(schema) && isMap(plain) ? parseMap(schema, plain) : whole(schema, plain);
  if (shareable && result.success) accepted.set(plain, { schema, value: result.data });
  return result;
}

function whole<Schema extends z.ZodType>(schema: Schema, plain: unknown): PartsResult<Schema> {
  const result = schema.safeParse(plain);
  return result.success ? result : { success: false, issues: result.error.issues };
}

function parseMap<Schema extends z.ZodObject>(schema: Schema, plain: Readonly<Record<string, unknown>>) {
  const issues: Issue[] = [];
  const data: Record<string, unknown> = {};
  for (const [key, child] of Object.entries<z.ZodType>(schema.shape)) {
    const result = parseParts(child, plain[key]);
    if (!result.success) issues.push(...result.issues.map((issue) => ({ ...issue, path: [key, ...issue.path] })));
    else if (result.data !== undefined) data[key] = result.data;
  }
  const keys = Object.keys(plain).filter((key) => !Object.hasOwn(schema.shape, key));
  if (keys.length > 0) issues.push({ code: "unrecognized_keys", keys, path: [], message: "", input: plain });
  return issues.length > 0
    ? ({ success: false, issues } as const)
    : ({ success: true, data: data as z.output<Schema> } as const);
}

const mapsOfMaps = new WeakMap<z.ZodType, boolean>();

/** Only these have parts worth telling apart; every one of ours is strict. */
function isMapOfMaps(schema: z.ZodType): schema is z.ZodObject {
  const known = mapsOfMaps.get(schema);
  if (known !== undefined) return known;
  const children = schema instanceof z.ZodObject ? Object.values<unknown>(schema.shape) : [];
  const answer = children.filter((child) => child instanceof z.ZodObject).length > 1;
  mapsOfMaps.set(schema, answer);
  return answer;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
