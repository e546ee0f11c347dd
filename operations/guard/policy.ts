import { checkFleet } from "../../fleet/load";
import type { GuardSettings } from "../../fleet/model/guard";
import type { StackName } from "../../fleet/model/stacks";
import { peersOf } from "../../fleet/peers";
import { textAt } from "../../fleet/read/chosen-layers";
import { readExceptions } from "../../fleet/read/exceptions";
import { DefinitionFiles, nameOfFile } from "../../fleet/read/files";
import { Layers } from "../../fleet/read/layers";
import { readDefinition } from "../../fleet/read/read-definition";
import { ownStacks, stacksOf } from "../../fleet/stacks/own-stacks";
import { isOwnStack } from "../../fleet/stacks/stack-names";
import { DefinitionError, type Problem } from "../../language/problem";
import { ifCertain } from "../../language/refused";
import { destroys, type Plan } from "../plans/plan";
import type { GuardPolicy } from "./guard";

export interface PolicyOptions {
  readonly directory: string;
  readonly shipped: string;
  readonly today: string;
}

/**
 * Reads the policy for plans: the tiers, the exceptions and the names of the clusters.
 *
 * @param peers the clusters whose definitions are also read for network connections: all, those without errors, or none. A repository with
 * stacks of its own always reads them, to find the clusters that enable those stacks
 * @throws DefinitionError if an exception or a tier has an error, or if a definition has one and all are needed
 */
export function readPolicy(
  { directory, shipped, today }: PolicyOptions,
  { peers }: { readonly peers: "all" | "none" | "readable" },
): { readonly policy: GuardPolicy; readonly warnings: readonly Problem[] } {
  const files = new DefinitionFiles(directory, shipped);
  const missing = files.missing();
  if (missing !== undefined) throw new DefinitionError([missing]);
  const layers = new Layers(files);
  const tiers = new Map<string, GuardSettings>();
  for (const name of files.names("tiers")) {
    const settings = layers.tier(name).own?.guard;
    if (settings !== undefined) tiers.set(name, settings);
  }
  const { exceptions, problems } = readExceptions(files, today);
  const found = [...layers.problems, ...problems];
  if (found.some(({ severity }) => severity === "error")) throw new DefinitionError(found);
  const standard = textAt(layers.defaults, ["meta", "TIER"]) ?? null;
  const clusters = new Map(files.clusterFiles().map((file) => [nameOfFile(file), tierOf(file) ?? standard] as const));
  const defined =
    peers === "none" && ownStacks().length === 0 ? [] : definedClusters({ directory, shipped, today }, peers);
  const enabled = new Map(defined.map(({ name, stacks }) => [name, stacks]));
  const policy = { tiers, exceptions, clusters, peers: connected(defined), ownStacks: enabled };
  return { policy, warnings: found };
}

/** True if a plan destroys a VPC. Then the guard must check the clusters whose networks are connected to it. */
export function destroysNetwork(plan: Plan): boolean {
  return plan.changes.some((change) => change.type === "aws_vpc" && destroys(change));
}

/** Returns the tier that a cluster's file names; undefined if it names none. */
function tierOf(file: string): string | undefined {
  const { root } = readDefinition(file);
  return root === undefined ? undefined : textAt(root, ["meta", "TIER"]);
}

/** The fields of a cluster's definition that the guard reads. */
interface DefinedCluster {
  readonly name: string;
  /** Clusters that it is peered with. */
  readonly peers: readonly string[];
  /** Its stacks of `extensions/stacks/`. */
  readonly stacks: readonly StackName[];
}

function definedClusters(options: PolicyOptions, needed: "all" | "none" | "readable"): readonly DefinedCluster[] {
  const { problems, resolved, selected } = checkFleet(options);
  if (needed !== "readable" && problems.some(({ severity }) => severity === "error"))
    throw new DefinitionError(problems);
  return selected.flatMap(({ name, subject }) => {
    if (subject === undefined) return [];
    const defined = ifCertain(() => ({
      name,
      peers: peersOf(subject, resolved).map((peer) => peer.name),
      stacks: stacksOf(subject.definition).filter(isOwnStack),
    }));
    return defined ?? [];
  });
}

/** Returns the clusters that have a connection to each cluster. */
function connected(clusters: readonly DefinedCluster[]): ReadonlyMap<string, readonly string[]> {
  const peers = new Map<string, string[]>();
  for (const { name, peers: theirs } of clusters)
    for (const peer of theirs) peers.set(peer, [...(peers.get(peer) ?? []), name]);
  return peers;
}
