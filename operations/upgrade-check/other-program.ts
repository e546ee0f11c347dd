import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { valid } from "semver";
import { withoutHooks } from "../../fleet/programs/git";
import type { Host } from "../../fleet/programs/host";
import { packedProgram } from "../../fleet/programs/packed-program";
import { findProgram } from "../../fleet/programs/pinned-program";
import { ExpectedError } from "../../language/expected-error";
import { isMap } from "../../language/plain-map";
import { visible } from "../../language/problem";
import { homeFolder } from "../../language/program-folder";

/** Another version of the program, on this machine. */
export interface OtherProgram {
  readonly version: string;
  readonly folder: string;
}

const WAYS = "Write a version such as 0.2.0, a file that npm pack wrote (.tgz), or the folder of the program";

/**
 * Finds the version of the program that `--to` names, and fetches it if necessary.
 *
 * @param to a version, a packed file or a folder; undefined for the newest version of the registry
 * @param manifest the package.json of the repository that uses the program
 * @throws ExpectedError if it is not found, or is the program that runs
 */
export function otherProgram(
  to: string | undefined,
  host: Host,
  manifest: unknown = contentOf(join(homeFolder(), "package.json")),
): OtherProgram {
  if (to === undefined) return versionOfRegistry(newestVersion(host, manifest), host);
  const stat = statSync(to, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return programIn(resolve(to), host);
  if (stat?.isFile()) return packed(resolve(to), host);
  const version = valid(to);
  if (version === null)
    throw new ExpectedError(
      `--to ${JSON.stringify(visible(to))} is no version, and no such file or folder exists. ${WAYS}`,
    );
  return versionOfRegistry(version, host);
}

function versionOfRegistry(version: string, host: Host): OtherProgram {
  const found = findProgram({ version }, host);
  if (found === undefined)
    throw new ExpectedError(`${host.name} ${version} is the version that runs. Name another one: --to <version>`);
  return { version, folder: found.folder };
}

/** Forms that `npm install <file or folder>` writes into package.json. */
const FROM_FILE = /^(?:file:|link:|\.{0,2}\/|~\/)/;

/**
 * Refuses a package from the registry if the program was installed from a file: the name may belong to a stranger, whose code would run.
 */
function refuseStranger(manifest: unknown, name: string): void {
  const lists = isMap(manifest) ? [manifest["dependencies"], manifest["devDependencies"]] : [];
  const source = lists.map((list) => (isMap(list) ? list[name] : undefined)).find((each) => typeof each === "string");
  if (typeof source === "string" && FROM_FILE.test(source))
    throw new ExpectedError(
      `package.json installs ${name} from ${visible(source)}, so the registry is not used: a package with this name there may be another program. Name the newer file or folder: --to. ${WAYS}`,
    );
}

function newestVersion({ isPackage, name }: Host, manifest: unknown): string {
  refuseStranger(manifest, name);
  if (!isPackage)
    throw new ExpectedError(
      `this program is a checkout of its repository. Name the version to compare with: --to. ${WAYS}`,
    );
  const { error, status, stdout, stderr } = spawnSync("npm", ["view", name, "version"], {
    encoding: "utf8",
    env: withoutHooks(process.env),
  });
  const version = valid(stdout?.trim());
  if (error === undefined && status === 0 && version !== null) return version;
  if (/\bE404\b/.test(stderr ?? ""))
    throw new ExpectedError(`the registry has no package ${name} (npm config get registry). ${WAYS}, after --to`);
  const reason = visible((error?.message ?? stderr ?? "").trim().split("\n")[0] ?? "");
  throw new ExpectedError(
    `npm view ${name} version failed, so the newest version is unknown: ${reason}. Check the network and the registry (npm config get registry), or name a version: --to`,
  );
}

function programIn(folder: string, host: Host): OtherProgram {
  const content = nameAndVersion(contentOf(join(folder, "package.json")));
  if (content?.name !== host.name || !existsSync(join(folder, "launch.mjs")))
    throw new ExpectedError(
      `${folder} does not contain the program ${host.name}: it has no package.json of that name, or no launch.mjs. ${WAYS}`,
    );
  return { version: content.version, folder };
}

function packed(file: string, host: Host): OtherProgram {
  const { status, stdout } = spawnSync("tar", ["-xzOf", file, "package/package.json"], { encoding: "utf8" });
  const content = status === 0 ? nameAndVersion(parsed(stdout)) : undefined;
  if (content?.name !== host.name) throw new ExpectedError(`${file} is not a package of ${host.name}. ${WAYS}`);
  const integrity = `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}`;
  const folder = packedProgram({ version: content.version, source: file, integrity }, host);
  return { version: content.version, folder };
}

function nameAndVersion(content: unknown): { readonly name: string; readonly version: string } | undefined {
  return isMap(content) ? { name: String(content["name"]), version: String(content["version"]) } : undefined;
}

function contentOf(file: string): unknown {
  return existsSync(file) ? parsed(readFileSync(file, "utf8")) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
