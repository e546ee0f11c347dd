import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";

/** File that replaces remote state with local state, and waits with nothing. Terraform merges `*_override.tf.json` over all other files. */
export const OVERRIDE_FILE = "offline_override.tf.json";

type Json = Record<string, unknown>;

/** A stack, and the folders of its state and its copy. */
export interface OfflineStackOptions {
  /** Folder of a synthesized stack, such as cdktf.out/stacks/<name>. It is not changed. */
  readonly stackDirectory: string;
  /** Folder that gets the copy, in a folder with the stack's name. */
  readonly workDirectory: string;
  /** Folder of the state of all stacks that read each other's state. */
  readonly stateDirectory: string;
}

/** A stack that runs without its backend. */
export interface OfflineStack {
  readonly directory: string;
  /** File to which Terraform writes the stack's state. */
  readonly stateFile: string;
}

function objects(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objects);
  return typeof value === "object" && value !== null ? [value as Json] : [];
}

/**
 * Returns the name of a backend's state. The path of a local backend counts from the common folder of the stacks, so that
 * `terraform.tfstate` of two stacks stays two files. Of a path outside of that folder only the file's name counts.
 */
function keyOf(config: Json, stack: string, otherwise: string): string {
  for (const name of ["key", "prefix"]) if (typeof config[name] === "string") return config[name];
  if (typeof config["path"] !== "string") return otherwise;
  const among = relative(dirname(stack), resolve(stack, config["path"]));
  return among.startsWith("..") || isAbsolute(among) ? basename(among) : among;
}

function configurations(directory: string): Json[] {
  const files = readdirSync(directory).filter((name) => name.endsWith(".tf.json") && name !== OVERRIDE_FILE);
  if (files.length === 0)
    throw new Error(`${directory} is not a synthesized stack: it has no *.tf.json. Run make synth`);
  return files.flatMap((name) => {
    const file = join(directory, name);
    try {
      return objects(JSON.parse(readFileSync(file, "utf8")));
    } catch (error) {
      throw new Error(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
    }
  });
}

/** Commands that only wait. */
const WAIT = /^sleep \d+$/;

/** Returns the resources that wait for AWS, without their waits: the simulated cloud is consistent at once. */
function withoutWaits(documents: readonly Json[]): Record<string, Json> {
  const resources = documents.flatMap((document) => objects(document["resource"]));
  const all = resources.flatMap((each) => objects(each["terraform_data"])).flatMap((each) => Object.entries(each));
  const waits = all.filter(([, blocks]) =>
    objects(blocks)
      .flatMap((block) => objects(block["provisioner"]))
      .flatMap((provisioner) => objects(provisioner["local-exec"]))
      .some(({ command }) => WAIT.test(String(command))),
  );
  return Object.fromEntries(waits.map(([name]) => [name, { provisioner: [{ "local-exec": { command: ":" } }] }]));
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
  const waits = withoutWaits(documents);
  const json = {
    terraform: { backend: { local: { path: stateFile } } },
    ...(Object.keys(remote).length > 0 && { data: { terraform_remote_state: remote } }),
    ...(Object.keys(waits).length > 0 && { resource: { terraform_data: waits } }),
  };
  return { json, stateFile };
}

/** Writes the override into a stack's own directory, for tools that only run there (`cdktf deploy --skip-synth`). */
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
 * Copies a stack with its assets into a folder with its name, and returns that folder. The files of an earlier `init` are not copied;
 * those of the copy itself stay.
 */
export function copyStack(stackDirectory: string, workDirectory: string): string {
  const source = resolve(stackDirectory);
  const directory = join(resolve(workDirectory), basename(source));
  if (directory === source)
    throw new Error(
      `workDirectory is the folder of ${source}, so the copy would overwrite the original. Use another folder`,
    );
  mkdirSync(directory, { recursive: true });
  for (const name of readdirSync(directory)) {
    // The copy's own .terraform and lock file are still right, and save an `init`.
    if (!name.startsWith(".terraform")) rmSync(join(directory, name), { recursive: true, force: true });
  }
  for (const name of readdirSync(source)) {
    if (name.startsWith(".terraform") || name === OVERRIDE_FILE || !existsSync(join(source, name))) continue;
    cpSync(join(source, name), join(directory, name), { recursive: true, dereference: true });
  }
  return directory;
}

/**
 * Copies a stack with its assets, and writes the override beside it. The files of an earlier `init` are not copied, because
 * its backend and its lock file belong to the real providers. Updates an existing copy.
 */
export function prepareOfflineStack({
  stackDirectory,
  workDirectory,
  stateDirectory,
}: OfflineStackOptions): OfflineStack {
  const directory = copyStack(stackDirectory, workDirectory);
  return overrideStackInPlace({ stackDirectory: directory, stateDirectory });
}
