import { z } from "zod";
import type { ListTree, MapTree, Path, Tree } from "../../language/yaml/tree";
import { childSchema, innermost, itemSchema, knownKeys } from "./introspect";
import { SHORTHAND_KEYS } from "./shorthand";

/** Returns `. Write …` with the right shape of a value of the wrong kind; empty if it is not known. */
export function shapeHint(schema: z.ZodType, tree: Tree, path: Path): string {
  const written = rightShape(innermost(schema), tree, path);
  return written === undefined ? "" : `. Write ${written}`;
}

function rightShape(schema: z.ZodType, tree: Tree, path: Path): string | undefined {
  if (tree.kind === "scalar" && (tree.value === null || tree.secret === true)) return undefined;
  if (schema instanceof z.ZodArray) return asList(schema, tree);
  if (schema instanceof z.ZodRecord) return asRecord(schema, tree);
  if (schema instanceof z.ZodObject) return asMap(schema, tree, path);
  if (tree.kind !== "list") return undefined;
  const [only, another] = tree.items;
  return only?.kind === "scalar" && another === undefined ? accepted(schema, only.value, only.text) : undefined;
}

function asList(schema: z.ZodType, tree: Tree): string | undefined {
  const item = itemSchema(schema);
  if (item === undefined || tree.kind === "list") return undefined;
  const keys = knownKeys(item);
  if (tree.kind === "scalar") {
    const taint = taintOf(item, tree.text);
    if (taint !== undefined) return `[${taint}]`;
    const words = tree.text.split(/,\s*|\s+/);
    return typeof tree.value === "string" && words.every((word) => item.safeParse(word).success)
      ? `[${words.join(", ")}]`
      : accepted(item, tree.value, `[${tree.text}]`);
  }
  const [first] = tree.entries.keys();
  if (first === undefined) return undefined;
  if (keys === undefined) return `[${[...tree.entries.keys()].join(", ")}]`;
  if (keys.includes(first)) return `"- " before ${first}, and indent the lines below as much`;
  return keys.includes("name") ? `"- name: ${first}", with its keys below` : undefined;
}

function accepted(schema: z.ZodType, value: unknown, text: string): string | undefined {
  return schema.safeParse(value).success ? text : undefined;
}

function asRecord(schema: z.ZodRecord, tree: Tree): string | undefined {
  if (tree.kind === "scalar") {
    const [key = "", ...value] = tree.text.split(/[=:]\s*/);
    return value.length === 1 ? `${key}: ${value[0]}` : undefined;
  }
  if (tree.kind !== "list") return undefined;
  const [first] = tree.items;
  const pair = first?.kind === "map" ? pairOf(first) : undefined;
  if (pair !== undefined) return `${pair} for each, without the dash`;
  if (first?.kind !== "scalar") return undefined;
  const [key, value] = first.text.split("=");
  if (value !== undefined) return `${key}: ${value} for each`;
  const accepts = (name: string): boolean => (schema.keyType as z.ZodType).safeParse(name).success;
  return accepts("us-east-1a") && !accepts("team")
    ? `each with its zone, such as us-east-1a: ${first.text}`
    : undefined;
}

/** `{ key: a, value: b }`, as AWS lists tags, is the entry `a: b`; and so is an item with one key. */
function pairOf({ entries }: MapTree): string | undefined {
  const text = (name: string): string | undefined => {
    const value = (entries.get(name) ?? entries.get(name.charAt(0).toUpperCase() + name.slice(1)))?.value;
    return value?.kind === "scalar" ? value.text : undefined;
  };
  const [key, value] = [text("key") ?? text("name"), text("value")];
  if (key !== undefined && value !== undefined) return `${key}: ${value}`;
  const [only, another] = [...entries];
  if (only === undefined || another !== undefined || only[1].value.kind !== "scalar") return undefined;
  return `${only[0]}: ${only[1].value.text}`;
}

function asMap(schema: z.ZodType, tree: Tree, path: Path): string | undefined {
  const [, section, addon] = path;
  if (tree.kind === "list") return listAsMap(schema, tree, path);
  if (tree.kind !== "scalar") return undefined;
  if (section === "addons" && path.length === 3 && typeof tree.value === "boolean")
    return `${addon}_enabled: ${tree.value}`;
  const taint = taintOf(schema, tree.text);
  if (taint !== undefined) return taint;
  if (typeof tree.value === "string" && knownKeys(schema)?.includes("name")) return `name: ${tree.text}`;
  const keys = (knownKeys(schema) ?? []).filter((key) => childSchema(schema, key)?.safeParse(tree.value).success);
  const [first, another] = keys.includes("enabled") ? ["enabled"] : keys;
  const size = keys.find((key) => key.startsWith("size"));
  if (size !== undefined) return `{ ${size}: ${tree.text} }`;
  return first !== undefined && another === undefined ? `{ ${first}: ${tree.text} }` : undefined;
}

function listAsMap(schema: z.ZodType, { items }: ListTree, path: Path): string | undefined {
  const keys = knownKeys(schema) ?? [];
  const [first] = items;
  if (first?.kind === "scalar") {
    const switched = `${first.text}_enabled`;
    return (SHORTHAND_KEYS[path.join(".")] ?? []).includes(switched) ? `${switched}: true for each` : undefined;
  }
  if (first?.kind === "map" && [...first.entries.keys()].every((key) => keys.includes(key)))
    return "its keys without the dash";
  return undefined;
}

/** Returns `a=b:NoSchedule`, as kubectl writes a taint, as a map; undefined if the schema is not a taint's or the text is none. */
function taintOf(schema: z.ZodType, text: string): string | undefined {
  const keys = knownKeys(schema) ?? [];
  const found = /^([^=:\s]+)(?:=([^:\s]*))?:(\w+)$/.exec(text);
  if (found === null || !keys.includes("effect") || !keys.includes("key")) return undefined;
  const [, key, value, effect] = found;
  return `{ key: ${key}, ${value ? `value: ${value}, ` : ""}effect: ${effect} }`;
}
