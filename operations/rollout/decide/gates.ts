import { listed } from "../../../language/suggest";
import type { History } from "../records/history";
import type { RolloutCluster } from "./fleet";
import { isBusy, type Situation, type Waiting } from "./situation";

interface WaveState {
  readonly unfinished: readonly string[];
  /** The time when the last cluster became healthy; undefined if no cluster of the wave has the release as its target. */
  readonly soundSince: number | undefined;
}

const waveStates = new WeakMap<Situation, Map<string, readonly WaveState[]>>();

/** Returns the reasons to wait besides the turn and the window: earlier waves, their soak, new peers, and an approval. */
export function gateOf(cluster: RolloutCluster, situation: Situation, emergency: boolean): Waiting | undefined {
  const earlier = emergency ? undefined : earlierWaves(cluster, situation);
  const peer = emergency ? undefined : newPeerOf(cluster, situation);
  return earlier ?? peer ?? approvalOf(cluster, situation) ?? partnerOf(cluster, situation);
}

/** Returns a peer that was never deployed and comes in the same wave or before. One of a later wave would wait for this cluster; `rollout plan` reports it. */
function newPeerOf({ peers, wave }: RolloutCluster, { byName, history }: Situation): Waiting | undefined {
  const name = peers.find((each) => {
    const peer = byName.get(each);
    if (peer === undefined || peer.cluster.wave > wave) return false;
    return !wasDeployed(each, history);
  });
  if (name === undefined) return undefined;
  const why = `it is peered with ${name}, which no record shows as deployed: ${name} goes first`;
  return { reason: "peer", why, until: undefined };
}

/** True if a record shows a deploy of the cluster that succeeded. */
export function wasDeployed(name: string, history: History): boolean {
  return history.attemptsOf(name).some(({ ended }) => ended.some(({ result }) => result === "succeeded"));
}

function earlierWaves({ target, wave }: RolloutCluster, situation: Situation): Waiting | undefined {
  const { fleet, now } = situation;
  const states = statesOf(target.release, situation).slice(0, wave);
  for (const [index, { unfinished }] of states.entries()) {
    if (unfinished.length === 0) continue;
    const name = fleet.waves[index]?.name ?? "";
    return {
      reason: "waves",
      why: `wave ${name} is not finished with ${target.release}: ${listed(unfinished, 3)}`,
      until: undefined,
    };
  }
  const soaks = states.flatMap(({ soundSince }, index) => {
    const { name = "", soak = 0 } = fleet.waves[index] ?? {};
    return soundSince === undefined ? [] : [{ name, until: soundSince + soak }];
  });
  const last = soaks.reduce<(typeof soaks)[number] | undefined>(
    (a, b) => (a !== undefined && a.until >= b.until ? a : b),
    undefined,
  );
  if (last === undefined || last.until <= now) return undefined;
  return {
    reason: "soak",
    why: `wave ${last.name} has not been healthy with ${target.release} for its soak`,
    until: last.until,
  };
}

/** Returns the progress of every wave with a release. Clusters with another release as their target do not count. */
function statesOf(release: string, situation: Situation): readonly WaveState[] {
  const known = waveStates.get(situation) ?? new Map<string, readonly WaveState[]>();
  waveStates.set(situation, known);
  const states = known.get(release) ?? findStates(release, situation);
  known.set(release, states);
  return states;
}

function findStates(release: string, { fleet, known }: Situation): readonly WaveState[] {
  const states = fleet.waves.map(() => ({ unfinished: [] as string[], since: [] as number[] }));
  for (const each of known) {
    const state = states[each.cluster.wave];
    if (state === undefined || each.cluster.target.release !== release) continue;
    if (each.phase.phase === "failed") continue; // halts the wave, or is tolerated
    if (!each.settled) state.unfinished.push(each.cluster.name);
    else if (each.phase.phase === "sound") state.since.push(each.phase.since);
  }
  return states.map(({ since, unfinished }) => ({
    unfinished,
    soundSince: since.length === 0 ? undefined : Math.max(...since),
  }));
}

/** A protected cluster waits for `fleet rollout approve` if its CI system cannot require an approval. */
function approvalOf({ gateless, target, wave }: RolloutCluster, { fleet, history }: Situation): Waiting | undefined {
  const { approval = false, name = "" } = fleet.waves[wave] ?? {};
  if (!(approval || gateless !== undefined) || history.isApproved(name, target.release)) return undefined;
  const because = approval ? "" : `. The cluster is protected, but ${gateless}`;
  const why = `wave ${name} waits for fleet rollout approve ${name} --release ${target.release}${because}`;
  return { reason: "approval", why, until: undefined };
}

/** Returns the partner that keeps a cluster from changing, because it changes itself or has failed. */
function partnerOf({ apart }: RolloutCluster, { byName }: Situation): Waiting | undefined {
  for (const [name, rule] of apart) {
    const partner = byName.get(name);
    if (partner === undefined || !(isBusy(partner) || partner.phase.phase === "failed")) continue;
    const until = partner.phase.phase === "running" ? partner.phase.until : undefined;
    const state = partner.phase.phase === "failed" ? "has failed" : "is being changed, or is not known to be healthy";
    return { reason: "apart", why: `${name} ${state}, and ${rule} lets only one of them change`, until };
  }
  return undefined;
}
