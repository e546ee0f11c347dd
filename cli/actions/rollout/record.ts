import { randomUUID } from "node:crypto";
import { ExpectedError } from "../../../language/expected-error";
import { nextNumber } from "../../../operations/rollout/claim";
import type { RolloutCluster } from "../../../operations/rollout/decide/fleet";
import { isSame } from "../../../operations/rollout/decide/phase";
import { runChecks } from "../../../operations/rollout/health/run-checks";
import { checkedText, personOf } from "../../../operations/rollout/people";
import type { Attempt } from "../../../operations/rollout/records/history";
import { RESULTS, type Result, type Stored } from "../../../operations/rollout/records/record";
import { attemptToEnd, attemptToObserve, clusterNamed } from "../../../operations/rollout/results";
import { suggestion } from "../../../operations/rollout/resume";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import type { ExitCode } from "../../shared/exit-code";
import { withProgress } from "../../shared/print";
import { recordedText } from "../../texts/rollout/recorded-text";
import { healthTools } from "./health-tools";
import { type OpenRollout, openRollout, type RolloutFlags } from "./open-rollout";
import { printRecorded, recordedOf } from "./print-recorded";

type Flags = RolloutFlags & {
  readonly runner: string | undefined;
  readonly plan: string | undefined;
  readonly detail: string | undefined;
  readonly who: string | undefined;
  readonly reason: string | undefined;
};

/** A command that records something about one cluster. */
interface Recording {
  readonly rollout: OpenRollout;
  readonly cluster: RolloutCluster;
  readonly flags: Flags;
  /** The runner or the person, for the record. */
  readonly by: string;
  readonly at: string;
}

export const run = action(
  async ({ flags, json, positionals: [name = "", what = ""] }: Input<Flags>): Promise<ExitCode> => {
    const by = recorder(flags);
    if (flags.plan !== undefined && !/^[0-9a-f]{8,128}$/.test(flags.plan))
      throw new ExpectedError(`--plan must be a digest in hexadecimal, but is ${JSON.stringify(flags.plan)}`);
    const rollout = await openRollout(flags);
    const cluster = clusterNamed(rollout.fleet, name, (each) => suggestion(rollout.fleet, each));
    const recording: Recording = { rollout, cluster, flags, by, at: new Date(rollout.now()).toISOString() };
    const added = await recordFor(what, recording);
    await rollout.log.keepShort();
    const observed = added.find((each) => each.kind === "observed");
    const health = observed?.kind === "observed" ? observed.health : null;
    printRecorded(recordedOf(added, health), recordedText(added), json);
    return health === null || health === "healthy" ? 0 : 2;
  },
);

function recordFor(what: string, recording: Recording): Promise<readonly Stored[]> {
  switch (what) {
    case "running":
      return renew(recording);
    case "health":
    case "unhealthy":
      return observe(what, recording);
    default:
      return end(RESULTS.find((each) => each === what) ?? "inconclusive", recording);
  }
}

/** Returns the recorder: a runner's name, or a person with a reason. */
function recorder({ reason, runner, who }: Flags): string {
  if (runner !== undefined && who !== undefined)
    throw new ExpectedError("--runner and --who cannot be combined. Remove one of them");
  if (runner !== undefined) return checkedText("--runner", runner);
  if (who === undefined) throw new ExpectedError("--runner is required, or --who with --reason for a person");
  const person = personOf({ who, reason });
  return person.who;
}

function detailOf({ detail, reason }: Flags): string {
  const text = detail ?? reason;
  return text === undefined ? "" : checkedText("--detail", text);
}

async function end(result: Result, { at, by, cluster, flags, rollout }: Recording): Promise<readonly Stored[]> {
  const { commit, log } = rollout;
  const attempt = attemptToEnd(log.history, cluster.name, Date.parse(at), flags.runner);
  const started = attempt === undefined ? [await startByHand({ at, by, cluster, flags, rollout })] : [];
  const ended = await log.state<"ended">({
    version: 1,
    kind: "ended",
    at,
    commit,
    cluster: cluster.name,
    attempt: attempt?.started.id ?? started[0]?.id ?? "",
    by,
    result,
    detail: detailOf(flags),
    plan: flags.plan ?? null,
  });
  return [...started, ended];
}

/** A person states that the cluster was changed without a runner. */
function startByHand({ at, by, cluster, rollout: { commit, fleet, log } }: Recording): Promise<Stored<"started">> {
  return log.state<"started">({
    version: 1,
    kind: "started",
    at,
    commit,
    cluster: cluster.name,
    number: nextNumber(log.history, cluster.name),
    wave: fleet.waves[cluster.wave]?.name ?? "",
    target: cluster.target,
    runner: by,
    lease_until: at,
    emergency: null,
    nonce: randomUUID(),
  });
}

async function renew({ at, cluster, flags, rollout: { commit, fleet, log } }: Recording): Promise<readonly Stored[]> {
  const runner = flags.runner;
  const attempt = runner === undefined ? undefined : attemptToEnd(log.history, cluster.name, Date.parse(at), runner);
  if (runner === undefined || attempt === undefined)
    throw new ExpectedError("running requires --runner, the runner that started the change");
  const lease_until = new Date(Date.parse(at) + cluster.length + fleet.leaseMargin).toISOString();
  return [
    await log.state<"renewed">({
      version: 1,
      kind: "renewed",
      at,
      commit,
      cluster: cluster.name,
      attempt: attempt.started.id,
      runner,
      lease_until,
    }),
  ];
}

async function observe(what: "health" | "unhealthy", recording: Recording): Promise<readonly Stored[]> {
  const { at, by, cluster, flags, rollout } = recording;
  const { commit, log, now } = rollout;
  const attempt = attemptToObserve(log.history, cluster.name, Date.parse(at));
  const seen =
    what === "health"
      ? await checkHealth(recording, attempt)
      : {
          health: "unhealthy" as const,
          checks: [
            {
              name: "report",
              health: "unhealthy" as const,
              seen: checkedText("--detail", flags.detail ?? flags.reason),
              seconds: 0,
            },
          ],
        };
  return [
    await log.state<"observed">({
      version: 1,
      kind: "observed",
      at: new Date(Math.max(now(), Date.parse(at))).toISOString(),
      commit,
      cluster: cluster.name,
      attempt: attempt.started.id,
      by,
      health: seen.health,
      checks: [...seen.checks],
    }),
  ];
}

async function checkHealth({ at, cluster, rollout: { clusters, rollouts } }: Recording, { started }: Attempt) {
  const names = rollouts.waves[cluster.wave]?.healthy ?? [];
  const checks = names.flatMap((name) => {
    const check = rollouts.health_checks[name];
    return check === undefined ? [] : [[name, check] as const];
  });
  if (checks.some(([, { check }]) => check === "stacks") && !isSame(started.target, cluster.target))
    throw new ExpectedError(
      `the definition of ${cluster.name} has changed since its last change, so that its plans cannot be empty. Run this at commit ${started.commit ?? "of that change"}, or wait for the next change`,
    );
  const definition = clusters.find(({ name }) => name === cluster.name);
  if (definition === undefined) throw new TypeError(`${cluster.name} is not loaded`);
  return withProgress(`checking the health of ${cluster.name}`, () =>
    runChecks(definition, checks, healthTools(at.slice(0, 10))),
  );
}
