import { decide } from "../../../operations/rollout/decide/decide";
import type { RolloutCluster, RolloutFleet, RolloutWave } from "../../../operations/rollout/decide/fleet";
import { planRollout } from "../../../operations/rollout/forecast/plan";
import { History } from "../../../operations/rollout/records/history";
import { type RecordOf, type RolloutRecord, type Stored, stored } from "../../../operations/rollout/records/record";

const HOUR = 60 * 60 * 1000;
const T0 = Date.parse("2026-11-30T08:00:00Z"); // a Monday
const DIGEST = "a".repeat(64);
const TARGET = { release: "2026.12", digest: DIGEST };
const iso = (hours: number): string => new Date(T0 + hours * HOUR).toISOString();

const cluster = (name: string, more: Partial<RolloutCluster> = {}): RolloutCluster => ({
  ...{
    name,
    wave: 0,
    target: TARGET,
    windows: [],
    length: HOUR,
    freezes: [],
    apart: new Map(),
    peers: [],
    slaDays: null,
    supported: undefined,
    gateless: undefined,
  },
  ...more,
});
const wave = (name: string, more: Partial<RolloutWave> = {}): RolloutWave => ({
  ...{ name, soak: 24 * HOUR, atOnce: 1, tolerated: 0, approval: false, healthy: ["nodes"] },
  ...more,
});
const fleet = (clusters: RolloutCluster[], waves = [wave("first"), wave("second")]): RolloutFleet => ({
  waves,
  clusters,
  leaseMargin: HOUR,
  held: [],
});

const common = (hours: number) => ({ version: 1, at: iso(hours), commit: null }) as const;
const add = <Kind extends RolloutRecord["kind"]>(record: RecordOf<Kind>): Stored<Kind> => stored<Kind>(record);

const started = (name: string, hours: number, number = 1, target = TARGET): Stored<"started"> =>
  add<"started">({
    ...{
      ...common(hours),
      kind: "started",
      cluster: name,
      number,
      wave: "first",
      target,
      runner: "job",
      emergency: null,
      nonce: "n",
    },
    lease_until: iso(hours + 2),
  });
const ended = (
  start: Stored<"started">,
  hours: number,
  result: "failed" | "inconclusive" | "succeeded" = "succeeded",
): Stored =>
  add<"ended">({
    ...common(hours),
    kind: "ended",
    cluster: start.cluster,
    attempt: start.id,
    by: "job",
    result,
    detail: "",
    plan: null,
  }) as Stored;
const observed = (
  start: Stored<"started">,
  hours: number,
  health: "healthy" | "inconclusive" | "unhealthy" = "healthy",
): Stored =>
  add<"observed">({
    ...common(hours),
    kind: "observed",
    cluster: start.cluster,
    attempt: start.id,
    by: "job",
    health,
    checks: [],
  }) as Stored;

/** A change that succeeded, and whose health was observed. */
function sound(name: string, hours: number): Stored[] {
  const start = started(name, hours);
  return [start, ended(start, hours + 1), observed(start, hours + 1)];
}

/** Returns the decisions at some hours after the beginning, such as `a: wait soak`. */
const at = (hours: number, of: RolloutFleet, records: readonly Stored[] = []): string[] =>
  decide(of, new History(records), T0 + hours * HOUR).map(({ cluster: name, decision, reason }) =>
    [`${name}: ${decision}`, reason].filter(Boolean).join(" "),
  );

test("a cluster with another target than it has may go, and one at a time", () => {
  expect(at(0, fleet([cluster("a"), cluster("b")]))).toEqual(["a: go", "b: wait turn"]);
});

