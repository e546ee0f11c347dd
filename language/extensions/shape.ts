import { z } from "zod";
import type { Problem } from "../problem";
import { extensionProblem } from "./find";

/** A function, in the shape of an extension. */
export const callable = z.custom<(...values: never[]) => unknown>(
  (value) => typeof value === "function",
  "must be a function",
);

/** A schema of options, in the shape of an extension. */
export const optionsSchema = z.custom<z.ZodObject>(
  (value) => value instanceof z.ZodObject,
  "must be a zod object, such as z.strictObject({ … })",
);

/** Returns the keys in which the default export of an extension differs from its contract. */
export function shapeProblems(file: string, { issues }: z.ZodError): Problem[] {
  return issues.map(({ message, path }) => {
    const key = path.length === 0 ? "the default export" : path.map(String).join(".");
    return extensionProblem(file, `${key}: ${words(message)}`);
  });
}

const NAMES: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  object: "a map",
  string: "a text",
  undefined: "missing",
};

/** zod's message about a type, as the program's own messages are written. */
function words(message: string): string {
  const [, expected, received] = /expected (\w+), received (\w+)$/.exec(message) ?? [];
  if (expected === undefined || received === undefined) return message;
  return `must be ${NAMES[expected] ?? expected}, but is ${NAMES[received] ?? received}`;
}
