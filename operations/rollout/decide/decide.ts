import type { History } from "../records/history";
import type { Decision } from "./decision";
import type { RolloutFleet } from "./fleet";
import { gateOf } from "./gates";
import { haltOf } from "./halts";
import { type Known, type Situation, situationOf, type Waiting } from "./situation";
import { activeEmergency, openingOf } from "./times";
import { type Candidate, inTurn } from "./turns";

/**
 * Returns the decision for every cluster at a moment. It depends on definitions, records and the moment only. All clusters with `go` may
 * start at the same time.
 */
export function decide(fleet: RolloutFleet, history: History, now: number): readonly Decision[] {
  return decideInTurn(fleet, history, now).decisions;
}

/** Returns the same, and the clusters with `go` in the order in which they get their turn. */
export function decideInTurn(
  fleet: RolloutFleet,
  history: History,
  now: number,
): { readonly decisions: readonly Decision[]; readonly turn: readonly Decision[] } {
  const situation = situationOf(fleet, history, now);
  const decisions = new Map<string, Decision>();
  const candidates: Candidate[] = [];
  for (const known of situation.known) {
    const { cluster } = known;
    const settled = decisionOfPhase(known, situation) ?? pendingDecision(known, situation);
    if ("decision" in settled) decisions.set(cluster.name, settled);
    else candidates.push({ known, ...settled });
  }
  const turn: Decision[] = [];
  for (const each of inTurn(candidates, situation)) {
    const { emergency, known } = each.candidate;
    const { name } = known.cluster;
    if (each.wait !== undefined) {
      decisions.set(name, waiting(known, situation, each.wait));
      continue;
    }
    const go: Decision = { ...base(known, situation), decision: "go", emergency };
    turn.push(go);
    decisions.set(name, go);
  }
  const all = fleet.clusters.flatMap(({ name }) => decisions.get(name) ?? []);
  return { decisions: all, turn };
}

function base({ cluster, phase }: Known, { fleet }: Situation): Decision {
  return {
    cluster: cluster.name,
    wave: fleet.waves[cluster.wave]?.name ?? "",
    decision: "wait",
    reason: null,
    why: "",
    until: null,
    target: cluster.target,
    attempt: phase.phase === "free" ? null : phase.attempt.started.id,
    healthy_since: phase.phase === "sound" ? phase.at : null,
    emergency: null,
  };
}

function waiting(known: Known, situation: Situation, { reason, until, why }: Waiting): Decision {
  return { ...base(known, situation), reason, why, until: until === undefined ? null : new Date(until).toISOString() };
}

/** Returns the decision that follows from the last change alone; undefined if the cluster needs a new one. */
function decisionOfPhase(known: Known, situation: Situation): Decision | undefined {
  const { phase, settled } = known;
  switch (phase.phase) {
    case "free":
      return undefined;
    case "running":
      return waiting(known, situation, {
        reason: "running",
        why: `${phase.attempt.started.runner} has been changing it since ${phase.attempt.started.at}`,
        until: phase.until,
      });
    case "inconclusive":
      return waiting(known, situation, {
        reason: "inconclusive",
        why: `${phase.why}. A person must judge`,
        until: undefined,
      });
    case "failed":
      return { ...base(known, situation), decision: "failed", why: phase.why };
    case "finished":
      return waiting(known, situation, {
        reason: "health",
        why: "changed, but its health has not been observed yet",
        until: undefined,
      });
    case "kept":
      return settled
        ? {
            ...base(known, situation),
            decision: "failed",
            why: `${phase.why}. A person decided to continue without it`,
          }
        : undefined;
    case "sound":
      return settled ? { ...base(known, situation), decision: "done" } : undefined;
    default:
      return phase satisfies never;
  }
}

/** Returns why a cluster that needs a change does not get it now, or the candidate that it is for a turn. */
function pendingDecision(known: Known, situation: Situation): Decision | Omit<Candidate, "known"> {
  const { cluster } = known;
  const { history, now } = situation;
  const latest = history.latest();
  if (latest !== undefined && Date.parse(latest.at) > now)
    return waiting(known, situation, {
      reason: "clock",
      why: `the last record is of ${latest.at}, which is later than now. Correct the clock, or lift record ${latest.id.slice(0, 12)}`,
      until: Date.parse(latest.at),
    });
  const halt = haltOf(cluster.wave, situation);
  if (halt !== undefined) return { ...base(known, situation), decision: "halted", why: halt };
  const emergency = activeEmergency(history, cluster.name, now);
  const gate = gateOf(cluster, situation, emergency !== undefined);
  if (gate !== undefined) return waiting(known, situation, gate);
  const opening = openingOf(cluster, now, emergency !== undefined);
  if (opening.wait !== undefined && opening.rank === "closed") return waiting(known, situation, opening.wait);
  return { opening, emergency: emergency?.id ?? null };
}