describe("a cluster that is peered with another one", () => {
  const waves = ["first", "second"].map((name) => wave(name, { atOnce: 2 }));
  const two = (place: number): RolloutFleet =>
    fleet([cluster("a", { peers: ["b"] }), cluster("b", { wave: place })], waves);

  test("goes after it, as long as no record shows it as deployed", () => {
    const start = started("b", 0);

    expect(at(0, two(0))).toEqual(["a: wait peer", "b: go"]);
    expect(at(0.5, two(0), [start])).toEqual(["a: wait peer", "b: wait running"]);
    expect(at(1, two(0), [start, ended(start, 1)])).toEqual(["a: go", "b: wait health"]);
  });

  test("does not wait for one of a later wave, which waits for it", () => {
    expect(at(0, two(1))).toEqual(["a: go", "b: wait waves"]);
  });
});

test("a cluster counts as changing until its health was observed", () => {
  const start = started("a", 0);
  const two = fleet([cluster("a"), cluster("b")]);

  expect(at(0.5, two, [start])).toEqual(["a: wait running", "b: wait turn"]);
  expect(at(1, two, [start, ended(start, 1)])).toEqual(["a: wait health", "b: wait turn"]);
  expect(at(1, two, [start, ended(start, 1), observed(start, 1)])).toEqual(["a: done", "b: go"]);
});

test("a failure beyond what is tolerated halts the wave and later ones, and nothing else", () => {
  const start = started("b", 0);
  const three = [cluster("a"), cluster("b", { wave: 1 }), cluster("c", { wave: 1 }), cluster("d", { wave: 2 })];
  const waves = [wave("one"), wave("two"), wave("three")];
  const failed = [start, ended(start, 1, "failed")];

  expect(at(2, fleet(three, waves), failed)).toEqual(["a: go", "b: failed", "c: halted", "d: halted"]);
  const tolerant = [waves[0], wave("two", { tolerated: 1 }), waves[2]] as RolloutWave[];
  expect(at(2, fleet(three, tolerant), failed)).toEqual(["a: go", "b: failed", "c: wait waves", "d: wait waves"]);
});

test("a failure counts although a success was recorded at the same instant", () => {
  const start = started("a", 0);
  const results = [ended(start, 1, "failed"), ended(start, 1.1)];

  expect(at(2, fleet([cluster("a"), cluster("b")]), [start, ...results])).toEqual(["a: failed", "b: halted"]);
});

test("a runner that recorded nothing until its lease ended leaves its cluster inconclusive, and never free", () => {
  const one = fleet([cluster("a")]);

  expect(at(2, one, [started("a", 0)])).toEqual(["a: wait running"]);
  expect(at(2.01, one, [started("a", 0)])).toEqual(["a: wait inconclusive"]);
  expect(at(999, one, [started("a", 0)])).toEqual(["a: wait inconclusive"]);
});

describe("soak", () => {
  const two = fleet(
    [cluster("a"), cluster("b"), cluster("z", { wave: 1 })],
    [wave("first", { atOnce: 2 }), wave("second")],
  );

  test("counts from the moment at which the last cluster of the wave became healthy", () => {
    const records = [...sound("a", 0), ...sound("b", 5)];

    expect(at(29.99, two, records)).toEqual(["a: done", "b: done", "z: wait soak"]);
    expect(at(30, two, records)).toEqual(["a: done", "b: done", "z: go"]);
  });

  test("starts again after a change", () => {
    const [start, ...rest] = sound("a", 0) as [Stored<"started">, ...Stored[]];
    const again = started("a", 40, 2, { ...TARGET, digest: "b".repeat(64) });
    const changed = fleet([cluster("a", { target: again.target }), cluster("z", { wave: 1 })]);
    const records = [start, ...rest, again, ended(again, 41), observed(again, 41)];

    expect(at(64, changed, records)).toEqual(["a: done", "z: wait soak"]);
    expect(at(65, changed, records)).toEqual(["a: done", "z: go"]);
  });

  test("starts again after health was unknown", () => {
    const [start, ...rest] = sound("a", 0) as [Stored<"started">, ...Stored[]];
    const records = [start, ...rest, observed(start, 20, "inconclusive"), observed(start, 22)];

    expect(at(45.9, fleet([cluster("a"), cluster("z", { wave: 1 })]), records)).toEqual(["a: done", "z: wait soak"]);
    expect(at(46, fleet([cluster("a"), cluster("z", { wave: 1 })]), records)).toEqual(["a: done", "z: go"]);
  });

  test("does not wait for clusters with another release", () => {
    const other = { release: "2027.01", digest: "c".repeat(64) };

    expect(at(0, fleet([cluster("a", { target: other }), cluster("z", { wave: 1 })]))).toEqual(["a: go", "z: go"]);
  });
});

