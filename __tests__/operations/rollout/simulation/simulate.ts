import type { RolloutFleet } from "../../../../operations/rollout/decide/fleet";
import type { RolloutRecord, Stored, Target } from "../../../../operations/rollout/records/record";
import type { RecordLog } from "../../../../operations/rollout/stores/record-log";
import { DAY, HOUR } from "./local-time";
import { MemoryStore } from "./memory-store";
import { People } from "./people";
import { PROGRAM, type Program } from "./program";
import { Broken, judgeStart, judgeTogether } from "./promises";
import { Random } from "./random";
import { Scrambled } from "./scrambled";
import type { Surroundings } from "./surroundings";
import { type ClusterTruth, isSettled, type Run, truthOf } from "./truth";
import { fleetAt, type World, worldOf } from "./world";

export interface Options {
  readonly seed: number;
  readonly clusters: number;
  readonly days: number;
  readonly program?: Program;
}

/** Result of a simulation that kept all promises. */
export interface Outcome {
  readonly counts: Readonly<Record<string, number>>;
  /** Every start: who got what when. */
  readonly starts: readonly Stored<"started">[];
  readonly world: World;
  /** Changes if anything that happened changes. */
  readonly fingerprint: string;
}

/** Days after the end in which nothing fails any more, so that every cluster must arrive. */
const QUIET = 90;

/** Runs a fleet for some days. Throws `Broken` at the first promise that is not kept. */
export async function simulate({ clusters, days, program = PROGRAM, seed }: Options): Promise<Outcome> {
  const simulation = new Simulation(worldOf(clusters, days, new Random(seed)), new Random(seed + 1), program);
  await simulation.run();
  return simulation.outcome();
}

/** Everything that happens, hour by hour. */
export class Simulation implements Surroundings {
  readonly truths = new Map<string, ClusterTruth>();
  readonly counts: Record<string, number> = {};
  readonly halts: { readonly wave: string | null; readonly id: string }[] = [];
  readonly approvals = new Set<string>();
  readonly emergencies: { readonly clusters: readonly string[]; readonly from: number; readonly until: number }[] = [];
  readonly master: RecordLog;
  now: number;
  quiet = false;
  private readonly store = new MemoryStore();
  private readonly runners: RecordLog[];
  private readonly scrambled: Scrambled;
  private readonly people: People;
  private readonly starts: Stored<"started">[] = [];
  private readonly lifted = new Set<string>();
  private times: { readonly id: string; readonly at: number }[] = [];
  private changes = 0;
  private seen = 0;
  /** Stays where it is between two readings: never read it to its end, which ends it. */
  private readonly added: Iterator<Stored>;
  private fleetOfNow: RolloutFleet | undefined;
  private fingerprint = 0;

  constructor(
    readonly world: World,
    readonly random: Random,
    readonly program: Program,
  ) {
    this.now = world.begin;
    this.master = new program.RecordLog(this.store);
    this.added = this.master.history.records[Symbol.iterator]();
    this.runners = [0, 1].map(() => new program.RecordLog(this.store));
    this.scrambled = new Scrambled(program, random);
    this.people = new People(this);
    for (const each of world.clusters)
      this.truths.set(each.cluster.name, truthOf(each, { release: "2026.10", digest: digestOf(0) }));
  }

  get fleet(): RolloutFleet {
    this.fleetOfNow ??= fleetAt(this.world, new Map([...this.truths].map(([name, { target }]) => [name, target])));
    return this.fleetOfNow;
  }

  async run(): Promise<void> {
    for (let hour = 0; this.now < this.world.end; hour += 1) {
      if (hour % 24 === 0) this.changeDefinitions(hour / 24);
      await this.hour(hour);
    }
    this.quiet = true;
    const last = this.world.end + QUIET * DAY;
    for (let hour = 0; this.now < last && !this.haveArrived(); hour += 1) await this.hour(hour);
    if (!this.haveArrived()) {
      const left = [...this.truths.values()]
        .filter((each) => !isSettled(each))
        .map(({ of, state }) => `${of.cluster.name} (${state})`);
      throw new Broken("every cluster arrives", left.join(", "));
    }
    this.scrambled.compare(this.fleet, this.master.history, this.now);
  }

