import { copyFileSync, existsSync, mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { PROGRAM_DATA } from "../fleet/programs/program-data";
import { DefinitionFiles, LAYER_FOLDERS, nameOfFile } from "../fleet/read/files";
import { extensionsFolder } from "../language/extensions/find";

/** A directory of definitions, and those that come with the program that runs. */
export interface DefinitionSource {
  readonly directory: string;
  readonly shipped: string;
}

/** Files beside the folders of layers that a directory of definitions can have, apart from those of the program. */
const BESIDE = ["channels.yaml", "extensions.yaml", "ranges.yaml", "seen-versions.yaml"];

/** Definitions as another program reads them: a copy, in which everything is at its usual place. */
export interface DefinitionsView {
  readonly folder: string;
  /** Returns the file that a file of the copy was copied from. */
  original(file: string): string;
  /** Returns a text with the paths of the copied files. */
  withOriginals(text: string): string;
}

/**
 * Copies what a program needs to read clusters: their files, every layer, and the releases of this program, which are newer than the
 * other one. The other program's own defaults and facts about AWS stay under them, unless the directory has its own.
 *
 * @param clusters names of the clusters, with those that they are peered with
 */
export function writeView(
  folder: string,
  { directory, shipped }: DefinitionSource,
  clusters: ReadonlySet<string>,
): DefinitionsView {
  const files = new DefinitionFiles(directory, shipped);
  const originals = new Map<string, string>();
  const copy = (file: string, path: string): void => {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
    originals.set(target, file);
  };
  for (const file of files.clusterFiles()) if (clusters.has(nameOfFile(file))) copy(file, relative(directory, file));
  for (const file of files.adoptedFiles()) if (clusters.has(nameOfFile(file))) copy(file, relative(directory, file));
  for (const layers of LAYER_FOLDERS) {
    for (const name of files.names(layers)) {
      const file = files.layerFile(layers, name);
      if (file !== undefined) copy(file, join(layers, `${name}.yaml`));
    }
  }
  const own = files.isShipped() ? BESIDE : [...BESIDE, ...PROGRAM_DATA, "kubernetes-support.yaml"];
  for (const name of own) {
    const file = join(directory, name);
    if (existsSync(file)) copy(file, name);
    else if (name === "channels.yaml") copy(join(shipped, name), name);
  }
  const extensions = extensionsFolder(directory);
  // A link, so that the extensions find the packages that they import.
  if (existsSync(extensions)) symlinkSync(realpathSync(extensions), extensionsFolder(folder));
  return {
    folder,
    original: (file) => originals.get(file) ?? file.replace(join(folder, "/"), join(directory, "/")),
    withOriginals: (text) => text.replaceAll(join(folder, "/"), join(directory, "/")),
  };
}