test("a cluster that is found to be unhealthy later halts too, until a person resumes", () => {
  const [start, ...rest] = sound("a", 0) as [Stored<"started">, ...Stored[]];
  const bad = observed(start, 30, "unhealthy");
  const two = fleet([cluster("a"), cluster("z", { wave: 1 })]);
  const records = [start, ...rest, bad, observed(start, 31)];
  const resumed = (mode: "keep" | "retry"): Stored =>
    add<"resumed">({
      ...common(32),
      kind: "resumed",
      who: "kim",
      reason: "a good reason",
      lifts: [bad.id],
      mode,
    }) as Stored;

  expect(at(33, two, records)).toEqual(["a: failed", "z: halted"]);
  expect(at(33, two, [...records, resumed("retry")])).toEqual(["a: go", "z: wait waves"]);
  expect(at(33, two, [...records, resumed("keep")])).toEqual(["a: done", "z: wait soak"]);
});

describe("the order in a wave", () => {
  const nightly = (hour: number) => [{ schedule: `0 ${hour} * * *`, time_zone: "UTC", duration: "4h" }];
  const all = [
    cluster("always"),
    cluster("closed", { windows: nightly(20) }),
    cluster("open", { windows: nightly(7) }),
    cluster("soon", { windows: nightly(10) }),
  ];

  test("is: open now, opens soon, no window, closed", () => {
    expect(at(0, fleet(all))).toEqual(["always: wait turn", "closed: wait window", "open: go", "soon: wait window"]);
  });

  test("keeps the place of a cluster whose window opens before a change would end", () => {
    const [always, , , soon] = all as [RolloutCluster, RolloutCluster, RolloutCluster, RolloutCluster];

    expect(at(0, fleet([always, soon]))).toEqual(["always: go", "soon: wait window"]);
    expect(at(1.5, fleet([always, soon]))).toEqual(["always: wait turn", "soon: wait window"]);
    expect(at(1.5, fleet([always, soon], [wave("first", { atOnce: 2 }), wave("second")]))).toEqual([
      "always: go",
      "soon: wait window",
    ]);
  });
});

test("a clock before the last record starts nothing, and the record can be cancelled", () => {
  const start = started("b", 5);
  const two = fleet([cluster("a"), cluster("b")], [wave("first", { atOnce: 2 })]);
  const lifted = add<"resumed">({
    ...common(0),
    kind: "resumed",
    who: "kim",
    reason: "a wrong clock",
    lifts: [start.id],
    mode: "keep",
  }) as Stored;

  expect(at(0, two, [start])).toEqual(["a: wait clock", "b: wait running"]);
  expect(at(0, two, [start, lifted])).toEqual(["a: go", "b: wait running"]);
});

test("a protected cluster that nobody can approve in CI waits until its wave is approved for the release", () => {
  const guarded = fleet([cluster("a", { gateless: "Prow has no gate before a job" }), cluster("b", { wave: 1 })]);
  const approved = (release: string): Stored =>
    add<"approved">({
      ...common(0),
      ...{ kind: "approved", who: "kim", reason: "looked at the plan" },
      ...{ wave: "first", release, attempt: null, judges: null, cluster: null },
    }) as Stored;
  const [first] = decide(guarded, new History(), T0);

  expect([first?.reason, first?.why]).toEqual([
    "approval",
    "wave first waits for fleet rollout approve first --release 2026.12. The cluster is protected, but Prow has no gate before a job",
  ]);
  expect(at(0, guarded, [approved("2026.11")])).toEqual(["a: wait approval", "b: wait waves"]);
  expect(at(0, guarded, [approved("2026.12")])).toEqual(["a: go", "b: wait waves"]);
});

