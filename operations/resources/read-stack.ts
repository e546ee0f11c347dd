import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, type PlainMap } from "../../language/plain-map";
import { compareText } from "../../language/problem";
import type { Mode, Resource, StackContent } from "./resource";

/** Arguments that Terraform itself reads, in every resource. */
const META = new Set(["connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"]);

/**
 * Returns the content of a stack.
 *
 * @param json the parsed `cdk.tf.json`
 */
export function stackContent(stack: string, json: PlainMap): StackContent {
  const terraform = mapAt(json, "terraform");
  const [backend] = Object.entries(mapAt(terraform, "backend"));
  return {
    stack,
    resources: [...resourcesIn(stack, "managed", json), ...resourcesIn(stack, "data", json)].sort((a, b) =>
      compareText(a.address, b.address),
    ),
    outputs: mapsIn(mapAt(json, "output")),
    variables: mapsIn(mapAt(json, "variable")),
    providers: Object.fromEntries(
      Object.entries(mapAt(json, "provider")).map(([name, configurations]) => [name, blocks(configurations)]),
    ),
    required_providers: mapsIn(mapAt(terraform, "required_providers")),
    backend: backend === undefined ? undefined : { type: backend[0], settings: blocks(backend[1])[0] ?? {} },
    moved: blocks(json["moved"]).map(({ from, to }) => ({ from: String(from), to: String(to) })),
    removed: blocks(json["removed"]).map(({ from, lifecycle }) => ({
      from: String(from),
      destroy: blocks(lifecycle)[0]?.["destroy"] !== false,
    })),
    imports: blocks(json["import"]).map(({ id, to }) => ({ to: String(to), id: String(id) })),
  };
}

/** Reads a stack's `cdk.tf.json`. */
export function readStack(stack: string, file: string): StackContent {
  const json: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isMap(json)) throw new Error(`${file} does not contain a JSON object`);
  return stackContent(stack, json);
}

/** Returns the path of a stack's file in an output folder such as `cdktf.out`. */
export function stackFile(output: string, stack: string): string {
  return join(output, "stacks", stack, "cdk.tf.json");
}

/** Returns the names of the stacks in an output folder, in their order. */
export function stacksIn(output: string): readonly string[] {
  const folder = join(output, "stacks");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((stack) => existsSync(stackFile(output, stack)))
    .sort(compareText);
}

function resourcesIn(stack: string, mode: Mode, json: PlainMap): Resource[] {
  const types = mapsIn(mapAt(json, mode === "managed" ? "resource" : "data"));
  return Object.entries(types).flatMap(([type, named]) =>
    Object.entries(mapsIn(named)).map(([name, block]) => {
      const comment = block["//"];
      const path = isMap(comment) ? mapAt(comment, "metadata")["path"] : undefined;
      return {
        address: `${mode === "data" ? "data." : ""}${type}.${name}`,
        stack,
        mode,
        type,
        name,
        path: typeof path === "string" ? path : "",
        ...argumentsOf(block),
      };
    }),
  );
}

/** Sorts the arguments of a resource into those for its provider and those for Terraform. */
function argumentsOf(block: PlainMap): Pick<Resource, "body" | "meta"> {
  const [body, meta]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}];
  for (const key of Object.keys(block)) if (key !== "//") (META.has(key) ? meta : body)[key] = block[key];
  return { body, meta };
}

function mapAt(map: PlainMap, key: string): PlainMap {
  const value = map[key];
  return isMap(value) ? value : {};
}

function mapsIn(map: PlainMap): Readonly<Record<string, PlainMap>> {
  if (Object.values(map).every(isMap)) return map as Readonly<Record<string, PlainMap>>;
  return Object.fromEntries(Object.entries(map).flatMap(([key, value]) => (isMap(value) ? [[key, value]] : [])));
}

/** Returns blocks, which Terraform's JSON has as one object or as a list of objects. */
function blocks(value: unknown): readonly PlainMap[] {
  return (Array.isArray(value) ? value : [value]).filter(isMap);
}
