import { appendFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Cluster } from "../../../fleet/model/cluster";
import { stackId } from "../../../fleet/model/stacks";
import { peersFirst } from "../../../fleet/peers";
import { ExpectedError } from "../../../language/expected-error";
import { inTurns } from "../../../operations/deploy/in-turns";
import type { ClusterDeploy, DeployReport } from "../../../operations/deploy/report";
import { openPlans } from "../../../operations/deploy/saved-plans";
import { deployCluster, type RunOptions, targetOf, type Waiting } from "../../../operations/deploy/stack-runner";
import type { ApplyEvent } from "../../../operations/deploy/stream";
import { withLines } from "../../../operations/deploy/with-lines";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, definitionsDirectory, shippedDirectory } from "../../shared/definitions";
import { type ExitCode, worst } from "../../shared/exit-code";
import { type Interrupted, untilInterrupted } from "../../shared/interrupt";
import { printJson, printText } from "../../shared/print";
import { askApproval } from "../../shared/questions/approval";
import { guardOf, originOf, prepareStack, requireNamed, stackHashes, synthesizeNamed } from "../../shared/stack-runs";
import { terminalOf } from "../../shared/terminal";
import { terraformVersion } from "../../shared/terraform-version";
import { deployText } from "../../texts/deploy-text";

type Flags = {
  readonly approve: boolean;
  readonly plans: string | undefined;
  readonly parallel: string;
  readonly today: string | undefined;
};

/** Folder for the output of Terraform, with one file for each cluster. */
const LOGS = ".fleet/deploy/logs";

export const run = action(async ({ flags, json, positionals }: Input<Flags>) => {
  const parallel = numberOf(flags.parallel);
  const today = dayOf(flags.today);
  if (!flags.approve && flags.plans === undefined && !process.stdin.isTTY) {
    requireNamed(positionals, today); // a wrong name is reported first
    throw new ExpectedError("approval requires a terminal. Use --approve, or --plans with plans that were reviewed");
  }
  const clusters = await synthesizeNamed(positionals, today);
  const savedPlan =
    flags.plans === undefined ? undefined : openPlans(flags.plans, stackHashes(clusters), originOf(terraformVersion()));
  const from = { directory: definitionsDirectory(), shipped: shippedDirectory(), today };
  const judge = judgeOf(guardOf(today), savedPlan);
  const { reports, stopped } = await untilInterrupted(async (signal) => ({
    reports: await inTurns(peersFirst(clusters), parallel, async (cluster) => {
      const report = await deployCluster(targetOf(cluster), {
        prepare: prepareStack,
        signal,
        judge,
        approve: approval(flags, cluster),
        ...(savedPlan && { savedPlan }),
        ...progressOf(cluster.name),
        now: () => new Date(),
        next: nextCommand(cluster.name, flags),
      });
      return { ...report, stacks: withLines(report.stacks, { ...from, select: cluster.name }) };
    }),
    stopped: signal.aborted ? (signal.reason as Interrupted) : undefined,
  }));
  const report: DeployReport = { version: 1, clusters: reports };
  if (json) printJson(report);
  else printText(reports.map((each) => deployText(each, terminalOf(process.stdout))).join("\n\n"));
  if (stopped !== undefined) throw stopped;
  return deployExitCode(reports);
});

/** With --plans, a stack without a plan in the folder is stopped, because its plan was not reviewed. */
function judgeOf(guard: RunOptions["judge"], savedPlan: RunOptions["savedPlan"]): RunOptions["judge"] {
  if (savedPlan === undefined) return guard;
  return (waiting) =>
    savedPlan(stackId(waiting.slug, waiting.stack)) === undefined
      ? ["the folder of plans has none of this stack, because it could not be planned then. Make the plans again"]
      : guard(waiting);
}

function approval(flags: Flags, cluster: Cluster): RunOptions["approve"] {
  // A plan that was saved and is named here has been reviewed.
  if (flags.approve || flags.plans !== undefined) return () => Promise.resolve(true);
  return (waiting: Waiting) => askApproval(waiting, cluster.tfvars.cluster.deletion_protection);
}

/** Failures are errors; what the guard stopped and what a person declined are findings. */
export function deployExitCode(reports: readonly ClusterDeploy[]): ExitCode {
  return worst(
    reports.flatMap(({ stacks }) =>
      stacks.map(({ outcome }) => (outcome === "failed" ? 1 : outcome === "stopped" || outcome === "declined" ? 2 : 0)),
    ),
  );
}

/** Without --plans: those that were kept are stale once a stack was applied. */
function nextCommand(cluster: string, { approve }: Flags): string {
  return `fleet deploy ${cluster}${approve ? " --approve" : ""}`;
}

/** Prints what Terraform does on stderr, and keeps it in the cluster's log. */
export function progressOf(cluster: string): Required<Pick<RunOptions, "onEvent" | "onStack">> & {
  readonly tell: (line: string) => void;
} {
  const log = join(LOGS, `${cluster}.log`);
  mkdirSync(dirname(log), { recursive: true });
  const tell = (line: string, shown = true): void => {
    appendFileSync(log, `${new Date().toISOString()} ${line}\n`);
    if (shown) console.error(line);
  };
  return {
    tell,
    onStack: (stack, doing) => tell(`${doing} ${stack}`),
    onEvent: (stack, event) => tell(`${stack}: ${eventText(event)}`, isShown(event)),
  };
}

/** Seconds after which a resource is shown on the terminal. The log has all. */
const SLOW = 10;

const isShown = ({ kind, seconds }: ApplyEvent): boolean => kind === "errored" || (kind !== "start" && seconds >= SLOW);

function eventText({ action: what, address, kind, seconds }: ApplyEvent): string {
  const state = { start: "starts", progress: "still runs", complete: "done", errored: "failed" }[kind];
  return `${what} ${address} ${state}${seconds === 0 ? "" : ` after ${seconds} s`}`;
}

function numberOf(flag: string): number {
  if (!/^[1-9]\d*$/.test(flag))
    throw new ExpectedError(`--parallel must be a whole number from 1 on, but is ${JSON.stringify(flag)}`);
  return Number(flag);
}
