type Json = { readonly [key: string]: unknown };

/**
 * Returns the type of a value as people read it: `whole number 1 to 10`, `list of text`.
 *
 * @param code how a value is written
 */
export function typeText(schema: Json, code: (value: unknown) => string): string {
  const alternatives = (schema["anyOf"] ?? schema["oneOf"]) as readonly Json[] | undefined;
  if (alternatives !== undefined) return [...new Set(alternatives.map((each) => typeText(each, code)))].join(" or ");
  if (Array.isArray(schema["type"]))
    return (schema["type"] as unknown[]).map((type) => typeText({ ...schema, type }, code)).join(" or ");
  if (schema["const"] !== undefined) return code(schema["const"]);
  if (Array.isArray(schema["enum"])) return (schema["enum"] as unknown[]).map(code).join(", ");
  switch (schema["type"]) {
    case "array":
      return `list of ${typeText((schema["items"] ?? {}) as Json, code)}`;
    case "boolean":
      return "true, false";
    case "integer":
    case "number":
      return `${schema["type"] === "integer" ? "whole number" : "number"}${rangeText(schema)}`;
    case "null":
      return "null";
    case "object":
      return "map";
    case "string":
      return "text";
    default:
      return "any";
  }
}

function rangeText(schema: Json): string {
  const { minimum, maximum } = schema as { minimum?: number; maximum?: number };
  // JSON Schema's bounds of exact integers in JavaScript do not help a reader.
  const low = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? undefined : minimum;
  const high = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (low !== undefined && high !== undefined) return ` ${low} to ${high}`;
  if (low !== undefined) return ` from ${low}`;
  return high === undefined ? "" : ` up to ${high}`;
}
