import YAML from "yaml";
import { compareText } from "../../language/problem";
import { type JobMeaning, stepText } from "../model/meaning";
import type { Identity } from "../model/model";
import { sorted } from "../model/names";
import { readCommand } from "../model/read-command";
import type { Files } from "../model/renderer";
import { FROM_REPOSITORY } from "./expressions";
import { binaryStep, REQUIRED } from "./render-job";
import { surprisesIn } from "./surprises";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Concurrency {
  readonly group?: string;
  readonly "cancel-in-progress"?: boolean;
  readonly queue?: string;
}

interface Job {
  readonly if?: string;
  readonly needs?: readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: Concurrency;
  readonly environment?: unknown;
  readonly strategy?: { readonly matrix?: { readonly include?: string } };
  readonly env?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  readonly "timeout-minutes"?: number;
}

interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly concurrency?: Concurrency;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Returns the meaning of workflows. */
export function readGithub(files: Files): readonly JobMeaning[] {
  return [...files.values()].flatMap((text) => {
    const workflow = YAML.parse(text) as Workflow;
    return Object.entries(workflow.jobs)
      .filter(([name]) => name !== REQUIRED)
      .map(([name, job]) => readJob(workflow, name, job));
  });
}

function readJob(workflow: Workflow, name: string, job: Job): JobMeaning {
  const { steps = [], permissions = {}, if: condition = "" } = job;
  const triggers = readTriggers(workflow.on);
  return {
    pipeline: workflow.name,
    job: name,
    triggers,
    steps: steps.flatMap(readStep),
    variables: variablesOf(steps),
    identity: identityOf(job),
    after: [...(job.needs ?? [])].sort(compareText),
    evenIfFailed: condition.includes("!cancelled()"),
    each: eachOf(job),
    oneAtATime: lockOf(workflow, job),
    cancellable: (workflow.concurrency ?? job.concurrency)?.["cancel-in-progress"] === true,
    approval: job.environment !== undefined,
    forks: triggers.includes("change") && !condition.includes(FROM_REPOSITORY),
    rights: rightsOf(permissions, steps),
    minutes: job["timeout-minutes"] ?? 0,
    keeps: pathOf(steps.find(({ uses = "" }) => uses.startsWith("actions/upload-artifact@"))),
    reads: steps
      .filter(({ uses = "" }) => uses.startsWith("actions/download-artifact@"))
      .map(({ with: given }) => String(given?.["pattern"]).replace(/\*$/, ""))
      .sort(compareText),
    names: sorted({ branch: branchesOf(workflow, condition) }),
    surprises: surprisesIn({ ...workflow }, { ...job }),
  };
}

function readTriggers(on: Workflow["on"]): readonly string[] {
  const schedules = (on["schedule"] ?? []) as readonly { readonly cron: string; readonly timezone?: string }[];
  const manual = on["workflow_dispatch"] as { readonly inputs?: object } | undefined;
  return [
    ...("pull_request" in on && "merge_group" in on ? ["change"] : []),
    ...("push" in on ? ["merge"] : []),
    ...schedules.map(({ cron, timezone }) => `schedule ${cron} ${timezone ?? "UTC"}`),
    ...(manual === undefined ? [] : [["manual", ...Object.keys(manual.inputs ?? {})].join(" ")]),
    ...Object.keys(on).filter((event) => !KNOWN_EVENTS.includes(event)),
  ].sort(compareText);
}

/** Returns the branches that start a job, if it does not run for every branch. */
function branchesOf({ on }: Workflow, condition: string): readonly string[] | undefined {
  const { branches } = (on["push"] ?? {}) as { readonly branches?: readonly string[] };
  const [, only] = /github\.ref == 'refs\/heads\/((?:[^']|'')+)'/.exec(condition) ?? [];
  if (!("push" in on) && only === undefined) return undefined;
  return [
    ...(branches ?? ("push" in on ? ["every branch"] : [])),
    ...(only === undefined ? [] : [only.replaceAll("''", "'")]),
  ];
}

const KNOWN_EVENTS = ["pull_request", "merge_group", "push", "schedule", "workflow_dispatch"];

const SET_UP =
  /^(?:actions\/(?:checkout|setup-node|upload-artifact|download-artifact)|hashicorp\/setup-terraform|github\/codeql-action\/upload-sarif)@/;

const INSTALL_TOFU = binaryStep("tofu")["run"];

/** Returns the step as the model writes it; the words of a step that the model does not have. */
function readStep({ if: condition, run, uses }: Step): string[] {
  if (run === undefined) return SET_UP.test(uses ?? "") ? [] : [`uses ${uses}`];
  if (run === INSTALL_TOFU) return [];
  const command = readCommand(run);
  if (command === undefined) return [];
  const evenIfFailed = condition === "always()" || condition === "!cancelled()";
  const text = typeof command === "string" ? command : stepText({ ...command, evenIfFailed });
  return [condition === undefined || evenIfFailed ? text : `${text} if ${condition}`];
}

/** Variables of commands, without the tokens that a job's rights bring. */
function variablesOf(steps: readonly Step[]): readonly string[] {
  const names = steps.flatMap(({ env = {} }) => Object.keys(env));
  return [...new Set(names)].filter((name) => !name.startsWith("FLEET_")).sort(compareText);
}

/** Without the permission for tokens, a job can assume no role, whatever its variables. */
function identityOf({ env = {}, permissions = {} }: Job): Identity {
  return permissions["id-token"] === "write" ? (env["FLEET_IDENTITY"] as Identity) : "none";
}

function eachOf({ steps = [], strategy }: Job): JobMeaning["each"] {
  const from = /^\$\{\{ fromJSON\(needs\.([\w-]+)\.outputs\.items\) \}\}$/.exec(strategy?.matrix?.include ?? "")?.[1];
  if (from === undefined) return null;
  return { of: steps.some(({ env }) => env?.["SHARD"] !== undefined) ? "shard" : "cluster", from };
}

/** A lock holds only if what waits is not cancelled by what comes later. */
function lockOf({ concurrency, name }: Workflow, job: Job): JobMeaning["oneAtATime"] {
  if (concurrency !== undefined) return "change";
  const { group, queue, "cancel-in-progress": cancels } = job.concurrency ?? {};
  if (queue !== "max" || cancels !== false) return null;
  if (group === name) return "pipeline";
  return group === "cluster-${{ matrix.cluster }}" ? "cluster" : null;
}

function rightsOf(permissions: Readonly<Record<string, string>>, steps: readonly Step[]): string[] {
  const writes = (scope: string): boolean => permissions[scope] === "write";
  const proposes = writes("contents");
  const annotates = steps.some(({ run = "" }) => /fleet ci (?:findings|validate)$/.test(run));
  return [
    ...(annotates ? ["annotations"] : []), // workflow commands require no right
    ...(writes("pull-requests") && !proposes ? ["comment"] : []),
    ...(writes("issues") ? ["issues"] : []),
    ...(proposes ? ["propose"] : []),
    ...Object.keys(permissions).filter((scope) => writes(scope) && !SCOPES.includes(scope)),
  ].sort(compareText);
}

/** Permissions that correspond to rights of the model, identities and the upload of findings. */
const SCOPES = ["contents", "id-token", "issues", "pull-requests", "security-events"];

function pathOf(step: Step | undefined): string | null {
  return step === undefined ? null : String(step.with?.["path"]);
}
