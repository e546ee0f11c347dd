import { folderOf, type Job, type ModelSettings, type Pipeline, type Step, type Variable } from "../model/model";
import { actionReference, NODE_VERSION, TERRAFORM } from "../model/pins";
import { FLEET_CI, INSTALL } from "../model/read-command";
import { type Binary, binaryLines, binaryOf, binaryVariable } from "../model/set-up";
import { hasCommand } from "../model/stage";
import {
  all,
  FROM_REPOSITORY,
  inputValue,
  itemsOf,
  literal,
  MESSAGE_SECRETS,
  OF_PULL_REQUEST,
  onBranch,
  quoted,
  VARIABLE_VALUES,
  WITH_ACCOUNTS,
} from "./expressions";

type Yaml = Readonly<Record<string, unknown>>;

export const DEFAULT_RUNNER = "ubuntu-24.04";

/** Days that results of a run are kept. */
const KEPT_DAYS = 14;

/** Returns a job of a workflow. */
export function renderJob(pipeline: Pipeline, job: Job, settings: ModelSettings): Yaml {
  const items = pipeline.jobs.some(({ each }) => each?.from === job.name);
  return withoutEmpty({
    name: job.each === null ? job.name : `${job.name} \${{ matrix.${job.each.of} }}`,
    needs: job.after.length === 0 ? undefined : job.after,
    if: condition(job, pipeline, settings),
    "runs-on": runner(job, settings),
    "timeout-minutes": job.minutes,
    // GitHub runs a job in no environment if the name is empty, as it is for an account that names none.
    environment: job.approval ? { name: "${{ matrix.environment }}" } : undefined,
    concurrency: concurrency(pipeline, job),
    permissions: permissions(job, settings),
    strategy: job.each === null ? undefined : { "fail-fast": false, matrix: { include: itemsOf(job.each.from) } },
    outputs: items ? { items: "${{ steps.items.outputs.items }}", any: "${{ steps.items.outputs.any }}" } : undefined,
    env: environmentOf(job, settings),
    steps: [
      ...setUp(job, settings),
      ...job.steps.flatMap((step) => commandStep(job, step, settings, items)),
      ...codeScanning(job, settings),
      ...upload(job),
    ],
  });
}

/** Name of the job that branch protection requires. It only repeats what others report. */
export const REQUIRED = "required";

/**
 * A job that fails if any other does: branch protection can require it, while the names of a matrix differ. A job that exceeds its time is
 * cancelled, which neither failure() nor cancelled() notices.
 */
export function requiredJob(jobs: readonly Pick<Job, "name">[]): Yaml {
  return {
    name: REQUIRED,
    needs: jobs.map(({ name }) => name),
    if: "${{ always() && (contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled')) }}",
    "runs-on": DEFAULT_RUNNER,
    "timeout-minutes": 5,
    permissions: {},
    steps: [{ run: "exit 1" }],
  };
}

/** The jobs of a matrix wait for whole other jobs: one cluster's failure must not hold the others back. */
export function passesFailures({ after, each, evenIfFailed }: Job, { jobs }: Pipeline): boolean {
  return evenIfFailed || (each !== null && jobs.some((other) => other.each !== null && after.includes(other.name)));
}

function condition(job: Job, pipeline: Pipeline, { branch }: ModelSettings): string | undefined {
  const ofChange = pipeline.triggers.some(({ on }) => on === "change");
  const passes = passesFailures(job, pipeline);
  return all([
    ...(passes ? ["!cancelled()"] : []),
    ...(job.each === null
      ? []
      : [
          ...(passes ? [`needs.${job.each.from}.result == 'success'`] : []),
          `needs.${job.each.from}.outputs.any == 'true'`,
        ]),
    ...(job.identity === "none" ? [] : [WITH_ACCOUNTS]),
    ...(job.identity === "apply" || job.identity === "destroy" ? [onBranch(branch)] : []),
    ...(job.rights.includes("comment") ? [OF_PULL_REQUEST] : []),
    ...(ofChange && !job.forks ? [FROM_REPOSITORY] : []),
  ]);
}

function runner({ each, reachesClusters }: Job, { own }: ModelSettings): string {
  const general = own.github?.runner ?? DEFAULT_RUNNER;
  if (!reachesClusters) return literal(general);
  const reaching = own.github?.cluster_runner ?? general;
  return each?.of === "cluster" ? `\${{ matrix.runner || '${quoted(reaching)}' }}` : literal(reaching);
}

/** A newer run waits behind all earlier ones: by default, GitHub cancels the one that waits. */
function concurrency(pipeline: Pipeline, { oneAtATime }: Job): Yaml | undefined {
  if (oneAtATime === "cluster")
    return { group: "cluster-${{ matrix.cluster }}", "cancel-in-progress": false, queue: "max" };
  if (oneAtATime === "pipeline") return { group: pipeline.name, "cancel-in-progress": false, queue: "max" };
  return undefined;
}

function environmentOf({ identity }: Job, { own }: ModelSettings): Yaml | undefined {
  const env = { ...(identity !== "none" && { FLEET_IDENTITY: identity }), ...binaryVariable(own) };
  return Object.keys(env).length === 0 ? undefined : env;
}

