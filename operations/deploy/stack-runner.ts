import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Cluster } from "../../fleet/model/cluster";
import { STACKS, type StackName, stackId } from "../../fleet/model/stacks";
import { stacksOf } from "../../fleet/stacks/own-stacks";
import { compareText } from "../../language/problem";
import { type PlanJson, Terraform, TerraformError } from "../../offline/terraform";
import type { PlannedChanges } from "../rehearse/report";
import { doesSomething, summarize } from "../rehearse/summarize";
import { causeOf } from "./causes";
import { declaredOutputs, missingOutputs, plannedOutputs } from "./outputs";
import type { ClusterDeploy, Diagnostic, StackDeploy } from "./report";
import { lockMessage, stateLockOf } from "./state-lock";
import { type ApplyEvent, ApplyStream } from "./stream";
import { missingUpstream, type Peer, type Upstream, upstreamText } from "./upstream";

/** A cluster's stacks, as they were synthesized. */
export interface Target {
  readonly cluster: string;
  readonly slug: string;
  /** Its stacks, in the order in which they are applied. */
  readonly stacks: readonly StackName[];
  /** Clusters with which it is peered, and whose networks it reads. */
  readonly peers: readonly Peer[];
}

/** Returns a cluster as the commands that run Terraform need it. */
export function targetOf(cluster: Pick<Cluster, "name" | "peers" | "slug" | "tfvars">): Target {
  return { cluster: cluster.name, slug: cluster.slug, stacks: stacksOf(cluster), peers: cluster.peers };
}

/** A plan that waits for approval. */
export interface Waiting extends Target {
  readonly stack: StackName;
  readonly changes: PlannedChanges;
  readonly json: PlanJson;
}

export interface RunOptions {
  /** Returns the folder in which Terraform runs for a stack, prepared with its files. */
  readonly prepare: (stack: string) => string;
  readonly env?: Readonly<Record<string, string>>;
  /** Stops Terraform, which finishes its current operations and unlocks the state. */
  readonly signal: AbortSignal;
  /** Returns one line for each reason to stop a plan; none if it may pass. */
  readonly judge: (waiting: Waiting) => readonly string[];
  readonly approve: (waiting: Waiting) => Promise<boolean>;
  /** Path of a plan file that was created earlier for a stack, which is applied without a change. */
  readonly savedPlan?: (stack: string) => string | undefined;
  readonly onStack?: (stack: string, doing: "plan" | "apply") => void;
  readonly onEvent?: (stack: string, event: ApplyEvent) => void;
  /** Returns addresses that leave the state, and stay in the cloud, before a plan is applied. */
  readonly keep?: (json: PlanJson) => readonly string[];
  readonly now: () => Date;
  /** The command that continues after a failure. */
  readonly next: string;
}

/** Name of the plan file in a stack's folder. */
export const PLAN_FILE = "fleet.tfplan";

/**
 * Deploys the stacks of a cluster in their order. Each stack is planned, the guard judges the plan, a person approves it, and exactly that
 * plan is applied. The deploy ends at the first stack that is not successful. Applied stacks stay, and the same command continues from
 * there.
 */
export function deployCluster(target: Target, options: RunOptions): Promise<ClusterDeploy> {
  return runStacks(target, target.stacks, options, false);
}

/** Destroys the stacks of a cluster in the reverse order, in the same way. */
export function destroyCluster(target: Target, options: RunOptions): Promise<ClusterDeploy> {
  return runStacks(target, [...target.stacks].reverse(), options, true);
}

async function runStacks(
  target: Target,
  order: readonly StackName[],
  options: RunOptions,
  isDestroy: boolean,
): Promise<ClusterDeploy> {
  const stacks: StackDeploy[] = [];
  let ended = false;
  for (const stack of order) {
    const run: StackDeploy = ended ? outcome(stack, "not reached") : await runStack(target, stack, options, isDestroy);
    stacks.push(run);
    ended ||= run.outcome !== "applied" && run.outcome !== "unchanged";
  }
  return { cluster: target.cluster, stacks, next: ended ? options.next : null };
}

function outcome(stack: StackName, name: StackDeploy["outcome"], rest: Partial<StackDeploy> = {}): StackDeploy {
  return { stack, outcome: name, planned: null, done: [], errors: [], stopped_by: [], seconds: 0, ...rest };
}

