import { loadFleet } from "../../fleet/load";
import type { Cluster } from "../../fleet/model/cluster";
import type { GuardSettings } from "../../fleet/model/guard";
import { textAt } from "../../fleet/read/chosen-layers";
import { readExceptions } from "../../fleet/read/exceptions";
import { DefinitionFiles, nameOfFile } from "../../fleet/read/files";
import { Layers } from "../../fleet/read/layers";
import { readDefinition } from "../../fleet/read/read-definition";
import { ownStacks, stacksOf } from "../../fleet/stacks/own-stacks";
import { isOwnStack } from "../../fleet/stacks/stack-names";
import { DefinitionError, type Problem } from "../../language/problem";
import { destroys, type Plan } from "../plans/plan";
import type { GuardPolicy } from "./guard";

export interface PolicyOptions {
  readonly directory: string;
  readonly shipped: string;
  readonly today: string;
}

/**
 * Reads what plans are judged by: the tiers, the exceptions and the names of the clusters.
 *
 * @param peers true to read every definition too, for the networks that are connected to each other. A repository with stacks of
 * its own always needs that, to know which clusters have them
 * @throws DefinitionError if an exception or a tier has an error
 */
export function readPolicy(
  { directory, shipped, today }: PolicyOptions,
  { peers }: { readonly peers: boolean },
): { readonly policy: GuardPolicy; readonly warnings: readonly Problem[] } {
  const files = new DefinitionFiles(directory, shipped);
  if (!files.exists())
    throw new DefinitionError([
      {
        rule: "definitions-directory",
        severity: "error",
        place: null,
        path: "DEFINITIONS_DIR",
        message: `directory ${JSON.stringify(directory)} does not exist`,
      },
    ]);
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
  const defined = peers || ownStacks().length > 0 ? loadFleet({ directory, shipped, today }).clusters : [];
  const enabled = new Map(defined.map((cluster) => [cluster.name, stacksOf(cluster).filter(isOwnStack)]));
  const policy = { tiers, exceptions, clusters, peers: peersOf(defined), ownStacks: enabled };
  return { policy, warnings: found };
}

/** True if a plan destroys a VPC: then it matters whose networks are connected to it. */
export function destroysNetwork(plan: Plan): boolean {
  return plan.changes.some((change) => change.type === "aws_vpc" && destroys(change));
}

/** Returns the tier that a cluster's file names; undefined if it names none. */
function tierOf(file: string): string | undefined {
  const { root } = readDefinition(file);
  return root === undefined ? undefined : textAt(root, ["meta", "TIER"]);
}

function peersOf(clusters: readonly Cluster[]): ReadonlyMap<string, readonly string[]> {
  const peers = new Map<string, string[]>();
  for (const { name, peers: theirs } of clusters)
    for (const peer of theirs) peers.set(peer.name, [...(peers.get(peer.name) ?? []), name]);
  return peers;
}
