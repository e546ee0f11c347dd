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
