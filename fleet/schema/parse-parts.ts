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
  const result = byKind(schema, plain);
  if (shareable && result.success) accepted.set(plain, { schema, value: result.data });
  return result;
}

function byKind<Schema extends z.ZodType>(schema: Schema, plain: unknown): PartsResult<Schema> {
  if (isMap(plain)) {
    const plan = planOf(schema);
    if (plan?.kind === "map") return parseMap(plan, schema as unknown as z.ZodObject, plain) as PartsResult<Schema>;
  } else if (Array.isArray(plain)) {
    const plan = planOf(schema);
    if (plan?.kind === "list") return parseList(plan, schema, plain);
  }
  return whole(schema, plain);
}

function whole<Schema extends z.ZodType>(schema: Schema, plain: unknown): PartsResult<Schema> {
  const result = schema.safeParse(plain);
  return result.success ? result : { success: false, issues: result.error.issues };
}

/** How the parts of a schema are told apart. */
type Plan =
  | {
      readonly kind: "map";
      /** Keys of maps and lists, each a part. */
      readonly parts: readonly (readonly [key: string, schema: z.ZodType])[];
      /** Everything else, parsed at once: to ask key by key costs more than all of them together. */
      readonly leaves: z.ZodObject;
    }
  | {
      readonly kind: "list";
      readonly item: z.ZodType;
      /** The list's own rules, whatever its items. */
      readonly shell: z.ZodType;
    };

const plans = new WeakMap<z.ZodType, { readonly plan: Plan | undefined }>();

/** Only maps with parts worth telling apart have a plan, and lists of such; every map of ours is strict. */
function planOf(schema: z.ZodType): Plan | undefined {
  const known = plans.get(schema);
  if (known !== undefined) return known.plan;
  const plan = makePlan(schema);
  plans.set(schema, { plan });
  return plan;
}

function makePlan(schema: z.ZodType): Plan | undefined {
  if (schema instanceof z.ZodArray) {
    const item = schema.element as z.ZodType;
    if (planOf(item)?.kind !== "map") return undefined;
    return { kind: "list", item, shell: schema.clone({ ...schema.def, element: z.unknown() }) };
  }
  if (!(schema instanceof z.ZodObject) || (schema.def.checks?.length ?? 0) > 0) return undefined;
  const children = Object.entries<z.ZodType>(schema.shape);
  if (children.filter(([, child]) => child instanceof z.ZodObject).length < 2) return undefined;
  const parts = children.filter(([, child]) => mayHold(child));
  const leaves = children.filter(([, child]) => !mayHold(child));
  return { kind: "map", parts, leaves: z.object(Object.fromEntries(leaves)) };
}

/** Whether a value of the schema may be a map or a list. */
function mayHold(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return mayHold(schema.unwrap() as z.ZodType);
  return !(
    schema instanceof z.ZodString ||
    schema instanceof z.ZodNumber ||
    schema instanceof z.ZodBoolean ||
    schema instanceof z.ZodEnum ||
    schema instanceof z.ZodLiteral
  );
}

function parseMap(
  { parts, leaves }: Extract<Plan, { kind: "map" }>,
  schema: z.ZodObject,
  plain: Readonly<Record<string, unknown>>,
): PartsResult<z.ZodObject> {
  const issues: Issue[] = [];
  const entries: [string, unknown][] = [];
  const ofLeaves = leaves.safeParse(plain);
  if (ofLeaves.success) entries.push(...Object.entries(ofLeaves.data));
  else issues.push(...ofLeaves.error.issues);
  for (const [key, child] of parts) {
    const result = parseParts(child, plain[key]);
    if (!result.success) issues.push(...result.issues.map((issue) => ({ ...issue, path: [key, ...issue.path] })));
    else if (result.data !== undefined) entries.push([key, result.data]);
  }
  const keys = Object.keys(plain).filter((key) => !Object.hasOwn(schema.shape, key));
  if (keys.length > 0) issues.push({ code: "unrecognized_keys", keys, path: [], message: "", input: plain });
  // At once: V8 is slow with a map of many keys that grew one by one, and every check reads these.
  return issues.length > 0 ? { success: false, issues } : { success: true, data: Object.fromEntries(entries) };
}

function parseList<Schema extends z.ZodType>(
  { item, shell }: Extract<Plan, { kind: "list" }>,
  schema: Schema,
  plain: readonly unknown[],
): PartsResult<Schema> {
  const results = plain.map((each) => parseParts(item, each));
  const data = results.flatMap((result) => (result.success ? [result.data] : []));
  // What is wrong is told by the whole, in its own order.
  if (data.length < plain.length || !shell.safeParse(plain).success) return whole(schema, plain);
  return { success: true, data: data as z.output<Schema> };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