async function runStack(
  target: Target,
  stack: StackName,
  options: RunOptions,
  isDestroy: boolean,
): Promise<StackDeploy> {
  const flags = isDestroy ? ["-destroy"] : [];
  const { approve, env = {}, judge, keep = () => [], now, onEvent, onStack, prepare, savedPlan, signal } = options;
  const id = stackId(target.slug, stack);
  const started = performance.now();
  const ends = (name: StackDeploy["outcome"], rest: Partial<StackDeploy>): StackDeploy =>
    outcome(stack, name, { seconds: Math.round((performance.now() - started) / 100) / 10, ...rest });
  const terraform = new Terraform({ directory: prepare(id), env, signal });
  const stream = new ApplyStream((event) => onEvent?.(id, event));
  let planned: StackDeploy["planned"] = null;
  const checked = (name: StackDeploy["outcome"], errors: readonly Diagnostic[]): StackDeploy =>
    ends(errors.length === 0 ? name : "failed", { planned, done: stream.done, errors: [...errors] });
  try {
    onStack?.(id, "plan");
    await terraform.init({ reconfigure: false });
    const saved = savedPlan?.(id);
    const file = saved ?? (await makePlan(terraform, flags, stream));
    const json = await readPlan(terraform, file);
    const kept = keep(json);
    const changes = keeping(summarize(stack, json), kept);
    planned = countsOf(changes);
    // Nothing of ours reads the outputs of a repository's own stacks, which may have no value.
    const outputs = isDestroy || !isOneOfOurs(stack) ? [] : declaredOutputs(terraform.directory);
    if (!doesSomething(changes)) return checked("unchanged", missingOutputs(outputs, plannedOutputs(json)));
    const waiting: Waiting = { ...target, stack, changes, json };
    const stopped_by = judge(waiting);
    if (stopped_by.length > 0) return ends("stopped", { planned, stopped_by: [...stopped_by] });
    if (!(await approve(waiting))) return ends("declined", { planned });
    onStack?.(id, "apply");
    if (kept.length > 0) {
      await terraform.run(["state", "rm", "-no-color", ...kept]);
      await makePlan(terraform, flags, stream);
      const again = summarize(stack, await readPlan(terraform, file));
      if (!isDeepStrictEqual(again, { ...changes, forget: [] }))
        return ends("failed", { planned, errors: [CHANGED_SINCE] });
    }
    await terraform.run(["apply", "-json", "-input=false", file], [0], (line) => stream.read(line));
    return checked("applied", missingOutputs(outputs, stream.outputs));
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    const errors = errorsOf(error, stream.errors, now());
    const missing = missingUpstream(errors, target.peers);
    return ends("failed", {
      planned,
      done: stream.done,
      errors: [...(missing ? [neverApplied(missing)] : []), ...errors],
    });
  }
}

const isOneOfOurs = (stack: StackName): boolean => (STACKS as readonly string[]).includes(stack);

/** Plans, and returns the plan file. */
export async function makePlan(terraform: Terraform, flags: readonly string[], stream: ApplyStream): Promise<string> {
  const file = join(terraform.directory, PLAN_FILE);
  await terraform.run(["plan", "-json", "-input=false", `-out=${file}`, ...flags], [0], (line) => stream.read(line));
  return file;
}

async function readPlan(terraform: Terraform, file: string): Promise<PlanJson> {
  return JSON.parse((await terraform.run(["show", "-json", file])).stdout) as PlanJson;
}

function neverApplied(upstream: Upstream): Diagnostic {
  const { advice, name } = upstreamText(upstream);
  return ofRun(`${name}, whose outputs this stack reads, was never applied${advice}`);
}

const CHANGED_SINCE: Diagnostic = {
  summary:
    "the state has changed since the plan was approved, so nothing of this stack was destroyed. Run the command again",
  detail: "",
  address: null,
  lines: [],
};

/** Returns changes in which some addresses are forgotten in place of destroyed. */
function keeping(changes: PlannedChanges, kept: readonly string[]): PlannedChanges {
  if (kept.length === 0) return changes;
  const destroy = changes.destroy.filter((address) => !kept.includes(address));
  return { ...changes, destroy, forget: [...changes.forget, ...kept].sort(compareText) };
}

function countsOf({ create, destroy, forget, replace, update }: PlannedChanges): NonNullable<StackDeploy["planned"]> {
  return {
    create: create.length,
    update: update.length,
    replace: replace.length,
    destroy: destroy.length,
    forget: forget.length,
  };
}

/**
 * The errors of Terraform, or all of its text if none could be read. A lock is reported with its owner and age, and a cause outside of
 * the stack, such as missing credentials, before Terraform's own words.
 */
export function errorsOf({ run }: TerraformError, reported: readonly Diagnostic[], now: Date): Diagnostic[] {
  // Progress is JSON, one object on a line, and does not describe the failure.
  const stdout = run.stdout.split("\n").filter((line) => !line.startsWith("{"));
  const text = `${run.stderr}\n${stdout.join("\n")}`.trim();
  const all = [text, ...reported.map(({ detail, summary }) => `${summary}\n${detail}`)].join("\n").trim();
  const lock = stateLockOf(all);
  if (lock !== undefined) return [ofRun(lockMessage(lock, now))];
  const cause = causeOf(all);
  if (cause !== undefined && reported.every(({ address }) => address === null)) return [ofRun(cause, all)];
  const own = reported.length > 0 ? distinct(reported) : [ofRun(text === "" ? endText(run) : text)];
  return cause === undefined ? own : [ofRun(cause), ...own];
}

const ofRun = (summary: string, detail = ""): Diagnostic => ({ summary, detail, address: null, lines: [] });

/** A run that was stopped reports the same for each resource that it did not begin. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((each) => [JSON.stringify(each), each])).values()];
}

const endText = ({ exitCode }: TerraformError["run"]): string =>
  exitCode >= 0
    ? `Terraform ended with ${exitCode}`
    : "Terraform was killed. It may have left a lock, and resources that its state does not have: read docs/operations/failed-applies.md";
