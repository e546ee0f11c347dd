import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { DefinitionFiles } from "../../fleet/read/files";
import { Layers } from "../../fleet/read/layers";
import { valueAt } from "../../language/plain-map";
import { programFolder } from "../../language/program-folder";
import { plainValue } from "../../language/yaml/plain-tree";
import { installCommand } from "../../operations/init/install-command";
import type { Program } from "../../operations/init/program";
import { devDependencies, engines, name, version } from "../../package.json";

/** Returns the properties of this program that a new repository's files contain. */
export function thisProgram(folder: string, spec: string | undefined): Program {
  const shipped = join(programFolder(), "definitions");
  const files = new DefinitionFiles(shipped, shipped);
  const layers = new Layers(files);
  const channels = plainValue(layers.files.data("channels.yaml").root ?? layers.defaults) as Record<string, unknown>;
  const tiers = files
    .names("tiers")
    .map((tier) => [tier, readFileSync(join(shipped, "tiers", `${tier}.yaml`), "utf8")]);
  return {
    name,
    version,
    spec: spec ?? installedFrom(programFolder(), folder) ?? version,
    cdktfCli: devDependencies["cdktf-cli"],
    install: installCommand(
      [...(existsSync(folder) ? readdirSync(folder) : []), ...workspaceAbove(resolve(folder))],
      process.env["npm_config_user_agent"],
    ),
    node: engines.node,
    tiers: new Map(tiers as [string, string][]),
    channels: Object.fromEntries(Object.keys(channels).map((channel) => [channel, layers.releaseOf(channel)])),
    serviceRange: String(valueAt(plainValue(layers.defaults), "tfvars", "cluster", "service_ipv4_cidr")),
  };
}

/**
 * Returns the address from which the program was installed, such as a file that `npm pack` wrote, as the folder's package.json names it;
 * undefined if it came from a registry or is no package.
 */
export function installedFrom(program: string, folder: string): string | undefined {
  const [root, ...packages] = program.split(`${sep}node_modules${sep}`);
  const file = join(root ?? "", "package.json");
  if (packages.length === 0 || root === undefined || !existsSync(file)) return undefined;
  const content: unknown = JSON.parse(readFileSync(file, "utf8"));
  const spec = ["dependencies", "devDependencies"]
    .map((key) => valueAt(content, key, name))
    .find((found) => typeof found === "string");
  if (typeof spec !== "string" || !spec.includes(":") || spec.startsWith("npm:")) return undefined;
  if (!spec.startsWith("file:")) return spec;
  const path = relative(folder, resolve(root, spec.slice("file:".length)));
  return `file:${path.split(sep).join("/")}`;
}

/** Returns the file of the pnpm workspace that a folder is in. */
function workspaceAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  if (above === folder) return [];
  return existsSync(join(above, "pnpm-workspace.yaml")) ? ["pnpm-workspace.yaml"] : workspaceAbove(above);
}
