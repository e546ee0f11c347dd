import { dirname, join, sep } from "node:path";
import { listed } from "../../language/suggest";

/** The folder that a repository is to be begun in. */
export interface Folder {
  /** Absolute. */
  readonly path: string;
  /** Names in it; empty if it does not exist. */
  readonly entries: readonly string[];
  /** True if the path is something else than a folder. */
  readonly isFile: boolean;
}

/** Returns why a folder can never be a repository of definitions; undefined if it can. */
export function refusedFolder({ isFile, path }: Folder, home: string, program: string): string | undefined {
  if (isFile) return `${path} is a file. Name a folder`;
  if (path === home || path === dirname(path))
    return `${path} is no place for a repository. Name a folder in it, such as ${join(path, "clusters")}`;
  if (path.split(sep).includes("node_modules"))
    return `${path} is among packages, which the next installation replaces. Name another folder`;
  if (path === program)
    return `${path} is the program's own repository. Name another folder, such as ${join(dirname(path), "clusters")}`;
  return undefined;
}

/** Files and folders that a repository may contain before `fleet init`. */
const EXPECTED = [
  "definitions",
  "node_modules",
  "package.json",
  "package-lock.json",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "yarn.lock",
  "main.ts",
  "cdktf.json",
  "cdktf.out",
];

/** Returns a sentence about what a folder contains besides such files; undefined if it contains nothing else. */
export function foreignContent({ entries, path }: Folder): string | undefined {
  if (entries.includes("definitions")) return undefined;
  const others = entries.filter(
    (each) =>
      !each.startsWith(".") && !EXPECTED.includes(each) && !/^(readme|license|licence|notice)|\.tgz$/i.test(each),
  );
  return others.length === 0
    ? undefined
    : `${path} contains ${listed(others.sort(), 5)}, which is no fleet of clusters`;
}
