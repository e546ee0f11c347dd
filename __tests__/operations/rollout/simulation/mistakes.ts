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
    from: "if (each.lifts.some((id) => kept.has(id))) kept.add(each.id);",
    to: "if (each.lifts.length === 0) kept.add(each.id);",
    breaks: ["the same answer for the same records"],
  },
  {
    name: "no wave waits for an approval",
    file: `${DECIDE}/gates.ts`,
    from: "if (!(approval || gateless !== undefined) || history",
    to: "if (approval || !(approval || gateless !== undefined) || history",
    breaks: ["approval"],
  },
  {
    name: "an emergency does not end",
    file: `${DECIDE}/times.ts`,
    from: "now < Date.parse(until) &&",
    to: "",
    breaks: ["never outside a window", "never in a freeze", "earlier waves first", "soak"],
  },
  {
    name: "an emergency passes halts",
    file: `${DECIDE}/decide.ts`,
    from: "if (halt !== undefined) return",
    to: "if (halt !== undefined && activeEmergency(history, cluster.name, now) === undefined) return",
    breaks: ["never past a halt"],
  },
  {
    name: "a halt of all waves halts none",
    file: `${DECIDE}/halts.ts`,
    from: "wave === null || wave === name",
    to: "wave === name",
    breaks: ["never past a halt"],
  },
  {
    name: "a cluster that was healthy once is never unhealthy again",
    file: `${DECIDE}/phase.ts`,
    from: "const last = open.at(-1);",
    to: 'const last = attempt.observed.some(({ health }) => health === "healthy") ? undefined : open.at(-1);',
    breaks: ["never past a halt", "no person was passed over", "never a cluster together with its standby"],
  },
  {
    name: "soak goes on although health was unknown",
    file: `${DECIDE}/phase.ts`,
    from: 'each.kind === "observed" && each.health !== "healthy");',
    to: 'each.kind === "observed" && each.health === "unhealthy");',
    breaks: ["soak"],
  },
  {
    name: "one judgement counts for everything that is unknown later",
    file: `${DECIDE}/phase.ts`,
    from: "return approved.find(({ judges }) => judges === record);",
    to: "return approved.find(({ judges }) => judges !== null && record !== null);",
    breaks: ["no person was passed over", "earlier waves first", "soak", "every cluster arrives"],
  },
  {
    name: "a changed definition is no new target",
    file: `${DECIDE}/phase.ts`,
    from: "return a.digest === b.digest && a.release === b.release;",
    to: "return a.release === b.release;",
    breaks: ["earlier waves first", "every cluster arrives"],
  },
  {
    name: "a runner's longer time does not count",
    file: `${DECIDE}/phase.ts`,
    from: "[attempt.started, ...attempt.renewed]",
    to: "[attempt.started]",
    breaks: ["a runner is believed until its lease ends"],
  },
  {
    name: "a person's retry is forgotten",
    file: `${DECIDE}/phase.ts`,
    from: '=> history.liftOf(id)?.mode === "retry")',
    to: "=> history.liftOf(id) === null)",
    breaks: ["earlier waves first", "every cluster arrives"],
  },
  {
    name: "a runner starts one cluster more than it can change",
    file: "operations/rollout/claim.ts",
    from: "while (started.length < most) {",
    to: "while (started.length <= most) {",
    breaks: ["no more than a runner asks for"],
  },
  {
    name: "clusters without a window go before those whose window is open",
    file: `${DECIDE}/times.ts`,
    from: '["emergency", "open", "soon", "always", "closed"]',
    to: '["emergency", "always", "open", "soon", "closed"]',
    breaks: ["whose window is open goes first"],
  },
  {
    name: "the last place of a wave is never given away",
    file: `${DECIDE}/turns.ts`,
    from: 'candidate.opening.rank === "always" ? needed.length : 0',
    to: "1",
    breaks: ["every cluster arrives"],
  },
];
