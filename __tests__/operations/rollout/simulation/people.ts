import { DAY, HOUR } from "./local-time";
import type { Surroundings } from "./surroundings";
import { type ClusterTruth, isSettled } from "./truth";

/** The actions of persons and health checks, hour by hour. */
export class People {
  constructor(private readonly simulation: Surroundings) {}

  async act(): Promise<void> {
    await this.observe();
    await this.judge();
    await this.approve();
    await this.haltAndResume();
    await this.declareEmergency();
    await this.correctClock();
  }

  private get random() {
    return this.simulation.random;
  }

  private get person() {
    return { ...this.simulation.common(), who: "kim", reason: "because of the simulation" } as const;
  }

  /** Health is observed after every change, and later now and then. */
  private async observe(): Promise<void> {
    const { now, quiet, truths } = this.simulation;
    for (const [cluster, truth] of truths) {
      const due = truth.state === "unobserved" && truth.observeAt <= now;
      if (!due && !(truth.state === "healthy" && this.random.chance(0.003))) continue;
      const value = quiet ? 1 : this.random.next();
      const [unhealthy, inconclusive] = due ? [0.03, 0.05] : [0.1, 0.15];
      const health = value < unhealthy ? "unhealthy" : value < inconclusive ? "inconclusive" : "healthy";
      const base = {
        ...this.simulation.common(),
        kind: "observed",
        cluster,
        by: "checks",
        health,
        checks: [],
      } as const;
      const record = await this.simulation.state({ ...base, checks: [], attempt: truth.attempt ?? "" });
      if (health === "healthy" && truth.state === "unobserved") truth.healthySince = now;
      truth.state = health === "healthy" ? "healthy" : health === "unhealthy" ? "failed" : "unknown";
      if (health !== "healthy") truth.open.push(record.id);
      this.simulation.count(`observed ${health}`);
    }
  }

  /** A person looks at what failed and at what nobody knows. */
  private async judge(): Promise<void> {
    const { now, quiet, truths } = this.simulation;
    for (const [cluster, truth] of truths) {
      if (truth.state !== "failed" && truth.state !== "unknown") continue;
      if (!this.random.chance(quiet ? 0.5 : 0.08)) continue;
      if (truth.state === "unknown" && this.random.chance(0.6)) {
        const attempt = truth.attempt ?? "";
        const judges = truth.open.at(-1) ?? "";
        await this.simulation.state({
          ...this.person,
          kind: "approved",
          wave: null,
          release: null,
          attempt,
          judges,
          cluster,
        });
        Object.assign(truth, { state: "healthy", healthySince: now });
        truth.open.length = 0;
        continue;
      }
      const mode = truth.state === "failed" && this.random.chance(0.3) ? "keep" : "retry";
      await this.resume(truth, mode);
    }
  }

  private async resume(truth: ClusterTruth, mode: "keep" | "retry"): Promise<void> {
    await this.simulation.state({ ...this.person, kind: "resumed", lifts: [...truth.open], mode });
    for (const id of truth.open) this.simulation.lift(id);
    truth.open.length = 0;
    truth.state = mode === "keep" ? "kept" : "retry";
    this.simulation.count(mode);
  }

  private async approve(): Promise<void> {
    const { approvals, quiet, truths, world } = this.simulation;
    for (const { approval, name } of world.waves) {
      if (!approval || !this.random.chance(quiet ? 0.5 : 0.05)) continue;
      const waiting = [...truths.values()].find(
        (each) => world.waves[each.of.cluster.wave]?.name === name && !isSettled(each),
      );
      const release = waiting?.target.release;
      if (release === undefined || approvals.has(`${name} ${release}`)) continue;
      await this.simulation.state({
        ...this.person,
        kind: "approved",
        wave: name,
        release,
        attempt: null,
        judges: null,
        cluster: null,
      });
      approvals.add(`${name} ${release}`);
    }
  }

  private async haltAndResume(): Promise<void> {
    const { halts, quiet, world } = this.simulation;
    if (!quiet && this.random.chance(0.006)) {
      const wave = this.random.chance(0.5) ? null : this.random.pick(world.waves).name;
      const { id } = await this.simulation.state({ ...this.person, kind: "halted", wave });
      halts.push({ wave, id });
    }
    const [first] = halts;
    if (first === undefined || !this.random.chance(quiet ? 0.5 : 0.04)) return;
    await this.simulation.state({ ...this.person, kind: "resumed", lifts: [first.id], mode: "keep" });
    this.simulation.lift(first.id);
    halts.shift();
  }

  private async declareEmergency(): Promise<void> {
    const { emergencies, now, quiet, truths } = this.simulation;
    if (quiet || !this.random.chance(0.05)) return;
    const waiting = [...truths.values()].filter((each) => !isSettled(each));
    if (waiting.length === 0) return;
    const clusters = [this.random.pick(waiting).of.cluster.name];
    const until = now + (2 + this.random.below(10)) * HOUR;
    await this.simulation.state({ ...this.person, kind: "emergency", clusters, until: new Date(until).toISOString() });
    emergencies.push({ clusters, from: now, until });
  }

  /** Somebody lifts a record whose clock was fast, or else everything waits until that time. */
  private async correctClock(): Promise<void> {
    const { now } = this.simulation;
    const latest = this.simulation.latest();
    if (latest === undefined || latest.at <= now || latest.at > now + 10 * DAY || !this.random.chance(0.2)) return;
    await this.simulation.state({ ...this.person, kind: "resumed", lifts: [latest.id], mode: "keep" });
    this.simulation.lift(latest.id);
    this.simulation.count("corrected clock");
  }
}
