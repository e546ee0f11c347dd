import { ifCertain } from "../language/refused";
import { buildPeer } from "./build-cluster";
import type { PeerCluster } from "./model/cluster";
import type { Subject } from "./model/subject";
import type { ResolvedDefinition } from "./rules/resolved-definition";

/** Returns the facts about the clusters that a cluster is peered with. */
export function peersOf(subject: Subject, resolved: readonly ResolvedDefinition[]): PeerCluster[] {
  const names = peeredClusters(subject);
  if (names.length === 0) return []; // nearly always: a thousand clusters must not look at each other
  return resolved.flatMap(({ name, subject: peer }) =>
    peer !== undefined && names.includes(name) ? [buildPeer(peer)] : [],
  );
}

/** Returns the names of the clusters that a cluster is peered with. */
export function peeredClusters({ definition }: Subject): readonly string[] {
  const peered = () => definition.tfvars.networking.vpc_peering_connections.flatMap(({ cluster }) => cluster ?? []);
  return ifCertain(peered) ?? [];
}

/** A cluster, and the clusters whose networks it reads. */
interface Peered {
  readonly name: string;
  readonly peers: readonly { readonly name: string }[];
}

/**
 * Returns clusters so that each comes after those whose networks it reads.
 *
 * @param among the clusters that are also returned if one of the others reads their networks, directly or not
 */
export function peersFirst<Cluster extends Peered>(
  clusters: readonly Cluster[],
  among: readonly Cluster[] = clusters,
): readonly Cluster[] {
  const byName = new Map(among.map((each) => [each.name, each]));
  const ordered = new Set<Cluster>();
  const visited = new Set<Cluster>();
  const visit = (cluster: Cluster | undefined): void => {
    if (cluster === undefined || visited.has(cluster)) return;
    visited.add(cluster);
    for (const { name } of cluster.peers) visit(byName.get(name));
    ordered.add(cluster);
  };
  for (const each of clusters) visit(each);
  return [...ordered];
}

/** Loads clusters with all whose networks they read, directly or not. */
export function loadWithPeers<Cluster extends Peered>(
  names: readonly string[],
  load: (names: readonly string[]) => readonly Cluster[],
): readonly Cluster[] {
  const clusters = load(names);
  const peers = clusters.flatMap((each) => each.peers.map(({ name }) => name));
  const missing = new Set(peers.filter((name) => !names.includes(name)));
  return missing.size === 0 ? clusters : loadWithPeers([...names, ...missing], load);
}
