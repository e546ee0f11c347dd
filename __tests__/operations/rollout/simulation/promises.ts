import type { Decision } from "../../../../operations/rollout/decide/decision";
import type { Stored } from "../../../../operations/rollout/records/record";
import { DAY, HOUR, opensAt } from "./local-time";
import { type ClusterTruth, isChanging, isSettled } from "./truth";
import type { World } from "./world";

/** Promises of a rollout. */
export const PROMISES = [
  "one change at a time on a cluster",
  "a runner is believed until its lease ends",
  "never a cluster together with its standby",
  "never outside a window",
  "never in a freeze",
  "never what cannot end inside its window",
  "at most so many at once",
  "no more than a runner asks for",
  "whose window is open goes first",
  "never past a halt",
  "earlier waves first",
  "soak",
  "approval",
  "no person was passed over",
  "time does not go backwards",
  "only what is needed",
  "the current target",
  "the same answer for the same records",
  "every cluster arrives",
] as const;
export type PromiseName = (typeof PROMISES)[number];

/** A promise that was broken. */
export class Broken extends Error {
  constructor(
    readonly promise: PromiseName,
    detail: string,
  ) {
    super(`${promise}: ${detail}`);
  }
}

/** The state of the world at the start of a change. */
export interface Scene {
  readonly world: World;
  readonly truths: ReadonlyMap<string, ClusterTruth>;
  /** Halts by hand: waves, and null for all of them. */
  readonly halts: readonly (string | null)[];
  readonly approvals: ReadonlySet<string>;
  readonly emergencies: readonly {
    readonly clusters: readonly string[];
    readonly from: number;
    readonly until: number;
  }[];
  /** The latest time of a record before the start that nobody declared wrong. */
  readonly latest: number;
}

/** Throws if a start breaks a promise. */
export function judgeStart(started: Stored<"started">, scene: Scene): void {
  const truth = scene.truths.get(started.cluster);
  if (truth === undefined) throw new Broken("only what is needed", `${started.cluster} does not exist`);
  const at = Date.parse(started.at);
  const emergency = isEmergency(started.cluster, at, scene);
  judgeNeed(started, truth, scene);
  judgeTime(at, truth, scene, emergency);
  judgeOthers(truth, scene);
  judgeOrder(at, truth, scene, emergency);
}

function isEmergency(cluster: string, at: number, { emergencies }: Pick<Scene, "emergencies">): boolean {
  return emergencies.some(({ clusters, from, until }) => clusters.includes(cluster) && from <= at && at < until);
}

function judgeNeed({ at, cluster, target }: Stored<"started">, truth: ClusterTruth, { latest }: Scene): void {
  if (truth.state === "running") throw new Broken("one change at a time on a cluster", `${cluster} is being changed`);
  if (truth.state === "unknown" || truth.state === "failed" || truth.state === "unobserved")
    throw new Broken("no person was passed over", `${cluster} is ${truth.state}`);
  if (isSettled(truth)) throw new Broken("only what is needed", `${cluster} has ${target.release} already`);
  if (target.digest !== truth.target.digest || target.release !== truth.target.release)
    throw new Broken("the current target", `${cluster} should get ${truth.target.release}`);
  if (Date.parse(at) < latest) throw new Broken("time does not go backwards", `${cluster} at ${at}`);
}

function judgeTime(
  at: number,
  { of: { cluster, windows } }: ClusterTruth,
  { world }: Pick<Scene, "world">,
  emergency: boolean,
): void {
  const end = at + cluster.length;
  const frozen = cluster.freezes.find(
    ({ emergencies, from, until }) => !(emergency && emergencies) && at < until && from < end,
  );
  const when = `${cluster.name} at ${new Date(at).toISOString()}`;
  if (frozen !== undefined) throw new Broken("never in a freeze", `${when}, in ${frozen.name}`);
  if (emergency || windows.length === 0) return;
  const open = windows.flatMap((window) =>
    opensAt(window, world.begin - DAY, world.end + 120 * DAY)
      .filter((opens) => opens <= at && at < opens + window.hours * HOUR)
      .map((opens) => opens + window.hours * HOUR),
  );
  if (open.length === 0) throw new Broken("never outside a window", when);
  if (!open.some((closes) => end <= closes)) throw new Broken("never what cannot end inside its window", when);
}

