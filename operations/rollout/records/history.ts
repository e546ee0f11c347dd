import { compareText } from "../../../language/problem";
import type { RecordOf, RolloutRecord, Stored } from "./record";

/** One change of a cluster, with what was recorded about it. */
export interface Attempt {
  readonly started: Stored<"started">;
  readonly renewed: readonly Stored<"renewed">[];
  readonly ended: readonly Stored<"ended">[];
  readonly observed: readonly Stored<"observed">[];
  readonly approved: readonly Stored<"approved">[];
}

type Lift = Pick<RecordOf<"resumed">, "at" | "mode" | "reason" | "who"> & { readonly id: string };

interface Rest {
  readonly renewed: Stored<"renewed">[];
  readonly ended: Stored<"ended">[];
  readonly observed: Stored<"observed">[];
  readonly approved: Stored<"approved">[];
}

/**
 * All records, ordered for questions. The order in which records are added changes no answer, and neither does adding one twice.
 */
export class History {
  private readonly known = new Map<string, Stored>();
  private readonly starts = new Map<string, Stored<"started">[]>();
  private readonly rest = new Map<string, Rest>();
  private readonly lifts = new Map<string, Lift>();
  private readonly attempts = new Map<string, readonly Attempt[]>();
  private readonly halts: Stored<"halted">[] = [];
  private readonly approvals: Stored<"approved">[] = [];
  private readonly alarms: Stored<"emergency">[] = [];
  private readonly alarmsByCluster = new Map<string, Stored<"emergency">[]>();
  private readonly wanted = new Map<string, Stored<"wanted">>();
  private latestKnown: Stored | undefined | null = null;

  constructor(records: Iterable<Stored> = []) {
    for (const each of records) this.add(each);
  }

  get records(): Iterable<Stored> {
    return this.known.values();
  }

  get size(): number {
    return this.known.size;
  }

  has(id: string): boolean {
    return this.known.has(id);
  }

  find(id: string): Stored | undefined {
    return this.known.get(id);
  }

  add(record: Stored): void {
    if (this.known.has(record.id)) return;
    this.known.set(record.id, record);
    if (this.latestKnown !== null && comesAfter(record, this.latestKnown)) this.latestKnown = record;
    switch (record.kind) {
      case "started":
        insert(this.starts, record.cluster, record);
        this.attempts.delete(record.cluster);
        return;
      case "renewed":
      case "ended":
      case "observed":
        this.restOf(record.attempt)[record.kind].push(record as never);
        this.attempts.delete(record.cluster);
        return;
      case "approved":
        this.approvals.push(record);
        if (record.attempt !== null) this.restOf(record.attempt).approved.push(record);
        if (record.cluster !== null) this.attempts.delete(record.cluster);
        return;
      case "resumed":
        for (const id of record.lifts) {
          const earlier = this.lifts.get(id);
          if (earlier === undefined || prevails(record, earlier)) this.lifts.set(id, record);
        }
        this.latestKnown = null; // a record with a wrong time may have been lifted
        this.attempts.clear(); // what was lifted may be part of any
        return;
      case "halted":
        this.halts.push(record);
        return;
      case "emergency":
        this.alarms.push(record);
        this.alarms.sort(byTime);
        for (const cluster of record.clusters) {
          insert(this.alarmsByCluster, cluster, record);
          this.alarmsByCluster.get(cluster)?.sort(byTime);
        }
        return;
      case "wanted":
        for (const cluster of Object.keys(record.targets))
          if (byNumber(record, this.wanted.get(cluster) ?? NOTHING) > 0) this.wanted.set(cluster, record);
        return;
      default:
        record satisfies never;
    }
  }

  /** The attempts of a cluster, the earliest first. */
  attemptsOf(cluster: string): readonly Attempt[] {
    const known = this.attempts.get(cluster);
    if (known !== undefined) return known;
    const attempts = [...(this.starts.get(cluster) ?? [])].sort(byNumber).map((started): Attempt => {
      const { approved, ended, observed, renewed } = this.restOf(started.id);
      const sorted = <Kind extends RolloutRecord["kind"]>(all: readonly Stored<Kind>[]) => [...all].sort(byTime);
      return { started, renewed, ended: sorted(ended), observed: sorted(observed), approved: sorted(approved) };
    });
    this.attempts.set(cluster, attempts);
    return attempts;
  }

  /** The number of the last record of targets. */
  lastWanted(): number {
    return Math.max(0, ...[...this.wanted.values()].map(({ number }) => number));
  }

  /** The last record of what a cluster should run. */
  wantedOf(cluster: string): Stored<"wanted"> | undefined {
    return this.wanted.get(cluster);
  }

  /** Returns the lift of a record, written when a person resumed. */
  liftOf(id: string): Lift | undefined {
    return this.lifts.get(id);
  }

  /** Halts by hand that were not lifted, the earliest first. */
  openHalts(): readonly Stored<"halted">[] {
    return this.halts.filter(({ id }) => !this.lifts.has(id)).sort(byTime);
  }

  isApproved(wave: string, release: string): boolean {
    return this.approvals.some((each) => each.wave === wave && each.release === release);
  }

  /** The earliest first. */
  emergencies(): readonly Stored<"emergency">[] {
    return this.alarms;
  }

  /** Those that are about a cluster, the earliest first. */
  emergenciesOf(cluster: string): readonly Stored<"emergency">[] {
    return this.alarmsByCluster.get(cluster) ?? [];
  }

  /** The last record by its time; a person can lift one whose clock was wrong. */
  latest(): Stored | undefined {
    if (this.latestKnown === null) {
      this.latestKnown = undefined;
      for (const each of this.known.values())
        if (!this.lifts.has(each.id) && comesAfter(each, this.latestKnown)) this.latestKnown = each;
    }
    return this.latestKnown;
  }

  private restOf(attempt: string): Rest {
    const known = this.rest.get(attempt);
    if (known !== undefined) return known;
    const rest: Rest = { renewed: [], ended: [], observed: [], approved: [] };
    this.rest.set(attempt, rest);
    return rest;
  }
}

type Dated = { readonly at: string; readonly id: string };

/** Orders records by their time, and those of one moment by their address. */
export function byTime(a: Dated, b: Dated): number {
  return compareText(a.at, b.at) || compareText(a.id, b.id);
}

type Numbered = Dated & { readonly number: number };

const NOTHING: Numbered = { number: 0, at: "", id: "" };

/** Orders records that count each other: a clock that was wrong does not change their order. */
function byNumber(a: Numbered, b: Numbered): number {
  return a.number - b.number || byTime(a, b);
}

/** True if a person's word counts rather than another about the same record: what is tried again cannot stay as it is. */
function prevails(lift: Lift, other: Lift): boolean {
  return lift.mode === other.mode ? byTime(lift, other) < 0 : lift.mode === "retry";
}

function comesAfter(record: Stored, other: Stored | undefined): boolean {
  return other === undefined || byTime(record, other) > 0;
}

function insert<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
