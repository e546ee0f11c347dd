import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { compareText, type Problem } from "./problem";
import { secretsUnderKeys } from "./secrets";
import { expandShorthands } from "./shorthand";
import { type ParsedFile, parseYaml } from "./yaml/parse";
import { itemName, placeOf, type Tree } from "./yaml/tree";

/** The folders of layers whose files are chosen by name. */
export type LayerFolder = "accounts" | "tiers" | "releases";

/**
 * A directory of definitions. Files are read when they are asked for, and once. What the program ships as data (defaults,
 * channels, releases, facts about AWS) stands in where the directory has no file of its own.
 */
export class DefinitionFiles {
  private readonly parsed = new Map<string, ParsedFile>();

  constructor(
    readonly directory: string,
    private readonly shipped: string,
  ) {}

  exists(): boolean {
    return existsSync(this.directory);
  }

  /** A data file of the directory, or else the one that is shipped. */
  data(name: string): ParsedFile {
    const own = join(this.directory, name);
    return this.read(existsSync(own) ? own : join(this.shipped, name));
  }

  /** Defaults, the lowest first: those that are shipped know every key, the directory's own come over them. */
  defaults(): ParsedFile[] {
    const own = join(this.directory, "defaults.yaml");
    const shipped = join(this.shipped, "defaults.yaml");
    return own === shipped || !existsSync(own) ? [this.read(shipped)] : [this.read(shipped), this.read(own)];
  }

  /** The names in a folder of layers, sorted. */
  names(folder: LayerFolder): string[] {
    return [...new Set(this.foldersOf(folder).flatMap(yamlNames))].sort(compareText);
  }

  /** A layer by its name; undefined where there is no such file. */
  layer(folder: LayerFolder, name: string): ParsedFile | undefined {
    const file = this.layerFile(folder, name);
    return file === undefined ? undefined : this.read(file);
  }

  layerFile(folder: LayerFolder, name: string): string | undefined {
    // A name comes from a definition: it must not reach outside of the folder.
    if (basename(name) !== name) return undefined;
    return this.foldersOf(folder)
      .map((path) => join(path, `${name}.yaml`))
      .find((file) => existsSync(file));
  }

  /** Releases come with the program, and a directory may add to them; accounts and tiers are its own alone. */
  private foldersOf(folder: LayerFolder): string[] {
    const own = join(this.directory, folder);
    return folder === "releases" ? [...new Set([own, join(this.shipped, folder)])] : [own];
  }

  /** Every cluster's file, in order of its path. */
  clusterFiles(): string[] {
    const folder = join(this.directory, "clusters");
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort(compareText);
  }

  read(file: string): ParsedFile {
    const known = this.parsed.get(file);
    if (known !== undefined) return known;
    const parsed = readDefinition(file);
    this.parsed.set(file, parsed);
    return parsed;
  }
}

function yamlNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length));
}

/** Reads a file and does what every file needs: shorthands written out, secrets and twins refused. */
export function readDefinition(file: string): ParsedFile {
  const parsed = parseYaml(file, readFileSync(file));
  if (parsed.root === undefined) return parsed;
  const expanded = expandShorthands(parsed.root);
  return {
    root: expanded.file,
    problems: [...parsed.problems, ...expanded.problems, ...secretsUnderKeys(parsed.root), ...twins(parsed.root)],
  };
}

/** Items of one list with one name would silently become one item. */
function twins(root: Tree): Problem[] {
  const problems: Problem[] = [];
  const visit = (tree: Tree): void => {
    if (tree.kind === "map") for (const { value } of tree.entries.values()) visit(value);
    if (tree.kind !== "list") return;
    const names = new Set<string>();
    for (const item of tree.items) {
      const name = itemName(item);
      if (name !== undefined && names.has(name)) {
        const at = item.kind === "map" ? (item.entries.get("name")?.value ?? item) : item;
        problems.push({
          severity: "error",
          place: placeOf(at),
          path: "name",
          message: `two items of this list are named ${JSON.stringify(name)}: rename one`,
        });
      }
      if (name !== undefined) names.add(name);
      visit(item);
    }
  };
  visit(root);
  return problems;
}
