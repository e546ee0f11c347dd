import { decideInTurn } from "./decide/decide";
import type { RolloutFleet } from "./decide/fleet";
import { isSame } from "./decide/phase";
import type { History } from "./records/history";
import type { Stored } from "./records/record";
import type { RecordLog } from "./stores/record-log";

export interface ClaimOptions {
  readonly now: () => number;
  readonly runner: string;
  readonly commit: string | null;
  /** Number of clusters that the runner changes at once. */
  readonly most: number;
  /** The clusters that the runner can change; undefined for all. */
  readonly only: ReadonlySet<string> | undefined;
  /** Distinguishes two starts at the same moment. */
  readonly nonce: () => string;
}

/**
 * Starts clusters that may start now, in their order, for a runner. A start is decided by all records before it, and is recorded only
 * if no other record was added meanwhile, or else it decides again: two runners never start the same cluster, and never more than may change at once.
 */
export async function claim(
  log: RecordLog,
  fleet: RolloutFleet,
  options: ClaimOptions,
): Promise<readonly Stored<"started">[]> {
  const { commit, most, nonce, only, runner } = options;
  const started: Stored<"started">[] = [];
  while (started.length < most) {
    const now = options.now();
    if (!(await recordTargets(log, fleet, now, commit))) continue;
    const { turn } = decideInTurn(fleet, log.history, now);
    const next = turn.find(({ cluster }) => only === undefined || only.has(cluster));
    if (next === undefined) return started;
    const { length = 0 } = fleet.clusters.find(({ name }) => name === next.cluster) ?? {};
    const added = await log.append<"started">({
      version: 1,
      kind: "started",
      at: new Date(now).toISOString(),
      commit,
      cluster: next.cluster,
      number: nextNumber(log.history, next.cluster),
      wave: next.wave,
      target: next.target,
      runner,
      lease_until: new Date(now + length + fleet.leaseMargin).toISOString(),
      emergency: next.emergency,
      nonce: nonce(),
    });
    if (added === undefined) await log.read();
    else started.push(added);
  }
  return started;
}

/** Returns the number of a cluster's next change. */
export function nextNumber(history: History, cluster: string): number {
  return (history.attemptsOf(cluster).at(-1)?.started.number ?? 0) + 1;
}

/** Records targets that no record has yet; false if another record was added meanwhile. */
async function recordTargets(
  log: RecordLog,
  fleet: RolloutFleet,
  now: number,
  commit: string | null,
): Promise<boolean> {
  const { history } = log;
  const latest = history.latest();
  if (latest !== undefined && Date.parse(latest.at) > now) return true; // the clock is wrong
  const changed = fleet.clusters.filter(({ name, target }) => {
    const known = history.wantedOf(name)?.targets[name];
    return known === undefined || !isSame(known, target);
  });
  if (changed.length === 0) return true;
  const targets = Object.fromEntries(changed.map(({ name, target }) => [name, target]));
  const added = await log.append<"wanted">({
    version: 1,
    kind: "wanted",
    number: history.lastWanted() + 1,
    at: new Date(now).toISOString(),
    commit,
    targets,
  });
  if (added === undefined) await log.read();
  return added !== undefined;
}
