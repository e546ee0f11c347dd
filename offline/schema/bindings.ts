import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ProviderName } from "./schema";

/**
 * One member of a struct in the generated TypeScript. A comment above every accessor has the flags; expressions of the accessor
 * and the mapper are kept as text for the deriver.
 */
export interface Member {
  readonly name: string;
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
  /** True if the doc comment in the interface contains "<name> block": no other place distinguishes a block from an attribute. */
  readonly documentedAsBlock: boolean;
  /** The accessor's `new Class(this, "name", isSet)`, if it has one. */
  readonly holder?: { readonly className: string; readonly isSet: boolean };
  /** Expression that the getter returns. */
  readonly getter?: string;
  readonly mapper?: {
    readonly value: string;
    readonly struct: boolean;
    readonly type: string;
    readonly storage: string;
  };
}

/** Declarations of one generated file by name, as source text. */
export interface Declarations {
  readonly interfaces: ReadonlyMap<string, string>;
  readonly classes: ReadonlyMap<string, string>;
  readonly functions: ReadonlyMap<string, string>;
}

const SOURCE_MAP = "sourceMappingURL=data:application/json;base64,";

/**
 * Returns the TypeScript source of a published .js. Compilation drops the flag comments above erased fields, and the .d.ts has
 * none, but the inline source map of each .js has the whole source.
 */
function originalSource(file: string): string {
  const text = readFileSync(file, "latin1");
  const start = text.lastIndexOf(SOURCE_MAP);
  if (start < 0) throw new Error(`${file} has no inline source map`);
  const map = JSON.parse(Buffer.from(text.slice(start + SOURCE_MAP.length).trim(), "base64").toString("utf8")) as {
    sourcesContent: string[];
  };
  return map.sourcesContent[0] ?? "";
}

/** Returns the file with the bindings of a type; undefined if the type has no bindings. */
export function bindingsFile(modules: string, provider: ProviderName, folder: string): string | undefined {
  const file = join(modules, "@cdktf", `provider-${provider}`, "lib", folder, "index.js");
  return existsSync(file) ? file : undefined;
}

/** Returns the whole generated source of a type; very large types have further files for their structs. */
export function readBindings(file: string): string {
  const shards = join(dirname(file), "index-structs");
  const structs = existsSync(shards) ? readdirSync(shards).filter((name) => /^structs\d+\.js$/.test(name)) : [];
  return [file, ...structs.map((name) => join(shards, name))].map(originalSource).join("\n");
}

/** Splits a generated source into its top-level declarations; the generator indents everything else. */
export function declarations(source: string): Declarations {
  const interfaces = new Map<string, string>();
  const classes = new Map<string, string>();
  const functions = new Map<string, string>();
  const pattern = /^export (?:(interface|class) (\w+)[^\n]*\{\n([\s\S]*?)^\}|function (\w+)\([^\n]*\n([\s\S]*?)^\})/gm;
  for (const [, kind, name = "", body = "", functionName = "", functionBody = ""] of source.matchAll(pattern)) {
    if (kind === "interface") interfaces.set(name, body);
    else if (kind === "class") classes.set(name, body);
    else functions.set(functionName, functionBody);
  }
  return { interfaces, classes, functions };
}

interface Documented {
  readonly optional: boolean;
  readonly isBlock: boolean;
}

function documented(body: string): Map<string, Documented> {
  const members = new Map<string, Documented>();
  for (const [, doc = "", optional] of body.matchAll(/\/\*\*\n([\s\S]*?)\*\/\n\s*readonly \w+(\??): /g)) {
    const name = /#([a-z0-9_]+) \w+#/.exec(doc)?.[1];
    if (name === undefined) continue;
    const firstLine = (doc.split("\n")[0] ?? "").replace(/^\s*\*?\s?/, "").trim();
    members.set(name, { optional: optional === "?", isBlock: firstLine === `${name} block` });
  }
  return members;
}

function mappers(body: string): Map<string, NonNullable<Member["mapper"]>> {
  const pattern =
    /^\s+([a-z0-9_]+): \{\n\s+value: ([^\n]*),\n\s+isBlock: (true|false),\n\s+type: "(\w+)",\n\s+storageClassType: "(\w+)",\n/gm;
  const found = new Map<string, NonNullable<Member["mapper"]>>();
  for (const [, name = "", value = "", struct, type = "", storage = ""] of body.matchAll(pattern)) {
    found.set(name, { value, struct: struct === "true", type, storage });
  }
  return found;
}

const ACCESSOR =
  /^ {2}\/\/ ([a-z0-9_]+) - computed: (true|false), optional: (true|false), required: (true|false)\n([\s\S]*?)(?=^ {2}\/\/ [a-z0-9_]+ - computed:|^ {2}\/\/ ====|(?![\s\S]))/gm;

/** Returns the members of a struct from its class, its mapper and its interface, as far as it has them. */
export function readMembers(classBody: string | undefined, mapperBody: string, interfaceBody: string): Member[] {
  const docs = documented(interfaceBody);
  const mapped = mappers(mapperBody);
  const common = (name: string) => {
    const mapper = mapped.get(name);
    return { name, documentedAsBlock: docs.get(name)?.isBlock ?? false, ...(mapper !== undefined && { mapper }) };
  };
  if (classBody === undefined) {
    // The structs of a provider's configuration have no class, because no program reads them.
    return [...docs].map(([name, { optional }]) => ({
      ...common(name),
      computed: false,
      optional,
      required: !optional,
    }));
  }
  return [...classBody.matchAll(ACCESSOR)].map(([, name = "", computed, optional, required, body = ""]) => {
    const held = /private _\w+ = new ([\w.]+)\(this, "[^"]+"(?:, (true|false))?\)/.exec(body);
    const getter = /return ([^\n]*);/.exec(body)?.[1];
    return {
      ...common(name),
      computed: computed === "true",
      optional: optional === "true",
      required: required === "true",
      ...(held !== null && { holder: { className: held[1] ?? "", isSet: held[2] === "true" } }),
      ...(getter !== undefined && { getter }),
    };
  });
}
