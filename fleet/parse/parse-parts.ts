import { z } from "zod";
import { LaidEntries, type ListTree, type MapTree, type Source, type Tree } from "../../language/yaml/tree";
import { isTakenAway, plainValue } from "./values";

type Issue = z.core.$ZodIssue;

export type PartsResult<Schema extends z.ZodType> =
  | { readonly success: true; readonly data: z.output<Schema> }
  | { readonly success: false; readonly issues: readonly Issue[] };

interface Result {
  /** The value; of a map with issues, what is right of it, and undefined in the places of the rest. */
  readonly data: unknown;
  readonly issues: readonly Issue[];
  /** Keys of a map that have issues. */
  readonly refused: readonly string[];
}

/**
 * Results by schema and tree. Most of a cluster comes from its layers, the same trees in every cluster: parsed once, they cost
 * neither time nor memory again.
 */
const parsed = new WeakMap<z.ZodType, WeakMap<Tree, Result>>();

function parsedBy(schema: z.ZodType): WeakMap<Tree, Result> {
  const known = parsed.get(schema) ?? new WeakMap<Tree, Result>();
  parsed.set(schema, known);
  return known;
}

/** Results of one file, which no other file shares. They are kept apart, because V8 is slow to remove the keys of a WeakMap. */
export class OwnParts {
  readonly parsed = new Map<Tree, { readonly schema: z.ZodType; readonly result: Result }>();

  constructor(readonly source: Source) {}
}

/**
 * `safeParse` of a tree's plain value, with the same result and issues, that parses nothing twice: neither a part that several
 * trees share, nor what a map leaves as it is in the map that it lies over.
 *
 * @param own remembers what is in one file, for further trees of this file
 */
export function parseParts<Schema extends z.ZodType>(schema: Schema, tree: Tree, own?: OwnParts): PartsResult<Schema> {
  const { data, issues } = parse(schema, tree, own);
  return issues.length > 0 ? { success: false, issues } : { success: true, data: data as z.output<Schema> };
}

function parse(schema: z.ZodType, tree: Tree, own: OwnParts | undefined): Result {
  if (tree.kind === "scalar") return whole(schema, tree.value);
  if (own !== undefined && tree.source === own.source) {
    const before = own.parsed.get(tree);
    if (before?.schema === schema) return before.result;
    const result = byKind(schema, tree, own);
    own.parsed.set(tree, { schema, result });
    return result;
  }
  const known = parsedBy(schema);
  const result = known.get(tree) ?? byKind(schema, tree, own);
  known.set(tree, result);
  return result;
}

function byKind(schema: z.ZodType, tree: MapTree | ListTree, own: OwnParts | undefined): Result {
  const plan = planOf(schema);
  if (plan?.kind === "map" && tree.kind === "map") return parseMap(plan, schema, tree, own);
  if (plan?.kind === "list" && tree.kind === "list") return parseList(plan, schema, tree, own);
  return whole(schema, plainValue(tree, schema));
}

const NOTHING: readonly never[] = [];

/** Number of values after which zod compiles schemas to parse with them. Compiling takes as long as some hundred values do. */
const COMPILED_FROM = 5000;
let times = 0;

function safeParse<Schema extends z.ZodType>(schema: Schema, plain: unknown): z.ZodSafeParseResult<z.output<Schema>> {
  times += 1;
  return schema.safeParse(plain, { jitless: times < COMPILED_FROM });
}

function whole(schema: z.ZodType, plain: unknown): Result {
  const { success, data, error } = safeParse(schema, plain);
  return { data, issues: success ? NOTHING : error.issues, refused: NOTHING };
}

/** The parts of a schema that are parsed separately. */
type Plan =
  | {
      readonly kind: "map";
      readonly shape: ReadonlyMap<string, { readonly schema: z.ZodType; readonly part: boolean }>;
      /** Keys of maps and lists, each a part. */
      readonly parts: readonly string[];
      /** Everything else, parsed at once: key by key costs more than all of them together. */
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
  if (children.filter(([, child]) => child instanceof z.ZodObject).length < 1) return undefined;
  const shape = new Map(children.map(([key, child]) => [key, { schema: child, part: mayHold(child) }]));
  return {
    kind: "map",
    shape,
    parts: children.filter(([, child]) => mayHold(child)).map(([key]) => key),
    leaves: z.object(Object.fromEntries(children.filter(([, child]) => !mayHold(child)))),
  };
}

