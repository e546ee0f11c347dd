import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { loadSchemas } from "./load-schemas";
import type { Failure, FailureSource } from "./provider/failures";
import { fileOfType } from "./schema/derive";
import { allTypes, providerOf, type TypesInUse, typesFromList, typesInUse } from "./schema/types-in-use";
import { pluginMethods } from "./server/methods";
import { closer, listen, removeSockets, socketDirectory } from "./server/sockets";
import { Store } from "./store/store";
import { createGrpcServer } from "./wire/grpc";

/** Types to serve: the types that configurations use, listed types, or all types. */
export interface TypeSelection {
  /** Folders or files in which to find types. */
  readonly stacks?: readonly string[];
  /** Names of types; a data source is written `data.aws_region`. */
  readonly types?: readonly string[];
  readonly all?: boolean;
}

/** Settings of the simulated providers. */
export interface OfflineOptions extends TypeSelection {
  /** Folder of the simulated cloud; created if it does not exist. */
  readonly storeDirectory: string;
  readonly failures?: readonly Failure[];
  /** JSON file of failures, read on every call. It need not exist yet. */
  readonly failuresFile?: string | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

/** Running providers. */
export interface OfflineProviders {
  /** Variables to add to Terraform's environment. */
  readonly env: Record<string, string>;
  close(): Promise<void>;
}

/** Returns the node_modules folder with the bindings, in this program's folder or above it. */
export function findModules(start: string = __dirname): string {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const modules = join(folder, "node_modules");
    if (existsSync(join(modules, "@cdktf", "provider-aws"))) return modules;
    if (folder === dirname(folder))
      throw new Error(`@cdktf/provider-aws is not installed in ${start} or in a folder above it. Run npm ci`);
  }
}

/**
 * Returns the types of a selection and of the resources that exist. Without the schema of a type, Terraform cannot read its
 * resources from the state, and so cannot destroy a resource that the configuration no longer contains.
 */
export function selectTypes(modules: string, selection: TypeSelection, store: Store): TypesInUse {
  const { stacks = [], types = [], all = false } = selection;
  if (all) return allTypes(modules);
  const found = typesInUse(stacks);
  const listed = typesFromList([...types, ...store.types()]);
  return {
    aws: new Set([...found.aws, ...listed.aws]),
    kubernetes: new Set([...found.kubernetes, ...listed.kubernetes]),
    helm: new Set([...found.helm, ...listed.helm]),
  };
}

/** True if the bindings have a type; a data source is written `data.aws_region`. */
export function hasType(modules: string, type: string): boolean {
  const provider = providerOf(type);
  return provider !== undefined && fileOfType(modules, provider, type) !== undefined;
}

/** Returns the variables that every way of attaching requires. They exclude the user's own set-up and the network. */
export function quietEnvironment(cliConfigFile: string): Record<string, string> {
  return {
    TF_CLI_CONFIG_FILE: cliConfigFile,
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
    // Several `init` at the same time corrupt a cache, and cdktf would leave links to these providers in it.
    TF_PLUGIN_CACHE_DIR: "",
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    // Terraform itself takes most of the time of an offline run: this saves a quarter of it for tens of megabytes of memory.
    GOGC: "400",
  };
}

/** Counts calls in memory, from 1 after each start of the servers. */
function counter(): (what: string) => number {
  const counts = new Map<string, number>();
  return (what) => {
    const count = (counts.get(what) ?? 0) + 1;
    counts.set(what, count);
    return count;
  };
}

/**
 * Serves aws, kubernetes and helm from this process, so that Terraform can attach to them. Start Terraform with an asynchronous
 * spawn: the process must not block while Terraform runs.
 */
export async function startOfflineProviders(options: OfflineOptions): Promise<OfflineProviders> {
  const modules = findModules();
  mkdirSync(options.storeDirectory, { recursive: true });
  const store = new Store(resolve(options.storeDirectory));
  const schemas = loadSchemas(modules, selectTypes(modules, options, store));
  const failures: FailureSource = {
    failures: options.failures ?? [],
    file: options.failuresFile,
    count: counter(),
  };
  const directory = socketDirectory();
  const cliConfigFile = join(directory, "empty.tfrc");
  writeFileSync(cliConfigFile, "");
  const attached: Record<string, object> = {};
  const closers: (() => Promise<void>)[] = [];
  for (const schema of schemas) {
    const server = createGrpcServer(pluginMethods({ schema, store, failures }, { log: options.log }));
    const socket = join(directory, `${schema.provider}.sock`);
    closers.push(closer(server));
    await listen(server, socket);
    // Without a host, which Terraform and OpenTofu complete with the host of their own registries.
    attached[`hashicorp/${schema.provider}`] = {
      Protocol: "grpc",
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true, // without it Terraform 1.11 panics
      Addr: { Network: "unix", String: socket },
    };
  }
  return {
    env: { ...quietEnvironment(cliConfigFile), TF_REATTACH_PROVIDERS: JSON.stringify(attached) },
    async close() {
      await Promise.all(closers.map((close) => close()));
      removeSockets(directory);
    },
  };
}