function permissions(job: Job, settings: ModelSettings): Yaml {
  const { identity, rights } = job;
  const proposes = rights.includes("propose");
  const scans = codeScanning(job, settings).length > 0;
  return withoutEmpty({
    actions: scans ? "read" : undefined, // to find the run, in a private repository
    contents: proposes ? "write" : "read",
    "id-token": identity === "none" ? undefined : "write",
    issues: rights.includes("issues") ? "write" : undefined,
    "security-events": scans ? "write" : undefined,
    "pull-requests": proposes || rights.includes("comment") ? "write" : undefined,
  });
}

/** The step that installs what runs the stacks. */
export function binaryStep(binary: Binary): Yaml {
  if (binary === "terraform")
    return {
      uses: actionReference("hashicorp/setup-terraform"),
      with: { terraform_version: TERRAFORM.version, terraform_wrapper: false },
    };
  const folder = '"$RUNNER_TEMP/bin"';
  return { run: [...binaryLines(binary, folder), `echo ${folder} >> "$GITHUB_PATH"`].join("\n") };
}

function setUp({ identity, reads }: Job, { own }: ModelSettings): Yaml[] {
  return [
    {
      uses: actionReference("actions/checkout"),
      with: { "persist-credentials": false, "fetch-depth": 0 },
    },
    {
      uses: actionReference("actions/setup-node"),
      // A job with credentials restores no cache, because any job can write to it.
      with: {
        "node-version": NODE_VERSION,
        ...(identity === "none" ? { cache: "npm" } : { "package-manager-cache": false }),
      },
    },
    binaryStep(binaryOf(own)),
    { run: INSTALL },
    ...reads.map((job) => ({
      uses: actionReference("actions/download-artifact"),
      with: { pattern: `${job}*`, path: `.fleet/ci/${job}`, "merge-multiple": true },
    })),
  ];
}

function commandStep(job: Job, step: Step, { own }: ModelSettings, items: boolean): Yaml[] {
  if (!hasCommand(step.stage)) return [];
  const lists = items && (step.stage === "affected" || step.stage === "choose");
  const valueFor = (name: Variable): string =>
    name === "CLUSTER_NAME" && job.each === null ? inputValue(name) : VARIABLE_VALUES[name];
  const variables = step.variables.map((name) => [name, valueFor(name)] as const);
  const env = {
    ...Object.fromEntries(variables),
    ...(step.stage === "tell" ? secretsOf(own) : tokenOf(job)),
    // Without AWS, the stage prints why nothing is planned.
    ...(step.stage === "affected" && { FLEET_AWS: "${{ vars.FLEET_AWS }}" }),
  };
  return [
    withoutEmpty({
      id: lists ? "items" : undefined,
      if: step.evenIfFailed ? (job.cancellable ? "!cancelled()" : "always()") : undefined,
      run: [FLEET_CI, step.stage, ...step.words].join(" "),
      env: Object.keys(env).length === 0 ? undefined : env,
    }),
  ];
}

function secretsOf({ messages }: ModelSettings["own"]): Yaml {
  return {
    ...(messages?.slack !== undefined && MESSAGE_SECRETS.slack),
    ...(messages?.webhook === true && MESSAGE_SECRETS.webhook),
  };
}

/** Pull requests that are opened with the token of a run start no checks, so another token may be given. */
function tokenOf({ rights }: Job): Yaml {
  if (rights.includes("propose")) return { FLEET_CI_TOKEN: "${{ secrets.FLEET_PROPOSE_TOKEN || github.token }}" };
  return rights.some((right) => right === "comment" || right === "issues")
    ? { FLEET_CI_TOKEN: "${{ github.token }}" }
    : {};
}

export const SARIF_ACTION = "github/codeql-action/upload-sarif";

/** Returns the settings of an upload. Code scanning compares uploads of the same category: those of changes with those of their branch. */
export const sarifOf = (job: string): Yaml => ({ sarif_file: `${folderOf(job)}/fleet.sarif`, category: "fleet" });

/** The token of a fork's pull request may not write: annotations show there what was found. */
function codeScanning({ forks, name, rights }: Job, { own }: ModelSettings): Yaml[] {
  if (own.github?.code_scanning !== true || !rights.includes("annotations")) return [];
  const condition = forks ? { if: all(["!cancelled()", OF_PULL_REQUEST, FROM_REPOSITORY]) } : {};
  return [{ ...condition, uses: actionReference(SARIF_ACTION), with: sarifOf(name) }];
}

function upload({ each, keeps, name }: Job): Yaml[] {
  if (keeps === null) return [];
  return [
    {
      if: "always()",
      uses: actionReference("actions/upload-artifact"),
      with: {
        name: each === null ? name : `${name}-\${{ matrix.${each.of} }}`,
        path: keeps,
        "if-no-files-found": "ignore",
        "include-hidden-files": true,
        "retention-days": KEPT_DAYS,
      },
    },
  ];
}

function withoutEmpty(map: Yaml): Yaml {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));
}