describe("dead ends", () => {
  const day = 24 * HOUR;
  const weekly = [{ schedule: "0 1 * * 6", time_zone: "UTC", duration: "4h" }];
  const deadEnds = (of: RolloutFleet, days = 30): string[] =>
    planRollout(of, new History(), T0, days).dead_ends.map(({ message }) => message);

  test("a cluster without a window before its support ends", () => {
    const soon = cluster("a", { windows: weekly, supported: T0 + 3 * day });

    expect(deadEnds(fleet([soon]))).toContain(
      "a has no window before support of its Kubernetes version ends on 2026-12-03 in which a change could start and end. Add a window or lower expected_duration",
    );
  });

  test("freezes that leave no window before support ends", () => {
    const freeze = (name: string, from: number, until: number) => ({
      name,
      from: T0 + from * day,
      until: T0 + until * day,
      reason: "quiet",
      emergencies: false,
    });
    const frozen = cluster("a", {
      windows: weekly,
      supported: T0 + 14 * day,
      freezes: [freeze("x", 1, 6), freeze("y", 8, 13)],
    });

    expect(deadEnds(fleet([frozen]))[0]).toBe(
      "the freezes x, y leave a no window before support of its Kubernetes version ends on 2026-12-14. Shorten a freeze, or add a window between them",
    );
  });

  test("a cluster that starts before a peer of a later wave, which no record shows as deployed", () => {
    const [early, late] = [cluster("a", { peers: ["b", "c"] }), cluster("b", { wave: 1 })];
    const of = fleet([early, late, cluster("c")], [wave("first"), wave("second")]);
    const start = started("b", 0);

    expect(deadEnds(of)).toEqual([
      "a in wave first is peered with b in the later wave second, which no record shows as deployed. If its network does not exist yet, the deploy of a fails. Move b to wave first, where it goes first, or start it first with fleet rollout next b --emergency",
    ]);
    expect(planRollout(of, new History([start, ended(start, 1)]), T0 + 2 * HOUR, 30).dead_ends).toEqual([]);
  });

  test("a wave that does not finish", () => {
    const many = Array.from({ length: 6 }, (_, index) => cluster(`c${index}`, { windows: weekly, length: 3 * HOUR }));

    expect(deadEnds(fleet(many))).toEqual([
      "wave first does not finish by 2026-12-30: c4, c5 are left. Raise max_at_once (1), or add windows",
    ]);
  });

  test("a wave that a freeze keeps from finishing", () => {
    const freezes = [{ name: "quiet", from: T0, until: T0 + 31 * day, reason: "holidays", emergencies: false }];

    expect(deadEnds(fleet([cluster("a", { freezes })]))).toEqual([
      "wave first does not finish by 2026-12-30: a is left, because of freeze quiet (holidays). Shorten the freeze",
    ]);
  });

  test("a cluster whose partner waits for a person is none", () => {
    const start = started("b", -2);
    const pair = fleet(
      [cluster("a", { apart: new Map([["b", "pair"]]) }), cluster("b", { apart: new Map([["a", "pair"]]) })],
      [wave("first", { tolerated: 1 })],
    );
    const plan = planRollout(pair, new History([start, ended(start, -1, "failed")]), T0, 30);

    expect([plan.unfinished.map((each) => each.cluster), plan.dead_ends]).toEqual([["a", "b"], []]);
  });

  test("a cluster that misses its sla_days", () => {
    expect(deadEnds(fleet([cluster("a", { windows: weekly, slaDays: 3 })]))).toEqual([
      "a gets 2026.12 on 2026-12-05, but should have it by 2026-12-03 (sla_days: 3)",
    ]);
  });

  test("a wait for a person is not a dead end", () => {
    expect(deadEnds(fleet([cluster("a")], [wave("first", { approval: true })]))).toEqual([]);
  });
});