  outcome(): Outcome {
    return { counts: this.counts, starts: this.starts, world: this.world, fingerprint: this.fingerprint.toString(16) };
  }

  count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  /** Adds a record that states what happened. */
  async state(content: RolloutRecord): Promise<Stored> {
    const added = await this.master.state(content as RolloutRecord & { kind: "halted" });
    this.count(content.kind);
    this.noteRecords();
    return added as Stored;
  }

  /** The latest time of a record that nobody declared wrong. */
  latest(): { readonly id: string; readonly at: number } | undefined {
    return this.times.findLast(({ id }) => !this.lifted.has(id));
  }

  lift(id: string): void {
    this.lifted.add(id);
  }

  private haveArrived(): boolean {
    return [...this.truths.values()].every(isSettled);
  }

  private async hour(hour: number): Promise<void> {
    await this.endRuns();
    await this.people.act();
    if (hour % 3 === 0) judgeTogether(this.program.decide(this.fleet, this.master.history, this.now), this);
    const racing = this.random.chance(0.2) ? 2 : 1;
    await Promise.all(this.runners.slice(0, racing).map((log, index) => this.claim(log, `runner-${index}`)));
    await this.master.read();
    this.noteRecords();
    if (hour % 37 === 0) this.scrambled.compare(this.fleet, this.master.history, this.now);
    if (hour % 101 === 0) await this.renewRunner();
    this.now += HOUR;
  }

  private async claim(log: RecordLog, name: string): Promise<void> {
    const now = this.now + this.random.below(60) * 60_000 + this.clockError();
    const most = 1 + this.random.below(3);
    let count = 0;
    const nonce = (): string => `${this.seen}-${name}-${count++}`;
    await log.read();
    const options = { now: () => now, runner: name, commit: "c", most, only: undefined, nonce };
    const started = await this.program.claim(log, this.fleet, options);
    if (started.length > most) throw new Broken("no more than a runner asks for", `${started.length} of ${most}`);
  }

  /** Some clocks are hours or days wrong, most of them slow. */
  private clockError(): number {
    if (this.quiet || this.random.chance(0.95)) return 0;
    this.count("wrong clock");
    return this.random.chance(0.8) ? -this.random.below(48 * 60) * 60_000 : this.random.below(48 * 60) * 60_000;
  }

  /** Judges the starts among the records that were added, in their order. */
  private noteRecords(): void {
    for (; this.seen < this.master.history.size; this.seen += 1) {
      const record = this.added.next().value as Stored;
      if (record.kind === "started") this.start(record);
      const at = Date.parse(record.at);
      const latest = this.times.at(-1);
      if (latest === undefined || at >= latest.at) this.times.push({ id: record.id, at });
      this.scrambled.add(record);
      this.fingerprint = (Math.imul(this.fingerprint, 31) + Number.parseInt(record.id.slice(0, 8), 16)) | 0;
    }
  }

  private start(record: Stored<"started">): void {
    judgeStart(record, { ...this, halts: this.halts.map(({ wave }) => wave), latest: this.latest()?.at ?? 0 });
    const truth = this.truths.get(record.cluster);
    if (truth === undefined) return;
    this.count("started");
    this.starts.push(record);
    const share = this.random.chance(0.85) ? 0.3 + 0.7 * this.random.next() : 1 + 2 * this.random.next();
    const started = Date.parse(record.at);
    truth.run = {
      attempt: record.id,
      runner: record.runner,
      target: record.target,
      started,
      ends: Math.max(started, this.now) + truth.of.cluster.length * share,
      outcome: this.outcomeOfRun(),
      leaseUntil: Date.parse(record.lease_until),
      renews: this.random.chance(0.5),
    };
    truth.state = "running";
    truth.attempt = record.id;
    truth.open.length = 0;
  }

