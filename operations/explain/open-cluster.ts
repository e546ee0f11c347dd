import { buildCluster } from "../../fleet/build-cluster";
import { type LoadOptions, resolveFleet } from "../../fleet/load";
import type { Cluster, PeerCluster } from "../../fleet/model/cluster";
import type { Subject } from "../../fleet/model/subject";
import { peersOf } from "../../fleet/peers";
import { withItemDefaults } from "../../fleet/read/item-defaults";
import type { Layers } from "../../fleet/read/layers";
import { releaseProgram } from "../../fleet/release-program";
import { laidTree, type ResolvedFile } from "../../fleet/resolve";
import { ExpectedError } from "../../language/expected-error";
import type { Problem } from "../../language/problem";
import { listed } from "../../language/suggest";
import { type Entry, type MapTree, type Tree, withEntries } from "../../language/yaml/tree";

/** One cluster with all layers of its definition. */
export interface OpenCluster {
  readonly cluster: Cluster;
  readonly file: ResolvedFile;
  readonly subject: Subject;
  readonly layers: Layers;
  readonly peers: readonly PeerCluster[];
  readonly today: string;
  /**
   * Every key that can shape the cluster, with its place: `meta` and `tfvars` before items of lists inherit defaults, and the parts of
   * its release, account and service level.
   */
  readonly written: MapTree;
  /** The same after items of lists inherited their defaults. */
  readonly whole: MapTree;
  readonly warnings: readonly Problem[];
}

/** Roots of the keys that are not in the definition itself. */
export const OTHER_ROOTS = ["release", "account", "sla_profiles"] as const;

/**
 * Loads one cluster.
 *
 * @throws DefinitionError if a definition has an error, ExpectedError if the selection matches several clusters
 */
export function openCluster(options: LoadOptions & { readonly select: string }): OpenCluster {
  const { resolved, selected, warnings } = resolveFleet(options);
  const [file, ...others] = selected;
  if (file === undefined || others.length > 0) {
    const names = listed(selected.map(({ name }) => name));
    throw new ExpectedError(
      `${JSON.stringify(options.select)} selects ${selected.length} clusters, but must name one: ${names}`,
    );
  }
  const { layers, subject } = file;
  if (subject === undefined) throw new TypeError(`${file.name} has no definition`);
  const peers = peersOf(subject, resolved);
  const cluster = buildCluster(subject, layers, peers, releaseProgram(file, resolved));
  const laid = laidTree(file.root, layers, file.chosen);
  const open = { cluster, file, subject, layers, peers, today: options.today, warnings };
  return { ...open, written: withOthers(laid, open), whole: withOthers(withItemDefaults(laid), open) };
}

/** Adds the roots that are not in the definition. */
function withOthers(
  definition: MapTree,
  { file, layers, subject }: Pick<OpenCluster, "file" | "layers" | "subject">,
): MapTree {
  const level = subject.definition.tfvars.addons.sla;
  const others = {
    release: only(layers.release(file.chosen.release).root, ["kubernetes", "charts"]),
    account: without(layers.account(file.chosen.account).root, "tfvars"),
    sla_profiles: only(layers.defaults.entries.get("sla_profiles")?.value, [level]),
  };
  return withEntries(
    definition,
    Object.fromEntries(Object.entries(others).map(([root, value]) => [root, value && entryOf(value)])),
  );
}

function entryOf(value: MapTree): Entry {
  return { value, source: value.source, offset: value.offset };
}

function only(tree: Tree | undefined, keys: readonly string[]): MapTree | undefined {
  if (tree?.kind !== "map") return undefined;
  return { ...tree, entries: new Map([...tree.entries].filter(([key]) => keys.includes(key))) };
}

function without(tree: MapTree | undefined, key: string): MapTree | undefined {
  return tree && withEntries(tree, { [key]: undefined });
}
