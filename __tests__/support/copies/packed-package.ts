import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, realpathSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { bin, name } from "../../../package.json";
import { scratch } from "../run-program";

/**
 * Packs the program as `npm publish` does, and returns an empty folder in which it is installed from the packed file. Its
 * dependencies are links to the packages of this repository, because their installation takes minutes and 1.2 GB.
 */
export function packedPackage(): ReturnType<typeof scratch> & { readonly package: string } {
  const folder = scratch();
  const modules = join(folder.path, "node_modules");
  mkdirSync(join(modules, ".bin"), { recursive: true });
  const file = packInto(folder.path);
  execFileSync("tar", ["-xzf", file, "-C", folder.path]);
  renameSync(join(folder.path, "package"), join(modules, name));
  execFileSync("rm", [file]);
  const link = (from: string, names: readonly string[]): void => {
    for (const each of names) symlinkSync(realpathSync(join(from, each)), join(modules, from.slice(TOP), each));
  };
  link(
    "node_modules",
    readdirSync("node_modules").filter((each) => !each.startsWith(".")),
  );
  link("node_modules/.bin", readdirSync("node_modules/.bin"));
  for (const [command, path] of Object.entries(bin)) {
    symlinkSync(join(modules, name, path), join(modules, ".bin", command));
  }
  return { ...folder, package: join(modules, name) };
}

/** Packs a copy of the program as `npm publish` does, and returns the packed file. */
export function packInto(destination: string, program = "."): string {
  const args = ["pack", "--silent", "--pack-destination", destination];
  const packed = execFileSync("npm", args, { cwd: program, encoding: "utf8" });
  return join(destination, packed.trim().split("\n").at(-1) ?? "");
}

const TOP = "node_modules/".length;
