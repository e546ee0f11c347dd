import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { arch, platform } from "node:os";
import { join, resolve } from "node:path";
import { loadSchemas } from "./load-schemas";
import { findModules, quietEnvironment, selectTypes, type TypeSelection } from "./offline-providers";
import type { ProviderName } from "./schema/schema";
import { Store } from "./store/store";

/** What a mirror is made of. */
export interface MirrorOptions extends TypeSelection {
  /** Everything goes in here: `mirror/` for Terraform, and beside it the schemas and the CLI configuration. */
  readonly directory: string;
  readonly storeDirectory: string;
  /** The JavaScript that a wrapper starts, with `plugin` as its command: the bundle of offline/main.ts. */
  readonly program: string;
  readonly failuresFile?: string;
}

/** A mirror that was written. */
export interface OfflineMirror {
  readonly env: Record<string, string>;
  readonly mirrorDirectory: string;
  /** The releases in it, as version constraints are matched against them. */
  readonly versions: Record<ProviderName, string>;
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** This machine in Terraform's words, such as linux_amd64. */
export function terraformPlatform(): string {
  return `${platform()}_${ARCHITECTURES[arch()] ?? arch()}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Writes a filesystem mirror whose plugins are these providers, so that `init` installs them as it would the real ones:
 * constraints are resolved and the lock file is written. Slower than attaching: Terraform starts every plugin anew for
 * each walk of its graph. The schemas lie outside the mirror since Terraform hashes all that is in it.
 */
export function writeOfflineMirror(options: MirrorOptions): OfflineMirror {
  const directory = resolve(options.directory);
  const mirrorDirectory = join(directory, "mirror");
  const modules = findModules();
  const storeDirectory = resolve(options.storeDirectory);
  rmSync(mirrorDirectory, { recursive: true, force: true });
  mkdirSync(join(directory, "schemas"), { recursive: true });
  const versions: Record<ProviderName, string> = { aws: "", kubernetes: "", helm: "" };
  for (const schema of loadSchemas(modules, selectTypes(modules, options, new Store(storeDirectory)))) {
    const { provider, version } = schema;
    versions[provider] = version;
    const schemaFile = join(directory, "schemas", `${provider}.json`);
    writeFileSync(schemaFile, JSON.stringify(schema));
    const folder = join(mirrorDirectory, "registry.terraform.io/hashicorp", provider, version, terraformPlatform());
    mkdirSync(folder, { recursive: true });
    const wrapper = join(folder, `terraform-provider-${provider}_v${version}`);
    const command = [process.execPath, resolve(options.program), "plugin", "--schema", schemaFile];
    command.push("--store", storeDirectory);
    if (options.failuresFile !== undefined) command.push("--failures", resolve(options.failuresFile));
    writeFileSync(wrapper, `#!/bin/sh\nexec ${command.map(quoted).join(" ")}\n`);
    chmodSync(wrapper, 0o755);
  }
  const cliConfigFile = join(directory, "offline.tfrc");
  writeFileSync(
    cliConfigFile,
    `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirrorDirectory)}\n  }\n}\n`,
  );
  const env = {
    ...quietEnvironment(cliConfigFile),
    // cdktf locks providers right after its first init, which asks the registry whatever the configuration says.
    TF_CLI_ARGS_providers_lock: `-fs-mirror=${mirrorDirectory}`,
  };
  return { env, mirrorDirectory, versions };
}
