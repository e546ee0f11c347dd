import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { compareText, type Problem } from "../../language/problem";
import { type DefinitionFile, readDefinition } from "./read-definition";

/** The folders of layers whose files are chosen by name. */
export const LAYER_FOLDERS = ["accounts", "tiers", "releases"] as const;
export type LayerFolder = (typeof LAYER_FOLDERS)[number];

/**
 * A directory of definitions. Layers are read when they are asked for, and once. What the program ships as data (defaults,
 * channels, releases, facts about AWS) stands in where the directory has no file of its own.
 */
export class DefinitionFiles {
  private readonly layers = new Map<string, DefinitionFile>();
  private readonly layerFiles = new Map<string, string | undefined>();

  constructor(
    readonly directory: string,
    private readonly shipped: string,
  ) {}

  exists(): boolean {
    return isDirectory(this.directory);
  }

  /** A data file of the directory, or else the one that is shipped. */
  data(name: string): DefinitionFile {
    const own = join(this.directory, name);
    return this.readOnce(existsSync(own) ? own : join(this.shipped, name));
  }

  /** Defaults, the lowest first: the shipped ones have every key, and the directory's own override them. */
  defaults(): DefinitionFile[] {
    const own = join(this.directory, "defaults.yaml");
    if (this.isShipped() || !existsSync(own)) return [this.readOnce(join(this.shipped, "defaults.yaml"))];
    return [this.readOnce(join(this.shipped, "defaults.yaml")), this.readOnce(own)];
  }

  /** The names in a folder of layers, sorted. */
  names(folder: LayerFolder): string[] {
    const files = this.foldersOf(folder).flatMap((path) => yamlFiles(path, { recursive: false }));
    return [...new Set(files.filter((file) => extname(file) === ".yaml").map(nameOfFile))].sort(compareText);
  }

  /** Returns a layer by its name; undefined if it has no file. */
  layer(folder: LayerFolder, name: string): DefinitionFile | undefined {
    const file = this.layerFile(folder, name);
    return file === undefined ? undefined : this.readOnce(file);
  }

  layerFile(folder: LayerFolder, name: string): string | undefined {
    // A name comes from a definition: it must not reach outside of the folder.
    if (basename(name) !== name) return undefined;
    const key = `${folder}/${name}`;
    if (this.layerFiles.has(key)) return this.layerFiles.get(key);
    const candidates = this.foldersOf(folder).map((path) => join(path, `${name}.yaml`));
    const found = candidates.find((file) => existsSync(file));
    this.layerFiles.set(key, found);
    return found;
  }

  /** Every cluster's file, in order of its path. */
  clusterFiles(): string[] {
    return yamlFiles(join(this.directory, "clusters"), { recursive: true });
  }

  /** Files that would be read if they had the right ending: `.yml` is not, so that one name is one file. */
  misnamed(): Problem[] {
    const layers = LAYER_FOLDERS.flatMap((folder) => yamlFiles(join(this.directory, folder), { recursive: true }));
    return [...this.clusterFiles(), ...layers]
      .filter((file) => extname(file) !== ".yaml")
      .map((file) => ({ severity: "error", place: { file, line: 1, column: 1 }, path: "", message: MISNAMED }));
  }

  private isShipped(): boolean {
    return resolve(this.directory) === resolve(this.shipped);
  }

  /** Releases come with the program, and a directory may add to them; accounts and tiers are its own alone. */
  private foldersOf(folder: LayerFolder): string[] {
    const own = join(this.directory, folder);
    return folder === "releases" && !this.isShipped() ? [own, join(this.shipped, folder)] : [own];
  }

  private readOnce(file: string): DefinitionFile {
    const read = this.isShipped() || !file.startsWith(join(this.shipped, "/")) ? this.layers : shippedFiles;
    const known = read.get(file) ?? readDefinition(file);
    read.set(file, known);
    return known;
  }
}

/** Shipped files do not change while the program runs; a loaded directory may be edited between two loads. */
const shippedFiles = new Map<string, DefinitionFile>();

const MISNAMED = "must end in .yaml. Rename the file";

/** Returns the name of the cluster or layer that a file defines. */
export function nameOfFile(file: string): string {
  return basename(file, extname(file));
}

function isDirectory(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** Every YAML file below a folder, but none that an editor or an archive hides. A broken link counts: somebody put it there. */
function yamlFiles(folder: string, { recursive }: { readonly recursive: boolean }): string[] {
  if (!isDirectory(folder)) return [];
  return readdirSync(folder, { recursive, withFileTypes: true })
    .filter((entry) => /\.ya?ml$/i.test(entry.name) && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(compareText);
}
