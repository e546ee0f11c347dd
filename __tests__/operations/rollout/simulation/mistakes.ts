import type { PromiseName } from "./promises";

/** A mistake in the code that decides, and the promises of which the simulation must notice that one is broken. */
export interface Mistake {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly breaks: readonly PromiseName[];
}

const DECIDE = "operations/rollout/decide";

export const MISTAKES: readonly Mistake[] = [
  {
    name: "windows are ignored",
    file: `${DECIDE}/times.ts`,
    from: "const windows = emergency ? [] : cluster.windows;",
    to: "const windows: typeof cluster.windows = [];",
    breaks: ["never outside a window"],
  },
  {
    name: "a change may begin at the last minute of a window",
    file: "fleet/rollouts/windows.ts",
    from: "start < end && start + length <= opening.until",
    to: "start < end && start < opening.until",
    breaks: ["never what cannot end inside its window"],
  },
  {
    name: "emergencies pass every freeze",
    file: `${DECIDE}/times.ts`,
    from: "emergency ? cluster.freezes.filter(({ emergencies }) => !emergencies) : cluster.freezes",
    to: "emergency ? [] : cluster.freezes",
    breaks: ["never in a freeze"],
  },
  {
    name: "a freeze is noticed when it has begun, and not before",
    file: "fleet/rollouts/windows.ts",
    from: "freeze.from < from + length",
    to: "freeze.from <= from",
    breaks: ["never in a freeze"],
  },
  {
    name: "a changed cluster frees its place before its health is observed",
    file: `${DECIDE}/situation.ts`,
    from: ' || phase.phase === "finished"',
    to: "",
    breaks: ["at most so many at once", "never a cluster together with its standby"],
  },
  {
    name: "one failure more than tolerated halts nothing",
    file: `${DECIDE}/halts.ts`,
    from: "if (names.length <= tolerated) return undefined;",
    to: "if (names.length <= tolerated + 1) return undefined;",
    breaks: ["never past a halt"],
  },
  {
    name: "a halt does not reach later waves",
    file: `${DECIDE}/halts.ts`,
    from: "known.slice(0, wave + 1)",
    to: "known.slice(wave, wave + 1)",
    breaks: ["never past a halt"],
  },
  {
    name: "soak counts from the first cluster of a wave",
    file: `${DECIDE}/gates.ts`,
    from: "Math.max(...since)",
    to: "Math.min(...since)",
    breaks: ["soak"],
  },
  {
    name: "later waves do not wait for clusters that are being changed",
    file: `${DECIDE}/gates.ts`,
    from: "if (!each.settled) state.unfinished",
    to: 'if (!each.settled && each.phase.phase !== "running") state.unfinished',
    breaks: ["earlier waves first"],
  },
  {
    name: "a dead runner's cluster is free again",
    file: `${DECIDE}/phase.ts`,
    from: 'return { phase: "inconclusive", attempt, record: attempt.started.id, why };',
    to: 'return { phase: "free" };',
    breaks: ["no person was passed over", "one change at a time on a cluster"],
  },
  {
    name: "a success without an observation is health",
    file: `${DECIDE}/phase.ts`,
    from: 'if (latest === undefined) return { phase: "finished", attempt, since: Date.parse(ended.at) };',
    to: 'if (latest === undefined) return { phase: "sound", attempt, since: Date.parse(ended.at) };',
    breaks: [
      "at most so many at once",
      "earlier waves first",
      "no person was passed over",
      "never a cluster together with its standby",
    ],
  },
  {
    name: "the standby of a cluster is forgotten",
    file: `${DECIDE}/gates.ts`,
    from: "if (partner === undefined || !(isBusy(partner)",
    to: "if (partner !== undefined || !(isBusy(partner)",
    breaks: ["never a cluster together with its standby"],
  },
  {
    name: "both clusters of a pair start at the same moment",
    file: `${DECIDE}/turns.ts`,
    from: "if (partner !== undefined) {",
    to: "if (partner === null) {",
    breaks: ["never a cluster together with its standby"],
  },
  {
    name: "time may go backwards",
    file: `${DECIDE}/decide.ts`,
    from: "if (latest !== undefined && Date.parse(latest.at) > now)",
    to: "if (latest !== undefined && Date.parse(latest.at) < 0)",
    breaks: ["time does not go backwards"],
  },
  {
    name: "a start is recorded although another record came first",
    file: "operations/rollout/stores/record-log.ts",
    from: "if (!(await this.store.create(key, text))) {",
    to: "for (let next = this.last + 1; !(await this.store.create(keyOf(next), text)); ) next += 1;\n    if (key === text) {",
    breaks: ["one change at a time on a cluster", "at most so many at once", "time does not go backwards"],
  },
  {
    name: "the order in which records are read decides",
    file: "operations/rollout/records/history.ts",
    from: "[...(this.starts.get(cluster) ?? [])].sort(byNumber)",
    to: "[...(this.starts.get(cluster) ?? [])]",
    breaks: ["the same answer for the same records"],
  },
  {
    name: "a checkpoint forgets what a person lifted",
    file: "operations/rollout/records/compact.ts",
    from: 'case "resumed":\n        return',
    to: 'case "resumed":\n        return false &&',
    breaks: ["the same answer for the same records"],
  },
  {
    name: "the last place of a wave is never given away",
    file: `${DECIDE}/turns.ts`,
    from: 'candidate.opening.rank === "always" ? needed.length : 0',
    to: "1",
    breaks: ["every cluster arrives"],
  },
];
