import { Command, CommanderError } from "commander";
import type { TypeSelection } from "./offline-providers";

const DEFAULT_STORE = ".offline/store";
const DEFAULT_PLACES = ["cdktf.out/stacks", "."];

/** The options that every command but `plugin` has. */
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
    .option("--store <dir>", "where the pretended cloud is kept", DEFAULT_STORE)
    .option("--dir <path...>", `find the types in use below these (default: ${DEFAULT_PLACES.join(" and ")})`)
    .option("--types <type...>", "serve these types as well, such as aws_vpc or data.aws_region")
    .option("--all", "serve every type there is: 1.5 s to start, 0.2 s a validate")
    .option("--failures <file>", "a JSON list of calls that are to fail; read again on every call");
}

function selection({ dir, types, all }: CommonOptions): TypeSelection {
  return { stacks: dir ?? (types === undefined ? DEFAULT_PLACES : []), types: types ?? [], all: all ?? false };
}

async function start(options: CommonOptions) {
  const { startOfflineProviders } = await import("./offline-providers");
  return startOfflineProviders({
    ...selection(options),
    storeDirectory: options.store,
    ...(options.failures === undefined ? {} : { failuresFile: options.failures }),
    ...(options.log === undefined ? {} : { log: (line: string) => void process.stderr.write(`${line}\n`) }),
  });
}

const program = new Command("offline")
  .description("Terraform with no cloud: plays the providers aws, kubernetes and helm")
  .exitOverride();

common(program.command("exec"))
  .description("serve the providers while a command runs, and pass on its exit code: exec -- terraform plan")
  .option("--log", "print every call Terraform makes")
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
  .description("serve the providers until stopped; prints what to export")
  .option("--log", "print every call Terraform makes")
  .action(async (options: CommonOptions) => {
    const { exportLines, untilStopped } = await import("./command");
    const providers = await start(options);
    const stopped = untilStopped();
    process.stdout.write(exportLines(providers.env));
    await stopped;
    await providers.close();
  });

common(program.command("mirror"))
  .description("write a filesystem mirror that Terraform installs the providers from; prints what to export")
  .argument("<dir>")
  .action(async (directory: string, options: CommonOptions) => {
    const { writeOfflineMirror } = await import("./offline-mirror");
    const { exportLines } = await import("./command");
    const { env } = writeOfflineMirror({
      ...selection(options),
      directory,
      storeDirectory: options.store,
      program: process.argv[1] ?? "",
      ...(options.failures === undefined ? {} : { failuresFile: options.failures }),
    });
    process.stdout.write(exportLines(env));
  });

program
  .command("plugin", { hidden: true })
  .description("what the wrappers of a mirror start")
  .requiredOption("--schema <file>")
  .requiredOption("--store <dir>")
  .option("--failures <file>")
  .action(async ({ schema, store, failures }: { schema: string; store: string; failures?: string }) => {
    const { runPlugin } = await import("./plugin");
    await runPlugin({
      schemaFile: schema,
      storeDirectory: store,
      ...(failures === undefined ? {} : { failuresFile: failures }),
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
