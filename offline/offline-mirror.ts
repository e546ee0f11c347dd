import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { arch, platform } from "node:os";
import { join, resolve } from "node:path";
import { loadSchemas } from "./load-schemas";
import { findModules, quietEnvironment, selectTypes, type TypeSelection } from "./offline-providers";
import type { ProviderName } from "./schema/schema";
import { Store } from "./store/store";

/** Settings of a mirror. */
export interface MirrorOptions extends TypeSelection {
  /** Folder to write: `mirror/` for Terraform, and beside it the schemas and the CLI configuration. */
  readonly directory: string;
  readonly storeDirectory: string;
  /** JavaScript that a wrapper starts with the command `plugin`: the bundle of offline/main.ts. */
  readonly program: string;
  readonly failuresFile?: string | undefined;
}

/** A mirror on disk. */
export interface OfflineMirror {
  readonly env: Record<string, string>;
  readonly mirrorDirectory: string;
  /** Releases against which Terraform matches version constraints. */
  readonly versions: Record<ProviderName, string>;
}

/** Where Terraform and OpenTofu expect a provider whose source names no registry. */
const REGISTRIES = ["registry.terraform.io", "registry.opentofu.org"];

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** Returns the platform as Terraform spells it, such as linux_amd64. */
function terraformPlatform(): string {
  return `${platform()}_${ARCHITECTURES[arch()] ?? arch()}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Writes a filesystem mirror with these providers as plugins, so that `init` installs them like the real ones: it resolves
 * constraints and writes the lock file. This is slower than attaching, because Terraform starts every plugin again for each
 * walk of its graph. The schemas are outside the mirror, because Terraform hashes everything in it.
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
    const command = [process.execPath, resolve(options.program), "plugin", "--schema", schemaFile];
    command.push("--store", storeDirectory);
    if (options.failuresFile !== undefined) command.push("--failures", resolve(options.failuresFile));
    for (const registry of REGISTRIES) {
      const folder = join(mirrorDirectory, registry, "hashicorp", provider, version, terraformPlatform());
      mkdirSync(folder, { recursive: true });
      const wrapper = join(folder, `terraform-provider-${provider}_v${version}`);
      writeFileSync(wrapper, `#!/bin/sh\nexec ${command.map(quoted).join(" ")}\n`);
      chmodSync(wrapper, 0o755);
    }
  }
  const cliConfigFile = join(directory, "offline.tfrc");
  writeFileSync(
    cliConfigFile,
    `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirrorDirectory)}\n  }\n}\n`,
  );
  const env = {
    ...quietEnvironment(cliConfigFile),
    // cdktf locks providers right after its first init, which queries the registry in spite of the configuration.
    TF_CLI_ARGS_providers_lock: `-fs-mirror=${mirrorDirectory}`,
  };
  return { env, mirrorDirectory, versions };
}