/** True if a value of the schema may be a map or a list. */
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

type MapPlan = Extract<Plan, { kind: "map" }>;
type Entries = MapTree["entries"];

/** A map that changes more than this share of the one below it is parsed as a whole: leaves are cheaper together. */
const MOST_CHANGED = 1 / 4;

function parseMap(plan: MapPlan, schema: z.ZodType, { entries }: MapTree, own: OwnParts | undefined): Result {
  if (!(entries instanceof LaidEntries) || entries.changed.size > entries.size * MOST_CHANGED)
    return parseEntries(plan, entries, own);
  const below = parse(schema, entries.under, own);
  const keys = new Set([...below.refused, ...entries.changed.keys()]);
  const { values, absent, issues, refused } = parseKeys(plan, entries, keys, own);
  const data: Record<string, unknown> = { ...(below.data as object) };
  for (const [key, value] of values) data[key] = value;
  for (const key of absent) delete data[key];
  return { data, issues, refused };
}

function parseEntries(plan: MapPlan, entries: Entries, own: OwnParts | undefined): Result {
  const plain: [string, unknown][] = [];
  const others = [...plan.parts];
  for (const [key, { value }] of entries) {
    const known = plan.shape.get(key);
    if (known === undefined) others.push(key);
    else if (!known.part && !isTakenAway(value, known.schema)) plain.push([key, plainValue(value, known.schema)]);
  }
  const leaves = safeParse(plan.leaves, Object.fromEntries(plain));
  const keys = leaves.success ? others : [...Object.keys(plan.leaves.shape), ...others];
  const { values, issues, refused } = parseKeys(plan, entries, keys, own);
  // At once: V8 is slow with a map of many keys that grew one by one, and every check reads these.
  return { data: Object.fromEntries([...Object.entries(leaves.data ?? {}), ...values]), issues, refused };
}

interface ParsedKeys extends Pick<Result, "issues" | "refused"> {
  /** Undefined for a value with issues: it keeps its position, so that a map that lies over it adds no key. */
  readonly values: readonly (readonly [key: string, value: unknown])[];
  /** Keys that may be left out, and are. */
  readonly absent: readonly string[];
}

function parseKeys(
  { shape }: MapPlan,
  entries: Entries,
  keys: Iterable<string>,
  own: OwnParts | undefined,
): ParsedKeys {
  const values: [string, unknown][] = [];
  const absent: string[] = [];
  const issues: Issue[] = [];
  const refused: string[] = [];
  const unknown: string[] = [];
  for (const key of keys) {
    const schema = shape.get(key)?.schema;
    if (schema === undefined) {
      unknown.push(key);
      continue;
    }
    const tree = entries.get(key)?.value;
    const there = tree !== undefined && !isTakenAway(tree, schema);
    const result = there ? parse(schema, tree, own) : whole(schema, undefined);
    const right = result.issues.length === 0;
    if (right && result.data === undefined) absent.push(key);
    else values.push([key, right ? result.data : undefined]);
    if (right) continue;
    refused.push(key);
    for (const issue of result.issues) issues.push({ ...issue, path: [key, ...issue.path] });
  }
  if (unknown.length > 0) issues.push({ code: "unrecognized_keys", keys: unknown, path: [], message: "", input: {} });
  return { values, absent, issues, refused: [...refused, ...unknown] };
}

function parseList(
  { item, shell }: Extract<Plan, { kind: "list" }>,
  schema: z.ZodType,
  list: ListTree,
  own: OwnParts | undefined,
): Result {
  const data: unknown[] = [];
  for (const each of list.items) {
    const result = parse(item, each, own);
    if (result.issues.length === 0) data.push(result.data);
  }
  // Parsing the whole list reports the issues in its own order.
  if (data.length < list.items.length || !safeParse(shell, data).success)
    return whole(schema, plainValue(list, schema));
  return { data, issues: NOTHING, refused: NOTHING };
}
