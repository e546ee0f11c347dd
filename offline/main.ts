import { existsSync } from "node:fs";
import { Command, CommanderError } from "commander";
import type { TypeSelection } from "./offline-providers";

const DEFAULT_STORE = ".offline/store";
const DEFAULT_PLACES = ["cdktf.out/stacks", "."];

/** Options of every command except `plugin`. */
interface CommonOptions {
  readonly store: string;
  readonly dir?: string[];
  readonly types?: string[];
  readonly all?: true;
  readonly failures?: string;
  readonly log?: true;
}

function common(command: Command): Command {
  return command
    .option("--store <dir>", "folder of the simulated cloud", DEFAULT_STORE)
    .option("--dir <path...>", `folders in which to find the types in use (default: ${DEFAULT_PLACES.join(" and ")})`)
    .option("--types <type...>", "further types to serve, such as aws_vpc or data.aws_region")
    .option("--all", "serve every type: 1.5 s to start, 0.2 s for each validate")
    .option("--failures <file>", "JSON list of calls that fail; read again on every call");
}

function selection({ dir, types, all }: CommonOptions): TypeSelection {
  return { stacks: dir ?? (types === undefined ? DEFAULT_PLACES : []), types: types ?? [], all: all ?? false };
}

/** Refuses names that do not exist. Otherwise Terraform would report a typing error as a type that AWS does not have. */
async function refuseUnknown({ dir = [], types = [] }: CommonOptions): Promise<void> {
  const { findModules, hasType } = await import("./offline-providers");
  for (const path of dir) if (!existsSync(path)) throw new Error(`--dir: ${path} does not exist`);
  const modules = types.length > 0 ? findModules() : "";
  for (const type of types)
    if (!hasType(modules, type)) throw new Error(`--types: the type ${type} does not exist in any provider`);
}

async function start(options: CommonOptions) {
  await refuseUnknown(options);
  const { startOfflineProviders } = await import("./offline-providers");
  return startOfflineProviders({
    ...selection(options),
    storeDirectory: options.store,
    failuresFile: options.failures,
    log: options.log && ((line: string) => void process.stderr.write(`${line}\n`)),
  });
}

const program = new Command("offline")
  .description("Run Terraform without a cloud: simulates the providers aws, kubernetes and helm")
  .exitOverride();

common(program.command("exec"))
  .description("serve the providers while a command runs, and return its exit code: exec -- terraform plan")
  .option("--log", "print every call of Terraform")
  .argument("<command...>")
  .action(async ([command = "", ...args]: string[], options: CommonOptions) => {
    const { runCommand } = await import("./command");
    const providers = await start(options);
    try {
      process.exitCode = await runCommand(command, args, providers.env);
    } finally {
      await providers.close();
    }
  });

common(program.command("serve"))
  .description("serve the providers until stopped; prints the variables to export")
  .option("--log", "print every call of Terraform")
  .action(async (options: CommonOptions) => {
    const { exportLines, untilStopped } = await import("./command");
    const providers = await start(options);
    const stopped = untilStopped();
    process.stdout.write(exportLines(providers.env));
    await stopped;
    await providers.close();
  });

common(program.command("mirror"))
  .description("write a filesystem mirror from which Terraform installs the providers; prints the variables to export")
  .argument("<dir>")
  .action(async (directory: string, options: CommonOptions) => {
    const { writeOfflineMirror } = await import("./offline-mirror");
    const { exportLines } = await import("./command");
    await refuseUnknown(options);
    const { env } = writeOfflineMirror({
      ...selection(options),
      directory,
      storeDirectory: options.store,
      program: process.argv[1] ?? "",
      failuresFile: options.failures,
    });
    process.stdout.write(exportLines(env));
  });

program
  .command("plugin", { hidden: true })
  .description("serve one provider; the wrappers of a mirror start this command")
  .requiredOption("--schema <file>")
  .requiredOption("--store <dir>")
  .option("--failures <file>")
  .action(async ({ schema, store, failures }: { schema: string; store: string; failures?: string }) => {
    const { runPlugin } = await import("./plugin");
    await runPlugin({
      schemaFile: schema,
      storeDirectory: store,
      failuresFile: failures,
    });
  });

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode;
    return;
  }
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
