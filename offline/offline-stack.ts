import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";

/** The file that turns remote state into local state; Terraform merges `*_override.tf.json` over everything else. */
export const OVERRIDE_FILE = "offline_override.tf.json";

type Json = Record<string, unknown>;

/** Which stack, and where its state and its copy go. */
export interface OfflineStackOptions {
  /** A synthesized stack, such as cdktf.out/stacks/<name>; it is only read. */
  readonly stackDirectory: string;
  /** The copy is made in a folder of the stack's name in here. */
  readonly workDirectory: string;
  /** Shared by all stacks that read each other's state. */
  readonly stateDirectory: string;
}

/** A stack that Terraform can run without its backend. */
export interface OfflineStack {
  readonly directory: string;
  /** Where Terraform writes the stack's state. */
  readonly stateFile: string;
}

function objects(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objects);
  return typeof value === "object" && value !== null ? [value as Json] : [];
}

/**
 * What a backend calls its state. A local one has a path: one among the stacks is kept as it is seen from their common
 * folder, so that `terraform.tfstate` of two stacks stays two files; of any other only the file's name is kept.
 */
function keyOf(config: Json, stack: string, otherwise: string): string {
  for (const name of ["key", "prefix"]) if (typeof config[name] === "string") return config[name];
  if (typeof config["path"] !== "string") return otherwise;
  const among = relative(dirname(stack), resolve(stack, config["path"]));
  return among.startsWith("..") || isAbsolute(among) ? basename(among) : among;
}

function configurations(directory: string): Json[] {
  const files = readdirSync(directory).filter((name) => name.endsWith(".tf.json") && name !== OVERRIDE_FILE);
  if (files.length === 0) throw new Error(`${directory} holds no *.tf.json: it is not a synthesized stack`);
  return files.flatMap((name) => {
    const file = join(directory, name);
    try {
      return objects(JSON.parse(readFileSync(file, "utf8")));
    } catch (error) {
      throw new Error(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
    }
  });
}

function override(directory: string, stateDirectory: string): { readonly json: Json; readonly stateFile: string } {
  const states = resolve(stateDirectory);
  const stack = resolve(directory);
  const documents = configurations(directory);
  const backends = documents
    .flatMap((document) => objects(document["terraform"]))
    .flatMap((terraform) => objects(terraform["backend"]))
    .flatMap((backend) => Object.values(backend).flatMap(objects));
  const stateFile = join(states, keyOf(backends[0] ?? {}, stack, `${basename(stack)}.tfstate`));
  const remote: Record<string, Json> = {};
  for (const data of documents.flatMap((document) => objects(document["data"]))) {
    for (const [name, blocks] of objects(data["terraform_remote_state"]).flatMap((each) => Object.entries(each))) {
      const [config = {}] = objects(objects(blocks)[0]?.["config"]);
      remote[name] = { backend: "local", config: { path: join(states, keyOf(config, stack, `${name}.tfstate`)) } };
    }
  }
  const json = {
    terraform: { backend: { local: { path: stateFile } } },
    ...(Object.keys(remote).length === 0 ? {} : { data: { terraform_remote_state: remote } }),
  };
  return { json, stateFile };
}

/** Writes the override into a stack's own directory, for tools that insist on running there (`cdktf deploy --skip-synth`). */
export function overrideStackInPlace({
  stackDirectory,
  stateDirectory,
}: Omit<OfflineStackOptions, "workDirectory">): OfflineStack {
  const directory = resolve(stackDirectory);
  const { json, stateFile } = override(directory, stateDirectory);
  mkdirSync(resolve(stateDirectory), { recursive: true });
  writeFileSync(join(directory, OVERRIDE_FILE), `${JSON.stringify(json, null, 2)}\n`);
  return { directory, stateFile };
}

/**
 * Copies a stack, assets and all, and puts the override beside it. What an earlier `init` left in the original stays
 * there: its backend and its lock file are of the real providers. A copy made before is brought up to date.
 */
export function prepareOfflineStack({
  stackDirectory,
  workDirectory,
  stateDirectory,
}: OfflineStackOptions): OfflineStack {
  const source = resolve(stackDirectory);
  const directory = join(resolve(workDirectory), basename(source));
  if (directory === source) throw new Error(`the copy of ${source} would be the original`);
  mkdirSync(directory, { recursive: true });
  for (const name of readdirSync(directory)) {
    // .terraform and the lock file are the copy's own and still right, and spare an `init`.
    if (!name.startsWith(".terraform")) rmSync(join(directory, name), { recursive: true, force: true });
  }
  for (const name of readdirSync(source)) {
    if (name.startsWith(".terraform") || name === OVERRIDE_FILE || !existsSync(join(source, name))) continue;
    cpSync(join(source, name), join(directory, name), { recursive: true, dereference: true });
  }
  return overrideStackInPlace({ stackDirectory: directory, stateDirectory });
}
