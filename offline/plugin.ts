import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProviderSchema } from "./schema/schema";
import { pluginMethods } from "./server/methods";
import { listen, removeSockets, socketDirectory } from "./server/sockets";
import { Store } from "./store/store";
import { selfSigned } from "./wire/certificate";
import { createGrpcServer } from "./wire/grpc";

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const PROTOCOL = 6;

/** Settings that a wrapper in a mirror passes to its plugin. */
export interface PluginOptions {
  readonly schemaFile: string;
  readonly storeDirectory: string;
  readonly failuresFile?: string | undefined;
}

/** Returns the reason why a plugin cannot start; undefined if it can. */
function refusalToStart(environment: NodeJS.ProcessEnv): string | undefined {
  if (environment["TF_PLUGIN_MAGIC_COOKIE"] !== COOKIE) {
    return "This program is a plugin that Terraform starts. Run terraform instead.";
  }
  // The versions have no particular order.
  const offered = (environment["PLUGIN_PROTOCOL_VERSIONS"] ?? "").split(",");
  return offered.includes(String(PROTOCOL)) ? undefined : `Terraform does not support plugin protocol ${PROTOCOL}`;
}

/** Serves one provider in the process that Terraform started from a mirror, until Terraform stops it. */
export async function runPlugin({ schemaFile, storeDirectory, failuresFile }: PluginOptions): Promise<void> {
  const refusal = refusalToStart(process.env);
  if (refusal !== undefined || !existsSync(schemaFile)) {
    process.stderr.write(`${refusal ?? `${schemaFile} does not exist. Write the mirror again`}\n`);
    process.exit(1);
  }
  const schema = JSON.parse(readFileSync(schemaFile, "utf8")) as ProviderSchema;
  mkdirSync(storeDirectory, { recursive: true });
  const store = new Store(storeDirectory);
  const directory = socketDirectory(process.env["PLUGIN_UNIX_SOCKET_DIR"] || undefined);
  const stop = () => {
    removeSockets(directory);
    process.exit(0);
  };
  const failures = {
    file: failuresFile,
    // A plugin runs for one walk of the graph only, so calls are counted on disk.
    count: (what: string) => store.count(what),
  };
  // Terraform waits 2 seconds for a plugin that does not exit at once; its answer has left by then.
  const methods = pluginMethods({ schema, store, failures }, { onShutdown: () => setImmediate(stop) });
  const certificate = selfSigned();
  const server = createGrpcServer(methods, {
    key: certificate.key,
    cert: certificate.pem,
    ca: process.env["PLUGIN_CLIENT_CERT"],
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
  });
  const socket = join(directory, "s");
  await listen(server, socket);
  process.on("SIGTERM", stop);
  // Ctrl-C reaches every process of the terminal, but Terraform needs its providers to finish its current work.
  process.on("SIGINT", () => undefined);
  const der = certificate.der.toString("base64").replace(/=+$/, "");
  process.stdout.write(`1|${PROTOCOL}|unix|${socket}|grpc|${der}\n`);
}
