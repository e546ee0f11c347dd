import type { Attempt, History } from "../records/history";
import { byTime } from "../records/history";
import type { Stored, Target } from "../records/record";

/** The state of a cluster in the records, whatever its target is now. */
export type Phase =
  /** Nothing was started, or a person decided to repeat the last change. */
  | { readonly phase: "free" }
  | { readonly phase: "running"; readonly attempt: Attempt; readonly until: number }
  /** It is unknown how the change ended, or whether the cluster is healthy: a person must judge. */
  | { readonly phase: "inconclusive"; readonly attempt: Attempt; readonly record: string; readonly why: string }
  | { readonly phase: "failed"; readonly attempt: Attempt; readonly records: readonly string[]; readonly why: string }
  /** It failed, and a person decided that the rollout continues without it. */
  | { readonly phase: "kept"; readonly attempt: Attempt; readonly why: string }
  /** The change succeeded. Nobody has observed yet whether the cluster is healthy. */
  | { readonly phase: "finished"; readonly attempt: Attempt; readonly since: number }
  /** Healthy, without a break since then: in milliseconds, and as the record has it. */
  | { readonly phase: "sound"; readonly attempt: Attempt; readonly since: number; readonly at: string };

/** Returns the state of a cluster in the records. */
export function phaseOf(history: History, cluster: string, now: number): Phase {
  const attempt = history.attemptsOf(cluster).at(-1);
  if (attempt === undefined) return { phase: "free" };
  const known = timeless.get(attempt) ?? timelessPhase(history, attempt);
  timeless.set(attempt, known);
  return known === "not ended" ? unended(attempt, now) : known;
}

/** Phases that do not depend on the time. An attempt that gets a further record is another object. */
const timeless = new WeakMap<Attempt, Phase | "not ended">();

function timelessPhase(history: History, attempt: Attempt): Phase | "not ended" {
  if (isVoid(history, attempt)) return { phase: "free" };
  // A failure counts, even if other results were recorded at the same instant. Only a person can lift it.
  const ended = attempt.ended.find(({ result }) => result === "failed") ?? attempt.ended.at(-1);
  if (ended === undefined)
    return judgementOf(attempt, attempt.started.id) === undefined
      ? "not ended"
      : observedPhase(history, attempt, attempt.started);
  if (ended.result === "failed") {
    const why = `failed${ended.detail === "" ? "" : `: ${ended.detail}`}`;
    return history.liftOf(ended.id) === undefined
      ? { phase: "failed", attempt, records: [ended.id], why }
      : { phase: "kept", attempt, why };
  }
  if (ended.result === "inconclusive") {
    const judged = judgementOf(attempt, ended.id);
    if (judged === undefined)
      return {
        phase: "inconclusive",
        attempt,
        record: ended.id,
        why: `ended inconclusive${ended.detail === "" ? "" : `: ${ended.detail}`}`,
      };
  }
  return observedPhase(history, attempt, ended);
}

/** True if a person decided after the change to repeat it. */
function isVoid(history: History, { ended, observed, started }: Attempt): boolean {
  return [started, ...ended, ...observed].some(({ id }) => history.liftOf(id)?.mode === "retry");
}

function unended(attempt: Attempt, now: number): Phase {
  const leases = [attempt.started, ...attempt.renewed].map(({ lease_until }) => Date.parse(lease_until));
  const until = Math.max(...leases);
  if (now <= until) return { phase: "running", attempt, until };
  const why = `runner ${attempt.started.runner} recorded no result until its lease ended at ${new Date(until).toISOString()}`;
  return { phase: "inconclusive", attempt, record: attempt.started.id, why };
}

/** Returns a person's judgement of an inconclusive record. */
function judgementOf({ approved }: Attempt, record: string): Stored<"approved"> | undefined {
  return approved.find(({ judges }) => judges === record);
}

/** Returns the phase that observations show of a change that succeeded, or that a person accepted. */
function observedPhase(history: History, attempt: Attempt, ended: Stored): Phase {
  const unhealthy = attempt.observed.filter(({ health }) => health === "unhealthy");
  const open = unhealthy.filter(({ id }) => history.liftOf(id) === undefined);
  const last = open.at(-1);
  if (last !== undefined)
    return { phase: "failed", attempt, records: open.map(({ id }) => id), why: `unhealthy: ${seenBy(last)}` };
  const observations = [...attempt.observed, ...attempt.approved].sort(byTime);
  const latest = observations.findLast((each) => judgementOf(attempt, each.id) === undefined);
  if (latest === undefined) return { phase: "finished", attempt, since: Date.parse(ended.at) };
  if (latest.kind === "observed" && latest.health === "unhealthy")
    return { phase: "kept", attempt, why: `unhealthy: ${seenBy(latest)}` };
  if (latest.kind === "observed" && latest.health === "inconclusive")
    return { phase: "inconclusive", attempt, record: latest.id, why: `health is unknown: ${seenBy(latest)}` };
  const broken = observations.findLastIndex((each) => each.kind === "observed" && each.health !== "healthy");
  const first = observations[broken + 1] ?? latest;
  return { phase: "sound", attempt, since: Date.parse(first.at), at: first.at };
}

function seenBy({ checks }: Stored<"observed">): string {
  const bad = checks.filter(({ health }) => health !== "healthy");
  return (bad.length > 0 ? bad : checks).map(({ name, seen }) => `${name}: ${seen}`).join("; ") || "no check was run";
}

/** True if two targets are the same. */
export function isSame(a: Target, b: Target): boolean {
  return a.digest === b.digest && a.release === b.release;
}