  private outcomeOfRun(): "dies" | "failed" | "inconclusive" | "succeeded" {
    const value = this.quiet ? 1 : this.random.next();
    return value < 0.02 ? "failed" : value < 0.03 ? "inconclusive" : value < 0.045 ? "dies" : "succeeded";
  }

  /** A runner that needs longer records it before its lease ends. */
  private async renew(cluster: string, length: number, run: Run): Promise<void> {
    const isDue = run.renews && this.now <= run.leaseUntil && run.leaseUntil < this.now + HOUR && this.now < run.ends;
    if (!isDue || run.outcome === "dies") return;
    run.leaseUntil = this.now + length + this.world.leaseMargin;
    const lease_until = new Date(run.leaseUntil).toISOString();
    const { attempt, runner } = run;
    await this.state({ ...this.common(), kind: "renewed", cluster, attempt, runner, lease_until });
  }

  private async endRuns(): Promise<void> {
    for (const [cluster, truth] of this.truths) {
      const { run } = truth;
      if (run !== undefined) await this.renew(cluster, truth.of.cluster.length, run);
      if (run !== undefined && run.outcome === "dies" && this.now > run.leaseUntil) {
        this.count("dead runner");
        Object.assign(truth, { has: run.target, run: undefined, state: "unknown" });
        truth.open.push(run.attempt);
      } else if (run !== undefined && run.outcome !== "dies" && this.now >= run.ends) {
        if (run.ends > run.leaseUntil) this.count("late result");
        const { attempt, outcome: result, runner: by } = run;
        const ended = await this.state({
          ...this.common(),
          kind: "ended",
          cluster,
          attempt,
          by,
          result,
          detail: "",
          plan: null,
        });
        const state = { failed: "failed", inconclusive: "unknown", succeeded: "unobserved" }[result];
        Object.assign(truth, {
          has: run.target,
          run: undefined,
          state,
          observeAt: this.now + this.random.below(3) * HOUR,
        });
        if (result !== "succeeded") truth.open.push(ended.id);
      }
    }
  }

  common() {
    return { version: 1, at: new Date(this.now).toISOString(), commit: "c" } as const;
  }

  /** A release every two weeks, for stable clusters ten days later, and a changed definition now and then. */
  private changeDefinitions(day: number): void {
    const release = `2027.${String(Math.floor(day / 14)).padStart(2, "0")}`;
    const earlier = `2027.${String(Math.floor((day - 10) / 14)).padStart(2, "0")}`;
    if (day % 14 === 0) this.retarget(({ of }) => of.channel === "insiders", release);
    if (day % 14 === 10) this.retarget(({ of }) => of.channel === "stable", earlier);
    if (this.random.chance(0.15)) {
      const wave = this.random.below(this.world.waves.length);
      this.retarget(({ of }) => of.cluster.wave === wave && this.random.chance(0.3), undefined);
    }
  }

  private retarget(concerns: (truth: ClusterTruth) => boolean, release: string | undefined): void {
    this.changes += 1;
    for (const truth of this.truths.values()) {
      if (!concerns(truth)) continue;
      this.count("new target");
      const target: Target = { release: release ?? truth.target.release, digest: digestOf(this.changes) };
      truth.target = target;
    }
    this.fleetOfNow = undefined;
  }

  /** A runner on another machine reads what there is, from the last checkpoint on, and decides the same. */
  private async renewRunner(): Promise<void> {
    await this.master.keepShort(300);
    const log = new this.program.RecordLog(this.store);
    await log.read();
    const own = JSON.stringify(this.program.decide(this.fleet, log.history, this.now));
    if (own !== JSON.stringify(this.program.decide(this.fleet, this.master.history, this.now)))
      throw new Broken("the same answer for the same records", "a checkpoint changes a decision");
    this.runners[this.random.below(2)] = log;
  }
}

function digestOf(change: number): string {
  return change.toString(16).padStart(64, "0");
}
