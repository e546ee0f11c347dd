import type { StackName } from "../../fleet/model/stacks";
import { isMap, type PlainMap } from "../../language/plain-map";
import type { StackJson } from "../../synth/render-cluster";
import { stackContent } from "../resources/read-stack";

/** Part of a stack that has an address: a resource, data, an output, a variable, a provider, a local value or a setting. */
export interface Element {
  readonly body: PlainMap;
  /** Path of the construct of a resource; empty for others. */
  readonly path: string;
}

/** The elements of a stack, by their addresses. */
export type Elements = ReadonlyMap<string, Element>;

/** The elements of each stack, by their addresses. */
export type Rendered = ReadonlyMap<StackName, Elements>;

/** Returns the elements of rendered stacks. */
export function elementsOf(stacks: ReadonlyMap<StackName, StackJson>): Rendered {
  return new Map([...stacks].map(([name, json]) => [name, elementsIn(name, json)]));
}

function elementsIn(name: StackName, json: StackJson): Elements {
  const { backend, imports, moved, outputs, providers, resources, variables } = stackContent(name, json);
  const locals = isMap(json["locals"]) ? json["locals"] : {};
  const others = [
    ...prefixed("output", outputs),
    ...prefixed("variable", variables),
    ...Object.entries(providers).flatMap(([provider, each]) =>
      each.map((block) => [["provider", provider, ...aliasOf(block)].join("."), block] as const),
    ),
    ...prefixed("local", Object.fromEntries(Object.entries(locals).map(([key, value]) => [key, { value }]))),
    ...(backend === undefined ? [] : [[`backend.${backend.type}`, backend.settings] as const]),
    ...imports.map(({ id, to }) => [`import.${to}`, { id }] as const),
    ...moved.map(({ from, to }) => [`moved.${to}`, { from }] as const),
  ];
  return new Map([
    ...resources.map(({ address, body, meta, path }) => [address, { body: { ...body, ...meta }, path }] as const),
    ...others.map(([address, body]) => [address, { body, path: "" }] as const),
  ]);
}

function aliasOf({ alias }: PlainMap): readonly string[] {
  return typeof alias === "string" ? [alias] : [];
}

function prefixed(kind: string, blocks: Readonly<Record<string, PlainMap>>): [string, PlainMap][] {
  return Object.entries(blocks).map(([name, block]) => [`${kind}.${name}`, block]);
}
