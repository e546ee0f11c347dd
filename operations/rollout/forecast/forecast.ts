import { decideInTurn } from "../decide/decide";
import type { Decision } from "../decide/decision";
import type { RolloutFleet } from "../decide/fleet";
import { phaseOf } from "../decide/phase";
import { History } from "../records/history";
import type { Stored } from "../records/record";

/** A change that is expected. */
export interface ExpectedStart {
  readonly cluster: string;
  readonly wave: number;
  readonly release: string;
  readonly starts: number;
  readonly ends: number;
}

export interface Forecast {
  readonly starts: readonly ExpectedStart[];
  /** Decisions at the end of the forecast. */
  readonly left: readonly Decision[];
  /** The records as they would be then. */
  readonly history: History;
  readonly end: number;
}

/**
 * Simulates the rules as if each change lasted its maximum duration, and every cluster were healthy afterwards. Clusters that wait for a
 * person keep waiting.
 */
export function forecast(fleet: RolloutFleet, records: Iterable<Stored>, now: number, until: number): Forecast {
  const history = new History(records);
  const clusters = new Map(fleet.clusters.map((each) => [each.name, each]));
  const starts: ExpectedStart[] = [];
  const ends: { readonly at: number; readonly cluster: string; readonly attempt: string }[] = [];
  let count = 0;
  const id = (): string => `expected-${count++}`;
  const iso = (time: number): string => new Date(time).toISOString();
  const common = (time: number) => ({ version: 1, at: iso(time), commit: null, by: "forecast" }) as const;
  const succeed = (time: number, cluster: string, attempt: string, has: { readonly ended: boolean }): void => {
    const base = { ...common(time), cluster, attempt };
    if (!has.ended) history.add({ ...base, id: id(), kind: "ended", result: "succeeded", detail: "", plan: null });
    history.add({ ...base, id: id(), kind: "observed", health: "healthy", checks: [] });
  };
  for (const { length, name } of fleet.clusters) {
    const phase = phaseOf(history, name, now);
    if (phase.phase === "finished") succeed(now, name, phase.attempt.started.id, { ended: true });
    if (phase.phase === "running")
      ends.push({
        at: Math.max(now, Date.parse(phase.attempt.started.at) + length),
        cluster: name,
        attempt: phase.attempt.started.id,
      });
  }
  for (let time = now; ; ) {
    for (const each of ends.filter(({ at }) => at <= time)) {
      ends.splice(ends.indexOf(each), 1);
      succeed(each.at, each.cluster, each.attempt, { ended: false });
    }
    const { decisions, turn } = decideInTurn(fleet, history, time);
    for (const { cluster, emergency, target, wave } of turn) {
      const { length = 0, wave: index = 0 } = clusters.get(cluster) ?? {};
      const attempt = id();
      const lease_until = iso(time + length + fleet.leaseMargin);
      const { by: runner, ...base } = common(time);
      history.add({
        ...base,
        id: attempt,
        kind: "started",
        number: (history.attemptsOf(cluster).at(-1)?.started.number ?? 0) + 1,
        cluster,
        wave,
        target,
        runner,
        lease_until,
        emergency,
        nonce: attempt,
      });
      starts.push({ cluster, wave: index, release: target.release, starts: time, ends: time + length });
      ends.push({ at: time + length, cluster, attempt });
    }
    const events = [
      ...ends.map(({ at }) => at),
      ...decisions.flatMap((each) => (each.until === null ? [] : [Date.parse(each.until)])),
    ];
    const next = Math.min(...events.filter((at) => at > time));
    if (next > until) return { starts, left: decideInTurn(fleet, history, time).decisions, history, end: time };
    time = next;
  }
}
