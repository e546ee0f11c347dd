import type { Problem } from "../language/problem";
import { canRead } from "../language/refused";
import { meantOrKnown } from "../language/suggest";
import { layOver } from "../language/yaml/merge";
import { standsNowhere, treeOf } from "../language/yaml/plain-tree";
import { descend, type MapTree, type Path, type Tree } from "../language/yaml/tree";
import { platformFindings } from "./checks/addons/platform";
import { checkDefinitions } from "./checks/definition";
import { holdFindings } from "./checks/fleet/hold";
import type { Subject } from "./model/subject";
import { parseWithPlaces } from "./parse/parse-with-places";
import { changedIdentities } from "./read/changed-identity";
import { type ChosenLayers, chosenLayers, textAt } from "./read/chosen-layers";
import { withItemDefaults } from "./read/item-defaults";
import type { Layers } from "./read/layers";
import { type Finding, type RuledFinding, ruled } from "./rules/finding";
import { findingProblems, type ResolvedDefinition } from "./rules/resolved-definition";
import { definition as definitionSchema } from "./schema/definition";
import { NO_PLATFORM } from "./schema/releases/release";
import { type LeftOff, settlePlatform } from "./settle-platform";

/** A cluster's file that was read. */
export interface ReadFile {
  readonly file: string;
  readonly nameOfFile: string;
  readonly root: MapTree;
}

/** A cluster's file that was resolved, with the layers that it uses. */
export interface ResolvedFile extends ResolvedDefinition, ReadFile {
  readonly chosen: ChosenLayers;
  readonly layers: Layers;
}

/**
 * Merges clusters' files over their layers, parses the results and checks them. Each step runs for all of them before the next
 * begins: the code of all steps does not fit into a processor's cache, and one file after another takes half as long again.
 */
export function resolveDefinitions(files: readonly ReadFile[], layers: Layers, today: string): readonly ResolvedFile[] {
  const merged = files.map((each) => merge(each, layers, chosenLayers(each.root, layers, NO_PLATFORM)));
  const parsed = merged.map((each) => parse(each, layers, today));
  const findings = checkDefinitions(parsed.map(({ subject }) => subject));
  return parsed.map((each, index) => {
    const retry = (switched: readonly string[]): Checked => {
      const again = parse(merge(each, layers, { ...each.chosen, switched }), layers, today);
      return { ...again, found: checkDefinitions([again.subject])[0] ?? [] };
    };
    const { kept, leftOff } = settlePlatform({ ...each, found: findings[index] ?? [] }, retry);
    return resolved(kept, layers, [...kept.found, ...ofPlatform(kept, leftOff, layers)]);
  });
}

function ofPlatform(
  { chosen, subject }: Checked,
  leftOff: readonly LeftOff[],
  layers: Layers,
): readonly RuledFinding[] {
  if (subject === undefined) return [];
  const { platform: name, release, switched } = chosen;
  const known = [...layers.platforms(release).keys()];
  return ruled("platform", platformFindings({ subject, name, known, switched, leftOff }));
}

interface Checked extends ParsedDefinition {
  readonly found: readonly RuledFinding[];
}

interface Merged extends ReadFile {
  readonly chosen: ChosenLayers;
  readonly tree: MapTree;
  readonly mixedItems: readonly Problem[];
}

function merge({ file, nameOfFile, root }: ReadFile, layers: Layers, chosen: ChosenLayers): Merged {
  const laid = laidTree(root, layers, chosen);
  const mixedItems = changedIdentities(laid, file, textAt(root, ["meta", "CLUSTER_NAME"]) ?? nameOfFile);
  return { file, nameOfFile, root, chosen, tree: withItemDefaults(laid), mixedItems };
}

interface ParsedDefinition extends Merged {
  readonly subject: Subject | undefined;
  /** Problems of the values, of the file's name and of its choice of layers. */
  readonly problems: readonly Problem[];
  readonly findings: readonly RuledFinding[];
}

function parse(merged: Merged, layers: Layers, today: string): ParsedDefinition {
  const { chosen, file, mixedItems, nameOfFile, root, tree } = merged;
  const below = layers.below(chosen);
  const refused = [...below.refused, ...BLANKS.filter((path) => isBlank(tree, path))];
  const { problems, value } = parseWithPlaces(tree, definitionSchema, {
    placeholders: placeholders(layers),
    own: root,
    refused,
  });
  const { regions, serviceLevels, support } = layers;
  // Where the account was refused, the default's is not what was meant.
  const account = canRead(value, ["meta", "ACCOUNT"]) ? layers.account(chosen.account).own : undefined;
  const release = canRead(value, ["meta", "RELEASE_MODEL"]) ? layers.release(chosen.release).own : undefined;
  const subject: Subject | undefined =
    value === undefined ? undefined : { definition: value, account, release, regions, serviceLevels, support, today };
  const findings = [
    ...ruled("unknown-layer", unknownLayers(layers, chosen)).filter(({ path }) => canRead(value, path)),
    ...(subject === undefined ? [] : ruled("hold", holdsOf(subject, layers, chosen))),
    ...ruled("file-name", nameOfFileFinding(textAt(root, ["meta", "CLUSTER_NAME"]), nameOfFile)),
  ];
  return {
    chosen,
    file,
    mixedItems,
    nameOfFile,
    root,
    tree,
    subject,
    problems: [...below.problems, ...problems, ...mixedItems],
    findings,
  };
}

