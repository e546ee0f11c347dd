import { type FieldType, type Shape, shapeNamed, shapeOfKind } from "../../../aws/kubernetes-objects";
import { isMap } from "../../../language/plain-map";
import { didYouMean, listed } from "../../../language/suggest";
import type { Path } from "../../../language/yaml/tree";
import type { WrittenObject } from "../../addons/manifests";
import type { Finding } from "../../rules/finding";

/** Helm compares each object with the schema of its kind, and installs nothing if a field does not fit. */
export function knownFields(object: WrittenObject): Finding[] {
  const shape = shapeOfKind(String(object["apiVersion"]), String(object["kind"]));
  return shape === undefined ? [] : fieldsOf(shape, object, []);
}

function fieldsOf(shape: Shape, value: unknown, path: Path): Finding[] {
  if (!isMap(value)) return [mistyped("a map of fields", value, path)];
  const missing = shape.required.filter((field) => value[field] === undefined);
  return [
    ...(missing.length === 0 ? [] : [lacking(missing, shape, path)]),
    ...Object.entries(value).flatMap(([field, each]): Finding[] => {
      const type = shape.fields.get(field);
      const at = [...path, field];
      if (type !== undefined) return misfits(type, each, at);
      const names = [...shape.fields.keys()];
      return [{ path: at, message: `is not a field of ${shape.name}${didYouMean(field, names) || ". Remove it"}` }];
    }),
  ];
}

function lacking(fields: readonly string[], { name }: Shape, path: Path): Finding {
  return { path, message: `requires ${listed(fields)}, as every ${name}. Add ${fields.length === 1 ? "it" : "them"}` };
}

/** A quantity with the suffixes of Kubernetes, or an exponent (`resource.Quantity`). */
const QUANTITY = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

const SIMPLE: Readonly<Record<string, { readonly what: string; readonly fits: (value: unknown) => boolean }>> = {
  any: { what: "any value", fits: () => true },
  boolean: { what: "true or false", fits: (value) => typeof value === "boolean" },
  integer: { what: "a whole number", fits: Number.isInteger },
  "integer or text": {
    what: "a whole number or text",
    fits: (value) => typeof value === "string" || Number.isInteger(value),
  },
  number: { what: "a number", fits: (value) => typeof value === "number" },
  quantity: {
    what: "a quantity of Kubernetes, such as 500m or 2Gi",
    fits: (value) => (typeof value === "string" || typeof value === "number") && QUANTITY.test(String(value)),
  },
  text: { what: "text", fits: (value) => typeof value === "string" },
};

function misfits(type: FieldType, value: unknown, path: Path): Finding[] {
  if (value === null) return [];
  if (type.startsWith("[]")) {
    if (!Array.isArray(value)) return [mistyped("a list", value, path)];
    return value.flatMap((each: unknown, index) => misfits(type.slice(2), each, [...path, index]));
  }
  if (type.startsWith("{}")) {
    if (!isMap(value)) return [mistyped("a map", value, path)];
    return Object.entries(value).flatMap(([key, each]) => misfits(type.slice(2), each, [...path, key]));
  }
  if (type.startsWith("#")) {
    const shape = shapeNamed(type.slice(1));
    return shape === undefined ? [] : fieldsOf(shape, value, path);
  }
  const [name = "", choices] = type.startsWith("text ") ? ["text", type.slice("text ".length).split("|")] : [type];
  const simple = SIMPLE[name];
  if (simple === undefined) return [];
  if (!simple.fits(value)) return [mistyped(simple.what, value, path)];
  if (choices === undefined || value === "" || choices.some((choice) => choice === value)) return [];
  return [{ path, message: `must be one of ${listed(choices)}, but is ${String(value)}` }];
}

function mistyped(what: string, value: unknown, path: Path): Finding {
  const remedy = what === "text" && !isMap(value) && !Array.isArray(value) ? ". Write it in quotes" : "";
  const is = isMap(value) ? "a map" : Array.isArray(value) ? "a list" : JSON.stringify(value);
  return { path, message: `must be ${what}, but is ${is}${remedy}` };
}
