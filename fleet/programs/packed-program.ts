import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isMap } from "../../language/plain-map";
import { visible } from "../../language/problem";
import { keepUsed } from "./extract";
import { withoutHooks } from "./git";
import type { Host } from "./host";
import { ProgramError } from "./program-error";
import type { ProgramPin } from "./program-pin";

/**
 * Returns the folder of a version of the package. npm fetches it once, by its own settings: registry, proxy, credentials. Only the
 * package is fetched, and no script of it runs: its bundles contain the packages that they use.
 */
export function packedProgram(pin: ProgramPin, host: Host): string {
  const { version } = pin;
  const folder = join("node_modules", host.name);
  // A copy that was checked against one hash must not be used for another.
  const kept = pin.integrity === undefined && pin.source === undefined ? version : `${version}-${markOf(pin)}`;
  const target = join(host.cache, kept);
  if (!existsSync(join(target, folder, "launch.mjs"))) {
    mkdirSync(host.cache, { recursive: true });
    const unfinished = mkdtempSync(join(host.cache, ".unfinished-"));
    try {
      fetchInto(unfinished, pin, host);
      if (!existsSync(target)) renameSync(join(unfinished, "complete"), target);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  keepUsed(host.cache, kept);
  return join(target, folder);
}

function markOf({ integrity, source }: ProgramPin): string {
  return createHash("sha256")
    .update(JSON.stringify([integrity, source]))
    .digest("hex")
    .slice(0, 12);
}

function fetchInto(unfinished: string, { integrity, source, version }: ProgramPin, { cache, name }: Host): void {
  const wanted = source === undefined ? `${name}@${version}` : withFullPath(source);
  const fetched = run("npm", [
    "pack",
    wanted,
    "--ignore-scripts",
    "--loglevel=error",
    `--pack-destination=${unfinished}`,
  ]);
  const [tarball] = readdirSync(unfinished);
  if (fetched !== undefined || tarball === undefined)
    throw new ProgramError(
      `program ${version} could not be fetched: npm pack ${wanted} failed. Check that the version exists, the network, and the registry (npm config get registry), and run the same command again. Without a network, copy ${join(cache, version)} from a machine that has it${fetched ? `\n${fetched}` : ""}`,
    );
  const file = join(unfinished, tarball);
  const hash = `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}`;
  if (integrity !== undefined && hash !== integrity)
    throw new ProgramError(
      `${wanted} has the hash ${hash}, but the release names ${integrity}: it is not the package that the release was cut with. Do not use it before you know why`,
    );
  const files = join(unfinished, "files");
  mkdirSync(files);
  const extracted = run("tar", ["-xzf", file, "-C", files]);
  if (extracted !== undefined)
    throw new ProgramError(`${wanted} is not a package of npm: tar cannot extract it\n${extracted}`);
  const top = join(files, readdirSync(files)[0] ?? "package");
  const found = contentOf(join(top, "package.json"));
  if (found["name"] !== name || found["version"] !== version)
    throw new ProgramError(
      `${wanted} contains ${visible(`${found["name"]} ${found["version"]}`)}, but the release names ${name} ${version}. Correct program in the release`,
    );
  const complete = join(unfinished, "complete", "node_modules", name);
  mkdirSync(dirname(complete), { recursive: true });
  renameSync(top, complete);
}

/** A path is relative to the folder in which the command runs; npm would read it relative to another folder. */
function withFullPath(source: string): string {
  return source.includes(":") ? source : resolve(source);
}

/** Runs a command; returns what it printed if it failed, and undefined if it did not. */
function run(command: string, args: readonly string[]): string | undefined {
  const { error, status, stderr } = spawnSync(command, args, { encoding: "utf8", env: withoutHooks(process.env) });
  if (error !== undefined) return `${command} cannot be started (${error.message}). Install it`;
  if (status === 0) return undefined;
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(0, 5).map(visible).join("\n") || `${command} ended with ${status}`;
}

function contentOf(file: string): Readonly<Record<string, unknown>> {
  const content: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  return isMap(content) ? content : {};
}
