type Json = Readonly<Record<string, unknown>>;

/**
 * Returns the incompatible changes in a new JSON Schema of an answer; nothing if it only adds. New properties, new values of an enumeration
 * and new kinds of maps in a list of alternatives are additions.
 */
export function breakingChanges(before: Json, after: Json, path = "the answer"): string[] {
  const [old, now] = [alternatives(before), alternatives(after)];
  if (old !== undefined || now !== undefined) return ofAlternatives(old ?? [before], now ?? [after], path);
  return [
    ...ofTypes(before, after, path),
    ...ofValues(before, after, path),
    ...ofProperties(before, after, path),
    ...ofChild("items", before, after, `${path}[]`),
    ...ofChild("additionalProperties", before, after, `${path}.*`),
  ];
}

function alternatives({ anyOf, oneOf }: Json): readonly Json[] | undefined {
  return (anyOf ?? oneOf) as readonly Json[] | undefined;
}

/**
 * Returns the changes in a list of alternatives. Each old form must remain, and a new form must be a map, because readers tell maps apart
 * by their properties.
 */
function ofAlternatives(before: readonly Json[], after: readonly Json[], path: string): string[] {
  const fits = (old: Json, now: Json): boolean => breakingChanges(old, now, path).length === 0;
  const lost = before.filter((old) => !after.some((now) => fits(old, now)));
  const strange = after.filter((now) => now["type"] !== "object" && !before.some((old) => fits(old, now)));
  return [
    ...(lost.length === 0 ? [] : [`${path} loses a form`]),
    ...(strange.length === 0 ? [] : [`${path} can have another type`]),
  ];
}

function ofTypes(before: Json, after: Json, path: string): string[] {
  const [old, now] = [typesOf(before), typesOf(after)];
  if (old.length === 0) return [];
  if (now.length > 0 && now.every((type) => old.includes(type) || (type === "integer" && old.includes("number"))))
    return [];
  return [`${path} was ${old.join(" or ")} and becomes ${now.join(" or ") || "anything"}`];
}

function typesOf({ type }: Json): readonly unknown[] {
  return type === undefined ? [] : [type].flat();
}

function ofValues(before: Json, after: Json, path: string): string[] {
  const [old, now] = [valuesOf(before), valuesOf(after)];
  if (old === undefined) return [];
  if (now === undefined) return [`${path} can have any value`];
  const lost = old.filter((value) => !now.includes(value));
  return lost.map((value) => `${path} loses the value ${JSON.stringify(value)}`);
}

function valuesOf(schema: Json): readonly unknown[] | undefined {
  if ("const" in schema) return [schema["const"]];
  return schema["enum"] as readonly unknown[] | undefined;
}

function ofProperties(before: Json, after: Json, path: string): string[] {
  const [old, now] = [propertiesOf(before), propertiesOf(after)];
  return Object.entries(old).flatMap(([name, schema]) => {
    const at = `${path}.${name}`;
    const changed = now[name];
    if (changed === undefined) return [`${at} disappears`];
    const optional = requiredOf(before).includes(name) && !requiredOf(after).includes(name);
    return [...(optional ? [`${at} can be absent`] : []), ...breakingChanges(schema, changed, at)];
  });
}

function propertiesOf(schema: Json): Readonly<Record<string, Json>> {
  return (schema["properties"] ?? {}) as Readonly<Record<string, Json>>;
}

function requiredOf(schema: Json): readonly string[] {
  return (schema["required"] ?? []) as readonly string[];
}

function ofChild(key: "items" | "additionalProperties", before: Json, after: Json, path: string): string[] {
  const [old, now] = [before[key], after[key]];
  return isSchema(old) ? breakingChanges(old, isSchema(now) ? now : {}, path) : [];
}

function isSchema(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}
