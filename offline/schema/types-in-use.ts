import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { bindingsFile } from "./bindings";
import { PROVIDERS, type ProviderName } from "./schema";

/** Types by provider; a data source is written `data.<type>`. */
export type TypesInUse = Readonly<Record<ProviderName, ReadonlySet<string>>>;

/** Folders to skip: they have copies of other configurations, or no configuration. */
const SKIPPED = new Set(["node_modules", ".git"]);

/** Sources of local modules, in HCL or JSON. */
const LOCAL_MODULE = /"?\bsource"?\s*[=:]\s*"(\.\.?\/[^"]*)"/g;

function emptyTypes(): Record<ProviderName, Set<string>> {
  return { aws: new Set(), kubernetes: new Set(), helm: new Set() };
}

/** Returns the provider of a type, by the first word of its name, as Terraform does. */
export function providerOf(type: string): ProviderName | undefined {
  const word = type.replace(/^data\./, "").split("_")[0];
  return PROVIDERS.find((provider) => provider === word);
}

function* configurationFiles(path: string): Generator<string> {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    // In the files of `terraform init`, only fetched modules have configurations.
    if (entry.isDirectory() && entry.name === ".terraform") yield* configurationFiles(join(child, "modules"));
    else if (entry.isDirectory() && !SKIPPED.has(entry.name)) yield* configurationFiles(child);
    else if (entry.isFile() && (entry.name.endsWith(".tf.json") || entry.name.endsWith(".tf"))) yield child;
  }
}

function keysOf(section: unknown): string[] {
  // Terraform's JSON accepts a list of objects wherever it accepts an object.
  if (Array.isArray(section)) return section.flatMap(keysOf);
  return typeof section === "object" && section !== null ? Object.keys(section) : [];
}

function typesInFile(file: string, text: string): string[] {
  if (file.endsWith(".tf")) {
    // A scan, not a parse: a type that only a comment names costs nothing but some bytes of schema.
    return [...text.matchAll(/^\s*(resource|data)\s+"(\w+)"/gm)].map(([, kind, type = ""]) =>
      kind === "data" ? `data.${type}` : type,
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return []; // Terraform reports what is wrong in the file
  }
  const documents = (Array.isArray(json) ? json : [json]) as Record<string, unknown>[];
  return documents.flatMap((document) => [
    ...keysOf(document?.["resource"]),
    ...keysOf(document?.["data"]).map((type) => `data.${type}`),
  ]);
}

/** Returns the types that the configurations in folders or files, and their local modules, use. */
export function typesInUse(paths: readonly string[]): TypesInUse {
  const types = emptyTypes();
  const seen = new Set<string>();
  const pending = [...paths];
  for (let path = pending.shift(); path !== undefined; path = pending.shift()) {
    for (const file of configurationFiles(path)) {
      if (seen.has(resolve(file))) continue;
      seen.add(resolve(file));
      const text = readFileSync(file, "utf8");
      for (const type of typesInFile(file, text)) addType(types, type);
      for (const [, module = ""] of text.matchAll(LOCAL_MODULE)) pending.push(join(dirname(file), module));
    }
  }
  return types;
}

/** Groups a list of types by their providers. */
export function typesFromList(list: readonly string[]): TypesInUse {
  const types = emptyTypes();
  for (const type of list) addType(types, type);
  return types;
}

function addType(types: Record<ProviderName, Set<string>>, type: string): void {
  const provider = providerOf(type);
  if (provider !== undefined) types[provider].add(type);
}

/** Returns every type of the installed bindings, about 2,300. Reading all of them takes seconds. */
export function allTypes(modules: string): TypesInUse {
  const types = emptyTypes();
  for (const provider of PROVIDERS) {
    const file = bindingsFile(modules, provider, "provider");
    if (file === undefined) continue;
    for (const entry of readdirSync(join(file, "..", ".."), { withFileTypes: true })) {
      if (!entry.isDirectory() || entry.name === "provider") continue;
      const name = entry.name.replaceAll("-", "_");
      types[provider].add(name.startsWith("data_") ? `data.${name.slice("data_".length)}` : `${provider}_${name}`);
    }
  }
  return types;
}
