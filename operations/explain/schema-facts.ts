import { z } from "zod";
import { innermost } from "../../fleet/parse/introspect";
import { LISTS_WITH_DEFAULTS } from "../../fleet/parse/lists-with-defaults";
import { typeText } from "../../fleet/schema/type-text";
import { plainValue } from "../../language/yaml/plain-tree";
import { descend, type Path } from "../../language/yaml/tree";
import { schemaOf } from "./keys";
import type { OpenCluster } from "./open-cluster";
import type { SchemaFacts } from "./report";
import { shown } from "./shown";

/** Values of a longer list are not repeated. */
const MOST_ALLOWED = 40;

/** Returns the schema's facts about a key. */
export function schemaFacts(open: OpenCluster, path: Path): SchemaFacts {
  const schema = schemaOf(path);
  if (schema === undefined)
    return { description: "Passed on as it is written.", type: "any", allowed: [], required: false };
  const fallback = defaultOf(open, path);
  return {
    description: descriptionOf(schema),
    type: typeText(z.toJSONSchema(schema, { io: "input", target: "draft-7", unrepresentable: "any" }), text),
    allowed: allowedBy(schema),
    required: fallback === undefined && !schema.safeParse(undefined).success,
    ...(fallback !== undefined && { default: shown(fallback, path) }),
  };
}

const text = (value: unknown): string => (typeof value === "string" ? value || '""' : JSON.stringify(value));

/** The description of a schema, or of the schema inside optional, default and nullable wrappers. */
function descriptionOf(schema: z.ZodType): string {
  if (schema.description !== undefined) return schema.description;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return descriptionOf(schema.unwrap() as z.ZodType);
  return "";
}

function allowedBy(schema: z.ZodType): unknown[] {
  const inner = innermost(schema);
  const values =
    inner instanceof z.ZodEnum
      ? inner.options
      : inner instanceof z.ZodLiteral
        ? [...inner.values]
        : inner instanceof z.ZodUnion
          ? (inner.options as readonly z.ZodType[]).flatMap(allowedBy)
          : [];
  return values.length > MOST_ALLOWED ? [] : values;
}

/** Returns the value of `defaults.yaml` at a path. Items of some lists have their defaults in another key. */
function defaultOf({ layers }: OpenCluster, path: Path): unknown {
  const [root, list, index, ...rest] = path;
  if (root === "release" || root === "account") return undefined;
  const of = LISTS_WITH_DEFAULTS.find((each) => each.list === list)?.defaults;
  const at = root === "tfvars" && of !== undefined && typeof index === "number" ? ["tfvars", of, ...rest] : path;
  const { complete, tree } = descend(layers.defaults, at);
  return complete ? plainValue(tree) : undefined;
}
