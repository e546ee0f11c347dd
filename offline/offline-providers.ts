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

/** Which types to serve: those that configurations use, or those in a list, or all there are. */
export interface TypeSelection {
  /** Folders, or single files, to find types in. */
  readonly stacks?: readonly string[];
  /** Types by name; a data source is written `data.aws_region`. */
  readonly types?: readonly string[];
  readonly all?: boolean;
}

/** How the providers are to be played. */
export interface OfflineOptions extends TypeSelection {
  /** Where the pretended cloud is kept; made when it is not there. */
  readonly storeDirectory: string;
  readonly failures?: readonly Failure[];
  /** A JSON file of failures, read on every call; it need not exist yet. */
  readonly failuresFile?: string;
  readonly log?: (line: string) => void;
}

/** Providers that are being served. */
export interface OfflineProviders {
  /** What Terraform's environment needs, on top of the one it would have anyway. */
  readonly env: Record<string, string>;
  close(): Promise<void>;
}

/** The node_modules folder with the bindings, found upwards from this program as Node finds packages. */
export function findModules(start: string = __dirname): string {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const modules = join(folder, "node_modules");
    if (existsSync(join(modules, "@cdktf", "provider-aws"))) return modules;
    if (folder === dirname(folder)) throw new Error(`@cdktf/provider-aws is not installed in ${start} or above it`);
  }
}

/**
 * The types a selection comes to, and those of what exists: without its schema Terraform cannot read a resource of its state
 * any more, and so not destroy what was removed from the configuration.
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

/** Whether the bindings have a type; a data source is written `data.aws_region`. */
export function hasType(modules: string, type: string): boolean {
  const provider = providerOf(type);
  return provider !== undefined && fileOfType(modules, provider, type) !== undefined;
}

/** What every way of attaching needs, so that nothing of the user's own set-up, and no network, comes in. */
export function quietEnvironment(cliConfigFile: string): Record<string, string> {
  return {
    TF_CLI_CONFIG_FILE: cliConfigFile,
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
    // Several `init` at once in one cache corrupt it, and cdktf would leave links to these providers in it.
    TF_PLUGIN_CACHE_DIR: "",
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    // Terraform's own work is most of what an offline run takes: a quarter less of it for some tens of megabytes more.
    GOGC: "400",
  };
}

/** Counts calls in memory: servers started anew count anew. */
function counter(): (what: string) => number {
  const counts = new Map<string, number>();
  return (what) => {
    const count = (counts.get(what) ?? 0) + 1;
    counts.set(what, count);
    return count;
  };
}

/**
 * Serves aws, kubernetes and helm from this process, for Terraform to attach to. The process must not be blocked while
 * Terraform runs: start Terraform with an asynchronous spawn.
 */
export async function startOfflineProviders(options: OfflineOptions): Promise<OfflineProviders> {
  const modules = findModules();
  mkdirSync(options.storeDirectory, { recursive: true });
  const store = new Store(resolve(options.storeDirectory));
  const schemas = loadSchemas(modules, selectTypes(modules, options, store));
  const failures: FailureSource = {
    failures: options.failures ?? [],
    ...(options.failuresFile === undefined ? {} : { file: options.failuresFile }),
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
    attached[`registry.terraform.io/hashicorp/${schema.provider}`] = {
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
