import { ownValue } from "../language/plain-map";
import data from "./data/kubernetes-objects.json";

/** Where the list is from, and its day. */
export const OBJECTS_SOURCE = { source: data.source, date: data.date };

/** Type of a field: the name of another shape, or one of the words of `data/kubernetes-objects.json`. */
export type FieldType = string;

/** Fields of an object of Kubernetes or of a part of one. */
export interface Shape {
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldType>;
  readonly required: readonly string[];
}

const read = new Map<string, Shape>();

/** Returns a shape by its name, such as `core.v1.PodSpec`. */
export function shapeNamed(name: string): Shape | undefined {
  const known = read.get(name);
  const written: Readonly<Record<string, string>> | undefined =
    known === undefined ? ownValue(data.shapes as Readonly<Record<string, Record<string, string>>>, name) : undefined;
  if (written === undefined) return known;
  const keys = Object.keys(written);
  const nameOf = (key: string): string => key.replace(/!$/, "");
  const shape = {
    name: name.slice(name.lastIndexOf(".") + 1),
    fields: new Map(keys.map((key) => [nameOf(key), written[key] ?? ""])),
    required: keys.filter((key) => key.endsWith("!")).map(nameOf),
  };
  read.set(name, shape);
  return shape;
}

/** Returns the shape of a kind such as `apps/v1` `Deployment`; undefined for kinds that Kubernetes itself does not have. */
export function shapeOfKind(apiVersion: string, kind: string): Shape | undefined {
  const name = ownValue(data.kinds as Readonly<Record<string, string>>, `${apiVersion} ${kind}`);
  return name === undefined ? undefined : shapeNamed(name);
}
