import { decide } from "./decide/decide";
import type { Decision } from "./decide/decision";
import type { RolloutFleet } from "./decide/fleet";
import { haltOf } from "./decide/halts";
import { isSame } from "./decide/phase";
import { type Known, type Situation, situationOf } from "./decide/situation";
import type { History } from "./records/history";
import type { StatusReport } from "./report";

const DAY = 24 * 60 * 60 * 1000;
const PERSON = "--who … --reason …";

type Attention = StatusReport["attention"][number];

/** Returns the progress of every wave, and the decisions that require a person. */
export function rolloutStatus(fleet: RolloutFleet, history: History, now: number): StatusReport {
  const decisions = decide(fleet, history, now);
  const situation = situationOf(fleet, history, now);
  return {
    version: 1,
    now: iso(now),
    waves: fleet.waves.map((_, index) => waveStatus(index, decisions, situation)),
    attention: [
      ...wrongClock(situation),
      ...haltsByHand(situation),
      ...situation.known.flatMap((known) => waitsForPerson(known)),
      ...situation.known.flatMap((known) => missedSla(known, situation)),
    ],
    running: situation.known.flatMap(({ cluster, phase }) =>
      phase.phase === "running"
        ? [
            {
              cluster: cluster.name,
              runner: phase.attempt.started.runner,
              since: phase.attempt.started.at,
              lease_until: iso(phase.until),
            },
          ]
        : [],
    ),
    emergencies: history
      .emergencies()
      .filter(({ id, until }) => Date.parse(until) > now && history.liftOf(id) === undefined)
      .map(({ clusters, id, reason, until, who }) => ({ record: id, clusters, who, reason, until })),
    held: [...fleet.held],
  };
}

const iso = (time: number): string => new Date(time).toISOString();

function waveStatus(
  index: number,
  decisions: readonly Decision[],
  situation: Situation,
): StatusReport["waves"][number] {
  const { name = "", soak = 0 } = situation.fleet.waves[index] ?? {};
  const own = situation.known.filter(({ cluster }) => cluster.wave === index);
  const count = (word: Decision["decision"]): number =>
    decisions.filter((each) => each.wave === name && each.decision === word).length;
  const releases = [...new Set(own.map(({ cluster }) => cluster.target.release))].sort();
  return {
    name,
    clusters: own.length,
    decisions: {
      go: count("go"),
      wait: count("wait"),
      done: count("done"),
      failed: count("failed"),
      halted: count("halted"),
    },
    halted: haltOf(index, situation) ?? null,
    releases: releases.map((release) => {
      const having = own.filter(({ cluster }) => cluster.target.release === release);
      const done = having.filter(({ phase, settled }) => settled && phase.phase === "sound");
      const since = Math.max(...done.flatMap(({ phase }) => (phase.phase === "sound" ? [phase.since] : [])));
      const complete = having.every(({ settled }) => settled) && Number.isFinite(since);
      return {
        release,
        clusters: having.length,
        done: done.length,
        healthy_since: complete ? iso(since) : null,
        soaked_at: complete ? iso(since + soak) : null,
      };
    }),
  };
}

function wrongClock({ history, now }: Situation): Attention[] {
  const latest = history.latest();
  if (latest === undefined || Date.parse(latest.at) <= now) return [];
  const what = `the last record is of ${latest.at}, which is later than now, so that nothing starts`;
  const command = `fleet rollout resume --record ${latest.id.slice(0, 12)} ${PERSON}`;
  return [{ kind: "clock", cluster: null, wave: null, record: latest.id, what, command }];
}

function haltsByHand({ history }: Situation): Attention[] {
  return history.openHalts().map(({ at, id, reason, wave, who }) => ({
    kind: "halted" as const,
    cluster: null,
    wave,
    record: id,
    what: `${who} halted ${wave === null ? "all waves" : `wave ${wave}`} at ${at}: ${reason}`,
    command: `fleet rollout resume${wave === null ? "" : ` ${wave}`} ${PERSON}`,
  }));
}

function waitsForPerson({ cluster: { name }, phase }: Known): Attention[] {
  const base = { cluster: name, wave: null };
  if (phase.phase === "failed")
    return [
      {
        ...base,
        kind: "failed",
        record: phase.records[0] ?? null,
        what: phase.why,
        command: `fleet rollout resume ${name} ${PERSON}`,
      },
    ];
  if (phase.phase === "inconclusive")
    return [
      {
        ...base,
        kind: "inconclusive",
        record: phase.record,
        what: phase.why,
        command: `fleet rollout approve ${name} ${PERSON}`,
      },
    ];
  return [];
}

/** Reports a cluster that has not had its target for longer than its definition allows. */
function missedSla({ cluster, settled }: Known, { history, now }: Situation): Attention[] {
  const wanted = history.wantedOf(cluster.name);
  const target = wanted?.targets[cluster.name];
  if (
    settled ||
    cluster.slaDays === null ||
    wanted === undefined ||
    target === undefined ||
    !isSame(target, cluster.target)
  )
    return [];
  const days = Math.floor((now - Date.parse(wanted.at)) / DAY);
  if (days < cluster.slaDays) return [];
  const what = `has waited for ${cluster.target.release} for ${days} days, and its sla_days are ${cluster.slaDays}`;
  return [{ kind: "late", cluster: cluster.name, wave: null, record: wanted.id, what, command: null }];
}
