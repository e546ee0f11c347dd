import { extname, join, relative } from "node:path";
import type { CheckedFleet } from "../../fleet/load";
import { nameOfFile } from "../../fleet/read/files";
import type { Problem } from "../../language/problem";
import { actualPath } from "./repository-path";

/** The problems that concern the listed files. */
export interface Concern {
  /** Number of clusters that the files are about. */
  readonly definitions: number;
  readonly problems: readonly Problem[];
}

/** The folders of layers, and the kind of layer in each. */
const LAYERS = { accounts: "account", tiers: "tier", releases: "release" } as const;

/**
 * Returns the problems that concern files, of all problems of a fleet: those in the files, and errors of clusters that use a layer in the
 * files. A file need not exist: if a tier is deleted, the clusters that still use it are reported.
 *
 * @param folders the folders of definitions: the user's, and the one that is shipped
 */
export function concernOf(
  { problems, selected }: Pick<CheckedFleet, "problems" | "selected">,
  folders: readonly string[],
  files: readonly string[],
): Concern {
  const paths = files.map(actualPath);
  const isListed = (file: string): boolean => {
    const path = actualPath(file);
    return paths.some((each) => contains(each, path));
  };
  /** Clusters whose own files are listed. */
  const own = new Set(selected.flatMap(({ file, name }) => (isListed(file) ? [name] : [])));
  const { mentioned, users } = layersIn(paths, folders, selected);
  const words = [...own, ...mentioned];
  const filesOfUsers = new Set(selected.flatMap(({ file, name }) => (users.has(name) ? [file] : [])));
  const concerning = new Set(
    problems.filter(({ clusters = [], message, place, severity }) => {
      if (place === null || isListed(place.file) || clusters.some((name) => own.has(name))) return true;
      if (severity === "warning") return false;
      if (filesOfUsers.has(place.file) || clusters.some((name) => users.has(name))) return true;
      return words.some((word) => mentions(message, word));
    }),
  );
  const shown = new Set([...concerning].map(({ place }) => place?.file));
  // No line of a file with a secret may be printed, so its secrets are reported too.
  const kept = problems.filter((each) => concerning.has(each) || (each.secret && shown.has(each.place?.file)));
  return { definitions: new Set([...own, ...users]).size, problems: kept };
}

/** True if a path is in a folder of definitions, or contains one. */
export function isOfDefinitions(file: string, folders: readonly string[]): boolean {
  const path = actualPath(file);
  return folders.map(actualPath).some((folder) => contains(folder, path) || contains(path, folder));
}

interface Layers {
  /** Clusters that use a listed layer. */
  readonly users: ReadonlySet<string>;
  /** Words in errors of other files that refer to a listed file: a removed cluster, or an unknown tier. */
  readonly mentioned: readonly string[];
}

function layersIn(paths: readonly string[], folders: readonly string[], selected: CheckedFleet["selected"]): Layers {
  const users = new Set<string>();
  const mentioned: string[] = [];
  for (const path of paths) {
    const folder = folders.map(actualPath).find((each) => contains(each, path));
    if (folder === undefined) continue;
    const [first = "", ...rest] = relative(folder, path).split("/");
    const name = nameOfFile(path);
    if (rest.length === 0) {
      // Such as defaults.yaml, which every cluster uses, or a whole folder of layers.
      if (extname(path) === ".yaml" || isLayers(first)) for (const cluster of selected) users.add(cluster.name);
    } else if (isLayers(first)) {
      const kind = LAYERS[first];
      mentioned.push(JSON.stringify(name), `${kind} ${name}`);
      for (const { chosen, name: cluster } of selected) if (chosen[kind] === name) users.add(cluster);
    } else if (first === "clusters") mentioned.push(name);
  }
  return { users, mentioned };
}

function isLayers(folder: string): folder is keyof typeof LAYERS {
  return Object.hasOwn(LAYERS, folder);
}

function contains(folder: string, path: string): boolean {
  return path === folder || path.startsWith(join(folder, "/"));
}

/** True if a text has a word, and not only as a part of a longer name. */
function mentions(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[\w.-]$/.test(text.slice(0, at)) && !/^(?:[\w-]|\.\w)/.test(text.slice(at + word.length))) return true;
  }
  return false;
}
