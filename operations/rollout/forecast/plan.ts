import type { RolloutFleet } from "../decide/fleet";
import { situationOf } from "../decide/situation";
import type { History } from "../records/history";
import type { RolloutPlan } from "../report";
import { deadEnds } from "./dead-ends";
import { forecast } from "./forecast";

const DAY = 24 * 60 * 60 * 1000;

/** Returns the expected time of each cluster's change in the next days, and the dead ends. */
export function planRollout(fleet: RolloutFleet, history: History, now: number, days: number): RolloutPlan {
  const until = now + days * DAY;
  const expected = forecast(fleet, history.records, now, until);
  const { known } = situationOf(fleet, expected.history, expected.end);
  return {
    version: 1,
    now: iso(now),
    until: iso(until),
    starts: expected.starts.map(({ cluster, ends, release, starts, wave }) => ({
      cluster,
      wave: fleet.waves[wave]?.name ?? "",
      release,
      starts: iso(starts),
      ends: iso(ends),
    })),
    waves: fleet.waves.map(({ name, soak }, index) => {
      const starts = expected.starts.filter(({ wave }) => wave === index);
      const own = known.filter(({ cluster }) => cluster.wave === index);
      const since = Math.max(...own.flatMap(({ phase }) => (phase.phase === "sound" ? [phase.since] : [])));
      const complete = own.every(({ settled }) => settled) && Number.isFinite(since);
      return {
        name,
        begins: starts.length === 0 ? null : iso(Math.min(...starts.map((each) => each.starts))),
        ends: complete ? iso(since) : null,
        soaked: complete ? iso(since + soak) : null,
      };
    }),
    unfinished: expected.left.flatMap(({ cluster, decision, wave, why }) =>
      decision === "done" ? [] : [{ cluster, wave, why: why || decision }],
    ),
    held: [...fleet.held],
    dead_ends: [...deadEnds(fleet, history, now, expected, until)],
  };
}

const iso = (time: number): string => new Date(time).toISOString();
