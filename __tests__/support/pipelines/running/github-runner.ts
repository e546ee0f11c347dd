import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import YAML from "yaml";
import { githubToken } from "../../../../fleet/accounts/claims";
import { type Before, type Contexts, holds, interpolate } from "./expressions";
import type { Permissions } from "./hosting";
import { checkout, git, type JobRun, type Machine, type Result, remoteOf, runScript, webToken } from "./machine";

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly name: string;
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly environment?: { readonly name: string };
  readonly permissions?: Permissions;
  readonly strategy?: { readonly matrix: { readonly include: string } };
  readonly outputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly defaults: { readonly run: { readonly shell: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** An event that starts a run. */
export interface Event {
  readonly name: "merge_group" | "pull_request" | "push" | "schedule" | "workflow_dispatch";
  /** Such as refs/heads/main or refs/pull/1/merge. */
  readonly ref: string;
  readonly payload?: object;
  readonly inputs?: Readonly<Record<string, string>>;
}

/**
 * Runs a workflow as GitHub does: conditions and expressions by GitHub's own evaluator, each job in a fresh checkout with the token that its
 * permissions allow, each step in the shell that the workflow names.
 */
export class GithubRunner {
  private runs = 0;

  constructor(private readonly machine: Machine) {}

  /** @param path of the workflow in the repository */
  async run(path: string, text: string, event: Event): Promise<readonly JobRun[]> {
    const { jobs, defaults } = YAML.parse(text) as Workflow;
    this.runs += 1;
    const run = new WorkflowRun(this.machine, path, event, this.runs, defaults.run.shell);
    const ended = new Map<string, Promise<Ended>>();
    for (const [name, job] of Object.entries(jobs))
      ended.set(
        name,
        Promise.all((job.needs ?? []).map(async (other) => [other, (await ended.get(other)) as Ended] as const)).then(
          (needs) => run.job(name, job, new Map(needs)),
        ),
      );
    return (await Promise.all(ended.values())).flatMap(({ runs }) => runs);
  }
}

interface Ended {
  readonly result: Result;
  readonly outputs: Readonly<Record<string, string>>;
  readonly runs: readonly JobRun[];
}

class WorkflowRun {
  private readonly folder: string;
  private jobs = 0;

  constructor(
    private readonly machine: Machine,
    private readonly path: string,
    private readonly event: Event,
    private readonly id: number,
    private readonly shell: string,
  ) {
    this.folder = join(machine.folder, `run-${id}`);
    mkdirSync(join(this.folder, "artifacts"), { recursive: true });
  }

  /** Runs a job, or each item of its matrix. */
  async job(name: string, job: Job, needs: ReadonlyMap<string, Ended>): Promise<Ended> {
    const before = [...needs.values()];
    const contexts = {
      ...this.contexts(),
      needs: Object.fromEntries([...needs].map(([key, { outputs, result }]) => [key, { result, outputs }])),
    };
    if (!holds(job.if, contexts, stateOf(before)))
      return { result: "skipped", outputs: {}, runs: [{ ...EMPTY, job: name, name, result: "skipped" }] };
    const items =
      job.strategy === undefined
        ? [{}]
        : (JSON.parse(interpolate(asJson(job.strategy.matrix.include), contexts)) as object[]);
    if (items.length === 0) throw new Error(`${name}: the matrix is empty, which GitHub refuses`);
    const runs: { readonly run: JobRun; readonly outputs: Readonly<Record<string, string>> }[] = [];
    for (const matrix of items) runs.push(await this.one(name, job, { ...contexts, matrix }));
    const failed = runs.some(({ run }) => run.result === "failure");
    return {
      result: failed ? "failure" : "success",
      outputs: runs.at(-1)?.outputs ?? {},
      runs: runs.map(({ run }) => run),
    };
  }

  private contexts(): Record<string, unknown> {
    const { repository, secrets, vars } = this.machine;
    const { inputs = {}, name, payload = {}, ref } = this.event;
    return { github: { event_name: name, event: payload, ref, repository, token: "" }, inputs, vars, secrets };
  }

  private async one(
    job: string,
    given: Job,
    around: Contexts,
  ): Promise<{ readonly run: JobRun; readonly outputs: Readonly<Record<string, string>> }> {
    this.jobs += 1;
    const folder = join(this.folder, `job-${this.jobs}`);
    mkdirSync(folder);
    const { hosting } = this.machine;
    const permissions = this.permissionsOf(given);
    const github = { ...(around["github"] as object), token: hosting.tokenFor(permissions) };
    const contexts: Contexts = { ...around, github };
    // An empty name is no environment.
    const environment = interpolate(given.environment?.name ?? "", contexts) || undefined;
    const workspace = join(folder, "workspace");
    const files = { output: join(folder, "output"), summary: join(folder, "summary"), path: join(folder, "path") };
    const [commit = ""] = (await git("ls-remote", remoteOf(this.machine), this.event.ref)).split("\t");
    const env = {
      ...this.machine.env,
      ...this.variables(files, commit),
      ...(permissions["id-token"] === "write" && this.identity(environment)),
      ...interpolated(given.env, contexts),
    };
    let state: Before = "success";
    const ran: string[] = [];
    const outputs: Record<string, Record<string, string>> = {};
    let printed = "";
    for (const step of given.steps) {
      if (!holds(step.if, { ...contexts, steps: {} }, state)) continue;
      if (step.uses !== undefined) {
        await this.use(step, workspace, contexts, permissions);
        continue;
      }
      const command = interpolate(step.run ?? "", contexts);
      writeFileSync(files.output, "");
      const { code, output, steps } = await this.shellRun(command, workspace, {
        ...env,
        PATH: [...added(files.path), env.PATH].join(":"),
        ...interpolated(step.env, contexts),
      });
      printed += `$ ${command}\n${output}`;
      ran.push(...steps);
      if (code !== 0) state = "failure";
      if (step.id !== undefined) outputs[step.id] = readOutputs(files.output);
    }
    const steps = Object.fromEntries(Object.entries(outputs).map(([id, each]) => [id, { outputs: each }]));
    const result = state === "success" ? "success" : "failure";
    const summary = existsSync(files.summary) ? readFileSync(files.summary, "utf8") : "";
    return {
      run: { job, name: interpolate(given.name, contexts), result, steps: ran, output: printed, summary },
      outputs: interpolated(given.outputs, { ...contexts, steps }),
    };
  }

  /** A pull request from a fork reads at most, and gets no identity. */
  private permissionsOf({ permissions = {} }: Job): Permissions {
    const { repository } = this.machine;
    const payload = this.event.payload as { pull_request?: { head: { repo: { full_name: string } } } } | undefined;
    const head = payload?.pull_request?.head.repo.full_name ?? repository;
    if (head === repository) return permissions;
    const { "id-token": _, ...others } = permissions;
    return Object.fromEntries(Object.keys(others).map((scope) => [scope, "read"]));
  }

  private variables(
    files: { readonly output: string; readonly path: string; readonly summary: string },
    commit: string,
  ): Record<string, string> {
    const { hosting, repository } = this.machine;
    return {
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_REPOSITORY: repository,
      GITHUB_SERVER_URL: "https://github.example",
      GITHUB_API_URL: hosting.url + hosting.base,
      GITHUB_RUN_ID: String(this.id),
      GITHUB_RUN_ATTEMPT: "1",
      GITHUB_SHA: commit,
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      GITHUB_PATH: files.path,
      RUNNER_TEMP: join(files.path, "..", "temp"),
    };
  }

  /** Address and token of the service that gives the job its identity. */
  private identity(environment: string | undefined): Record<string, string> {
    const { hosting, issuer, repository } = this.machine;
    const { name: event, ref } = this.event;
    const token = githubToken({ repository, issuer }, { event, ref, environment, workflow: this.path });
    return {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${hosting.url}/oidc?token=${webToken(token)}`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
    };
  }

  /** Does what an action does that generated workflows use. */
  private async use(
    { uses = "", with: given = {} }: Step,
    workspace: string,
    contexts: Contexts,
    permissions: Permissions,
  ): Promise<void> {
    const artifacts = join(this.folder, "artifacts");
    const text = (name: string): string => interpolate(String(given[name]), contexts);
    switch (uses.replace(/@.*/, "")) {
      case "actions/checkout":
        await checkout(remoteOf(this.machine), this.event.ref, workspace);
        return;
      case "actions/upload-artifact":
        if (existsSync(join(workspace, text("path"))))
          cpSync(join(workspace, text("path")), join(artifacts, text("name")), { recursive: true });
        return;
      case "actions/download-artifact": {
        const start = text("pattern").replace(/\*$/, "");
        for (const name of readdirSync(artifacts).filter((each) => each.startsWith(start)))
          cpSync(join(artifacts, name), join(workspace, text("path")), { recursive: true });
        return;
      }
      case "github/codeql-action/upload-sarif":
        this.machine.hosting.scan(readFileSync(join(workspace, text("sarif_file")), "utf8"), permissions);
        return;
      case "actions/setup-node":
      case "hashicorp/setup-terraform":
        return;
      default:
        throw new Error(`no stand-in of the action ${uses}`);
    }
  }

  private shellRun(
    command: string,
    workspace: string,
    env: Readonly<Record<string, string | undefined>>,
  ): ReturnType<typeof runScript> {
    if (this.shell !== "bash") throw new Error(`no stand-in of the shell ${this.shell}`);
    const script = join(workspace, "..", "script.sh");
    writeFileSync(script, command);
    return runScript(["bash", "--noprofile", "--norc", "-eo", "pipefail", script], workspace, env);
  }
}

/** Returns the common result of the jobs that a job waits for. */
function stateOf(before: readonly Ended[]): Before {
  const any = (wanted: Result): boolean => before.some(({ result }) => result === wanted);
  return any("failure") ? "failure" : any("skipped") ? "skipped" : "success";
}

/** Returns the folders that earlier steps added to the path. */
const added = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean).reverse() : [];

/** Returns an expression so that its value can be read as JSON. */
const asJson = (expression: string): string => expression.replace(/^\$\{\{(.*)\}\}$/s, "${{ toJSON($1) }}");

const EMPTY = { steps: [], output: "", summary: "" } as const;

function interpolated(
  env: Readonly<Record<string, string>> | undefined,
  contexts: Contexts,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env ?? {}).map(([name, text]) => [name, interpolate(text, contexts)]));
}

function readOutputs(file: string): Record<string, string> {
  const lines = readFileSync(file, "utf8").split("\n");
  return Object.fromEntries(
    lines
      .filter((line) => line.includes("="))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}