function judgeOthers({ of: { cluster } }: ClusterTruth, { truths, world }: Scene): void {
  for (const name of cluster.apart.keys()) {
    const partner = truths.get(name);
    if (partner !== undefined && (isChanging(partner) || partner.state === "failed"))
      throw new Broken(
        "never a cluster together with its standby",
        `${cluster.name}, while ${name} is ${partner.state}`,
      );
  }
  const { atOnce = 0, name } = world.waves[cluster.wave] ?? {};
  const changing = [...truths.values()].filter((each) => each.of.cluster.wave === cluster.wave && isChanging(each));
  if (changing.length >= atOnce) throw new Broken("at most so many at once", `${changing.length + 1} of wave ${name}`);
}

function judgeOrder(at: number, { of: { cluster }, target }: ClusterTruth, scene: Scene, emergency: boolean): void {
  const { approvals, halts, truths, world } = scene;
  for (const [index, { name, soak, tolerated }] of world.waves.slice(0, cluster.wave + 1).entries()) {
    const own = [...truths.values()].filter((each) => each.of.cluster.wave === index);
    const failed = own.filter(({ state }) => state === "failed").length;
    if (failed > tolerated || halts.includes(null) || halts.includes(name))
      throw new Broken("never past a halt", `${cluster.name}, while wave ${name} is halted`);
    if (index === cluster.wave || emergency) continue;
    for (const each of own) {
      if (each.target.release !== target.release || each.state === "failed" || each.state === "kept") continue;
      if (!isSettled(each)) throw new Broken("earlier waves first", `${cluster.name}, before ${each.of.cluster.name}`);
      if (each.healthySince + soak > at)
        throw new Broken(
          "soak",
          `${cluster.name}, ${each.of.cluster.name} is healthy since ${new Date(each.healthySince).toISOString()}`,
        );
    }
  }
  const { approval = false, name = "" } = world.waves[cluster.wave] ?? {};
  if (approval && !approvals.has(`${name} ${target.release}`))
    throw new Broken("approval", `wave ${name} with ${target.release}`);
}

/** Throws if the decisions of a moment break a promise, whether a runner follows them or not. */
export function judgeTogether(
  decisions: readonly Decision[],
  scene: Pick<Scene, "emergencies" | "truths" | "world"> & { readonly now: number },
): void {
  const { now, truths, world } = scene;
  for (const { cluster, decision, reason } of decisions) {
    const truth = truths.get(cluster);
    const run = truth?.run;
    if (run !== undefined && now <= run.leaseUntil && reason !== "running")
      throw new Broken("a runner is believed until its lease ends", `${cluster}: ${decision} ${reason ?? ""}`);
    if (truth !== undefined && decision === "go") judgeTime(now, truth, scene, isEmergency(cluster, now, scene));
  }
  const going = decisions.filter(({ decision }) => decision === "go");
  const names = new Set(going.map(({ cluster }) => cluster));
  for (const name of names)
    for (const partner of truths.get(name)?.of.cluster.apart.keys() ?? [])
      if (names.has(partner)) throw new Broken("never a cluster together with its standby", `${name} and ${partner}`);
  for (const [index, { atOnce, name }] of world.waves.entries()) {
    const changing = [...truths.values()].filter((each) => each.of.cluster.wave === index && isChanging(each)).length;
    const more = going.filter(({ wave }) => wave === name).length;
    if (more > 0 && changing + more > atOnce)
      throw new Broken("at most so many at once", `${changing + more} of wave ${name}`);
    const hasWindow = (each: Decision): boolean => (truths.get(each.cluster)?.of.windows.length ?? 0) > 0;
    const passed = decisions.find((each) => each.wave === name && each.reason === "turn" && hasWindow(each));
    const first = going.find((each) => each.wave === name && each.emergency === null && !hasWindow(each));
    if (passed !== undefined && first !== undefined)
      throw new Broken("whose window is open goes first", `${first.cluster} before ${passed.cluster}`);
  }
}
