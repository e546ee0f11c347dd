import { existsSync, lstatSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { compareText, type Problem } from "../../language/problem";
import { didYouMean, listed } from "../../language/suggest";
import { PROGRAM_DATA } from "../programs/program-data";
import { problemOf } from "./file-problems";
import { type Listing, listFolder } from "./folder";
import { type DefinitionFile, readDefinition } from "./read-definition";

/** The folders of layers whose files are chosen by name. */
export const LAYER_FOLDERS = ["accounts", "tiers", "releases"] as const;
export type LayerFolder = (typeof LAYER_FOLDERS)[number];

/** The folder of exceptions of the guard. They are no layers. */
const EXCEPTIONS = "exceptions";

/** The folder of files that list what a cluster adopts. They are no layers. */
const ADOPTED = "adopted";

/**
 * A directory of definitions. Layers are read when they are needed, and once. Data of the program (defaults, channels, releases,
 * facts about AWS) is used where the directory has no file of its own.
 */
export class DefinitionFiles {
  private readonly layers = new Map<string, DefinitionFile>();
  private readonly layerFiles = new Map<string, string | undefined>();
  private readonly listings = new Map<string, Listing>();

  constructor(
    readonly directory: string,
    private readonly shipped: string,
    /** The definitions that come with the program of a release: its defaults and its facts about AWS stand in for the shipped ones. */
    readonly pinned?: string,
  ) {}

  /** The same directory, as the program of a release reads it. */
  readBy(pinned: string): DefinitionFiles {
    return new DefinitionFiles(this.directory, this.shipped, pinned);
  }

  exists(): boolean {
    return isDirectory(this.directory);
  }

  /** Returns a problem if the directory does not exist, or is a file. */
  missing(): Problem | undefined {
    if (this.exists()) return undefined;
    const shown = JSON.stringify(this.directory);
    return {
      rule: "definitions-directory",
      severity: "error",
      place: null,
      path: "DEFINITIONS_DIR",
      message: existsSync(this.directory)
        ? `${shown} is not a directory`
        : `directory ${shown} does not exist. fleet init creates one; DEFINITIONS_DIR names another`,
    };
  }

  /** A data file of the directory, or else the one that is shipped. */
  data(name: string): DefinitionFile {
    const own = join(this.directory, name);
    if (this.pinned !== undefined && PROGRAM_DATA.includes(name) && (this.isShipped() || !isThere(own)))
      return this.readOnce(join(this.pinned, name));
    return this.readOnce(isThere(own) ? own : join(this.shipped, name));
  }

  /** A file that only the directory itself can have; undefined if it has none. */
  own(name: string): DefinitionFile | undefined {
    const file = join(this.directory, name);
    return isThere(file) ? this.readOnce(file) : undefined;
  }

  /** A data file that a directory adds to, the lowest first: the shipped file, and the directory's own. */
  levels(name: string): DefinitionFile[] {
    const own = join(this.directory, name);
    const shipped = [this.readOnce(join(this.shipped, name))];
    // A default that the release's program lacks was added by this program.
    if (this.pinned !== undefined && PROGRAM_DATA.includes(name)) shipped.push(this.readOnce(join(this.pinned, name)));
    return this.isShipped() || !isThere(own) ? shipped : [...shipped, this.readOnce(own)];
  }

  /** The names in a folder of layers, sorted. */
  names(folder: LayerFolder): string[] {
    const files = this.foldersOf(folder).flatMap((path) => this.list(path).filter((file) => dirname(file) === path));
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
    const found = candidates.find(isThere);
    this.layerFiles.set(key, found);
    return found;
  }

  /** Returns the message about a name that has no file in the folder. */
  unknown(folder: LayerFolder, name: string): string {
    const kind = folder.slice(0, -1);
    const known = this.names(folder);
    return `unknown ${kind} ${JSON.stringify(name)}${didYouMean(name, known) || `. Known in ${this.directory}/${folder}: ${listed(known)}`}`;
  }

  /** Every cluster's file, in order of its path. */
  clusterFiles(): readonly string[] {
    return this.list(join(this.directory, "clusters"));
  }

  /** The file of every exception of the guard, in order of its path. */
  exceptionFiles(): readonly string[] {
    return this.list(join(this.directory, EXCEPTIONS)).filter((file) => extname(file) === ".yaml");
  }

  /** Every file that lists what a cluster adopts, in order of its path. */
  adoptedFiles(): readonly string[] {
    return this.list(join(this.directory, ADOPTED)).filter((file) => extname(file) === ".yaml");
  }

  /** Problems of the folders that were listed. */
  folderProblems(): Problem[] {
    return [...this.listings.values()].flatMap(({ problems }) => problems);
  }

  /** Files that would be read if they had the right ending (`.yml` is not, so that one name is one file) or the right folder. */
  misnamed(): Problem[] {
    const folders = [...LAYER_FOLDERS, EXCEPTIONS, ADOPTED].map((folder) => join(this.directory, folder));
    return [...this.clusterFiles(), ...folders.flatMap((folder) => this.list(folder))].flatMap((file) => {
      if (extname(file) !== ".yaml") return problemOf(file, MISNAMED, "misplaced-file");
      const folder = folders.find((each) => file.startsWith(join(each, "/")) && dirname(file) !== each);
      return folder === undefined
        ? []
        : problemOf(file, `is not read, because it is in a subfolder. Move it to ${folder}`, "misplaced-file");
    });
  }

  /** True for a file of the program that is read because the directory has none of its own. */
  isFallback(file: string): boolean {
    if (this.pinned !== undefined && file.startsWith(join(this.pinned, "/"))) return true;
    return !this.isShipped() && file.startsWith(join(this.shipped, "/"));
  }

  /** True if the directory is the one that comes with the program. */
  isShipped(): boolean {
    return resolve(this.directory) === resolve(this.shipped);
  }

  /** Releases come with the program, and a directory may add to them; accounts and tiers are its own alone. */
  private foldersOf(folder: LayerFolder): string[] {
    const own = join(this.directory, folder);
    return folder === "releases" && !this.isShipped() ? [own, join(this.shipped, folder)] : [own];
  }

  private list(folder: string): readonly string[] {
    const listing = this.listings.get(folder) ?? (isDirectory(folder) ? listFolder(folder) : NOTHING);
    this.listings.set(folder, listing);
    return listing.files;
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

const NOTHING: Listing = { files: [], problems: [] };

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** True for a broken link too: reading it reports the error. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // such as a name that is too long for a file
  }
}