function resolved(parsed: ParsedDefinition, layers: Layers, findings: readonly RuledFinding[]): ResolvedFile {
  const { chosen, file, nameOfFile, root, subject, tree } = parsed;
  const name = textAt(root, ["meta", "CLUSTER_NAME"]) ?? nameOfFile;
  const named = { file, name, defaults: layers.defaultsFiles };
  // The rules of a release's own program count for its clusters: a new rule of this program must not stop them.
  const counting = layers.files.pinned === undefined ? findings : [];
  const found = findingProblems({ tree: () => tree, ...named }, [...parsed.findings, ...counting]);
  const problems = [...parsed.problems, ...found];
  // A thousand clusters' trees would be kept for the few that conflict with another cluster.
  return {
    subject,
    problems,
    tree: () => mergedTree(root, layers, chosen),
    chosen,
    layers,
    nameOfFile,
    root,
    ...named,
  };
}

function mergedTree(root: MapTree, layers: Layers, chosen: ChosenLayers): MapTree {
  return withItemDefaults(laidTree(root, layers, chosen));
}

/**
 * Parses a definition again with a change of the tree that its layers make together, before items of lists inherit defaults. The
 * layers stay those that the rules chose, and no rule judges the result.
 */
export function resolveChanged(
  { chosen, file, nameOfFile, root }: Omit<ResolvedFile, "layers">,
  layers: Layers,
  today: string,
  change: (laid: MapTree) => MapTree,
): Pick<ResolvedDefinition, "problems" | "subject"> {
  const tree = withItemDefaults(change(laidTree(root, layers, chosen)));
  return parse({ file, nameOfFile, root, chosen, tree, mixedItems: [] }, layers, today);
}

/** Returns the tree that a cluster's layers make together, before items of lists inherit defaults. */
export function laidTree(root: MapTree, layers: Layers, chosen: ChosenLayers): MapTree {
  const laid = layOver(base(layers, chosen), root);
  return laid.kind === "map" ? laid : root;
}

/** By the tree of the layers: clusters of one kind share it. */
const bases = new WeakMap<MapTree, Tree>();

function base(layers: Layers, chosen: ChosenLayers): Tree {
  const below = layers.below(chosen).part;
  const known = bases.get(below) ?? layOver(blankValues(layers, chosen), below);
  bases.set(below, known);
  return known;
}

/** Values in place of required ones that a definition lacks: that was reported, and must not stop the other checks. */
function placeholders(layers: Layers): MapTree {
  return treeOf({
    meta: { CLUSTER_NAME: "name.example.com" },
    tfvars: { common: { aws_region: firstRegion(layers) } },
  });
}

/** Values that a layer provides. */
const BLANKS: readonly Path[] = [
  ["tfvars", "common", "aws_region"],
  ["tfvars", "cluster", "kubernetes_version"],
];

/** Lies below everything: if a layer cannot be read, its values do not count as missing. */
function blankValues(layers: Layers, { release, account, tier }: ChosenLayers): MapTree | undefined {
  const broken = (["accounts", "tiers"] as const).some((folder) => {
    const name = folder === "accounts" ? account : tier;
    return layers.files.layerFile(folder, name) !== undefined && layers.files.layer(folder, name)?.root === undefined;
  });
  const noRelease = layers.release(release).root === undefined;
  if (!broken && !noRelease) return undefined;
  return treeOf({
    tfvars: {
      ...(broken && { common: { aws_region: firstRegion(layers) } }),
      cluster: { kubernetes_version: "1.00" },
    },
  });
}

function isBlank(tree: MapTree, path: Path): boolean {
  const found = descend(tree, path);
  return found.complete && standsNowhere(found.tree);
}

function firstRegion(layers: Layers): string {
  return Object.keys(layers.regions)[0] ?? "us-east-1";
}

function nameOfFileFinding(name: string | undefined, nameOfFile: string): Finding[] {
  if (name === undefined || name === nameOfFile) return [];
  const message = `must be the file's name without .yaml, ${JSON.stringify(nameOfFile)}, got ${JSON.stringify(name)}: rename one of them`;
  return [{ path: ["meta", "CLUSTER_NAME"], message }];
}

function holdsOf(subject: Subject, layers: Layers, { model }: ChosenLayers): Finding[] {
  const releases = layers.files.names("releases");
  return holdFindings(subject, { model, releases, channels: layers.channelNames() });
}

function unknownLayers(layers: Layers, { model, release, account, tier }: ChosenLayers): Finding[] {
  const findings: Finding[] = [];
  if (layers.files.layerFile("accounts", account) === undefined)
    findings.push({ path: ["meta", "ACCOUNT"], message: layers.files.unknown("accounts", account) });
  if (layers.files.layerFile("tiers", tier) === undefined)
    findings.push({ path: ["meta", "TIER"], message: layers.files.unknown("tiers", tier) });
  if (layers.files.layerFile("releases", release) === undefined && release !== layers.releaseOf(model))
    findings.push({ path: ["meta", "HOLD", "release"], message: layers.files.unknown("releases", release) });
  else if (layers.files.layerFile("releases", release) === undefined) {
    // A channel of an unknown release is reported once, in channels.yaml.
    const models = layers.models();
    if (models !== undefined && !models.includes(model)) {
      const known = meantOrKnown(model, models);
      const message = `unknown channel or release ${JSON.stringify(model)}${known}`;
      findings.push({ path: ["meta", "RELEASE_MODEL"], message });
    }
  }
  return findings;
}
