import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import YAML from "yaml";
import { gitlabToken } from "../../../../fleet/accounts/claims";
import { checkout, git, type JobRun, type Machine, type Result, remoteOf, runScript, webToken } from "./machine";

type Variables = Readonly<Record<string, string>>;

interface Job {
  readonly needs?: readonly { readonly job: string; readonly artifacts?: boolean; readonly optional?: boolean }[];
  readonly rules?: readonly Rule[];
  readonly variables?: Variables;
  readonly id_tokens?: Readonly<Record<string, object>>;
  readonly script?: readonly string[];
  readonly after_script?: readonly string[];
  readonly parallel?: number;
  readonly artifacts?: { readonly paths: readonly string[] };
  readonly inherit?: { readonly variables?: boolean };
  readonly trigger?: { readonly include: readonly { readonly artifact: string; readonly job: string }[] };
}

interface Rule {
  readonly if?: string;
  readonly when?: "always" | "manual";
}

type File = Readonly<Record<string, unknown>> & {
  readonly workflow: { readonly rules: readonly Rule[] };
  readonly variables?: Readonly<Record<string, { readonly value: string }>>;
  readonly default: { readonly before_script: readonly string[] };
};

const NO_JOBS = ["workflow", "variables", "default", "stages"];

/** The event that starts a pipeline: a push, a schedule, a person, or a merge request. */
export interface Start {
  readonly source: "merge_request_event" | "push" | "schedule" | "web";
  /** Branch of the commit; of a merge request its source branch. */
  readonly branch: string;
  /** Number of a merge request. */
  readonly change?: number;
  /** Project of the source branch, for a merge request of a fork. */
  readonly from?: string;
  /** Variables of the schedule or of the person. */
  readonly variables?: Variables;
  /** Manual jobs that a person starts, by the beginnings of their names. */
  readonly plays?: readonly string[];
}

interface Ended {
  readonly result: Result;
  readonly runs: readonly JobRun[];
  /** Folders with the artifacts of each run. */
  readonly artifacts: readonly string[];
}

/**
 * Runs pipelines as GitLab does: rules decide which jobs there are, `needs` when they run, a child pipeline is read from an artifact, and
 * variables have GitLab's precedence. Each job has a fresh checkout, one shell for its script and another one for `after_script`.
 */
export class GitlabRunner {
  private jobs = 0;

  constructor(private readonly machine: Machine) {}

  async run(text: string, start: Start): Promise<readonly JobRun[]> {
    const ref = start.change === undefined ? `refs/heads/${start.branch}` : `refs/pull/${start.change}/merge`;
    const given = { ...(await this.predefined(start, ref)), ...this.machine.vars, ...this.machine.secrets };
    return this.pipeline(YAML.parse(text, { version: "1.1" }) as File, { start, ref, given }, start.variables ?? {});
  }

  /** @param stronger variables that were passed to the pipeline, which are stronger than those of its jobs */
  private async pipeline(file: File, around: Around, stronger: Variables): Promise<readonly JobRun[]> {
    const globals = Object.fromEntries(Object.entries(file.variables ?? {}).map(([name, { value }]) => [name, value]));
    const visible = { ...globals, ...around.given, ...stronger };
    if (ruleOf(file.workflow.rules, visible) === undefined) return [];
    const jobs = (Object.entries(file) as [string, Job][])
      .filter(([name]) => !NO_JOBS.includes(name))
      .flatMap(([name, job]) => {
        const rule = job.rules === undefined ? {} : ruleOf(job.rules, visible);
        return rule === undefined ? [] : [[name, { job, when: rule.when }] as const];
      });
    if (jobs.length === 0) throw new Error("the pipeline has no jobs, which GitLab refuses");
    const of = { ...around, file, globals, stronger };
    const ended = new Map<string, Ended>();
    // Jobs are written after those that they need.
    for (const [name, { job, when }] of jobs) {
      for (const need of job.needs ?? [])
        if (!ended.has(need.job) && need.optional !== true)
          throw new Error(`${name} needs ${need.job}, which is not in the pipeline`);
      ended.set(name, await this.job(name, job, when, of, ended));
    }
    return [...ended.values()].flatMap(({ runs }) => runs);
  }

  private async job(
    name: string,
    job: Job,
    when: Rule["when"],
    of: Pipeline,
    ended: ReadonlyMap<string, Ended>,
  ): Promise<Ended> {
    const needs = (job.needs ?? []).flatMap((need) => {
      const found = ended.get(need.job);
      return found === undefined ? [] : [{ ...found, reads: need.artifacts === true }];
    });
    const without = (result: Result): Ended => ({
      result,
      runs: [{ ...EMPTY, job: name, name, result }],
      artifacts: [],
    });
    if (when !== "always" && needs.some(({ result }) => result !== "success")) return without("skipped");
    if (when === "manual" && of.start.plays?.some((start) => name.startsWith(start)) !== true) return without("manual");
    const read = needs.filter(({ reads }) => reads).flatMap(({ artifacts }) => artifacts);
    if (job.trigger !== undefined) return this.child(job, of, ended);
    const runs: { readonly run: JobRun; readonly kept: string }[] = [];
    for (let index = 1; index <= (job.parallel ?? 1); index += 1) runs.push(await this.one(name, job, index, of, read));
    return {
      result: runs.some(({ run }) => run.result === "failure") ? "failure" : "success",
      runs: runs.map(({ run }) => run),
      artifacts: runs.map(({ kept }) => kept),
    };
  }

  /** The child gets the variables of the job that starts it, those of its file included, and they are stronger than its own. */
  private async child(
    { inherit, trigger, variables }: Job,
    of: Pipeline,
    ended: ReadonlyMap<string, Ended>,
  ): Promise<Ended> {
    const [include] = trigger?.include ?? [];
    const kept = ended.get(include?.job ?? "")?.artifacts[0] ?? "";
    const text = readFileSync(join(kept, include?.artifact ?? ""), "utf8");
    const passed = { ...(inherit?.variables !== false && of.globals), ...variables };
    const around = { ...of, given: { ...of.given, CI_PIPELINE_SOURCE: "parent_pipeline" } };
    const runs = await this.pipeline(YAML.parse(text, { version: "1.1" }) as File, around, passed);
    return { result: runs.some(({ result }) => result === "failure") ? "failure" : "success", runs, artifacts: [] };
  }

  private async one(
    name: string,
    job: Job,
    index: number,
    { file, given, globals, ref, start, stronger }: Pipeline,
    read: readonly string[],
  ): Promise<{ readonly run: JobRun; readonly kept: string }> {
    this.jobs += 1;
    const folder = join(this.machine.folder, `gitlab-${this.jobs}`);
    const [workspace, kept] = [join(folder, "workspace"), join(folder, "artifacts")];
    mkdirSync(kept, { recursive: true });
    await checkout(remoteOf(this.machine).replace("://", "://gitlab-ci-token:job@"), ref, workspace);
    for (const artifacts of read) cpSync(artifacts, workspace, { recursive: true });
    const written = { ...globals, ...job.variables, ...given, ...stronger };
    const facts = {
      CI_JOB_ID: String(this.jobs),
      CI_JOB_URL: `https://gitlab.example/jobs/${this.jobs}`,
      ...(job.parallel !== undefined && { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(job.parallel) }),
    };
    const all = { ...written, ...facts };
    const env = {
      ...this.machine.env,
      ...Object.fromEntries(Object.entries(all).map(([key, value]) => [key, expanded(value, all)])),
      ...Object.fromEntries(Object.keys(job.id_tokens ?? {}).map((key) => [key, this.token(start)])),
    };
    const shell = (lines: readonly string[]): ReturnType<typeof runScript> =>
      runScript(["bash", "--noprofile", "--norc", "-c", ["set -eo pipefail", ...lines].join("\n")], workspace, env);
    const main = await shell([...file.default.before_script, ...(job.script ?? [])]);
    const after = job.after_script === undefined ? undefined : await shell(job.after_script);
    for (const path of job.artifacts?.paths ?? [])
      if (existsSync(join(workspace, path))) cpSync(join(workspace, path), join(kept, path), { recursive: true });
    const run: JobRun = {
      job: name,
      name: job.parallel === undefined ? name : `${name} ${index}/${job.parallel}`,
      result: main.code === 0 ? "success" : "failure",
      steps: [...main.steps, ...(after?.steps ?? [])],
      output: main.output + (after?.output ?? ""),
      summary: "",
    };
    return { run, kept };
  }

  private token({ branch, from }: Start): string {
    const project = { project: this.machine.repository };
    return webToken(gitlabToken(project, { ref: branch, ref_type: "branch", ...(from && { project: from }) }));
  }

  private async predefined({ branch, change, from, source }: Start, ref: string): Promise<Variables> {
    const { hosting, repository } = this.machine;
    const commit = async (name: string): Promise<string> =>
      (await git("ls-remote", remoteOf(this.machine), name)).split("\t")[0] ?? "";
    return {
      CI: "true",
      GITLAB_CI: "true",
      CI_API_V4_URL: `${hosting.url}/api/v4`,
      CI_COMMIT_SHA: await commit(ref),
      CI_PIPELINE_SOURCE: source,
      // The pipeline of a fork's merge request runs in the fork.
      CI_PROJECT_PATH: from ?? repository,
      ...(change === undefined
        ? { CI_COMMIT_BRANCH: branch }
        : {
            CI_MERGE_REQUEST_IID: String(change),
            CI_MERGE_REQUEST_PROJECT_PATH: repository,
            CI_MERGE_REQUEST_SOURCE_PROJECT_PATH: from ?? repository,
            CI_MERGE_REQUEST_TARGET_BRANCH_SHA: await commit("refs/heads/main"),
          }),
    };
  }
}

interface Around {
  readonly start: Start;
  readonly ref: string;
  /** Variables of GitLab and of the project. */
  readonly given: Variables;
}

interface Pipeline extends Around {
  readonly file: File;
  readonly globals: Variables;
  readonly stronger: Variables;
}

const EMPTY = { steps: [], output: "", summary: "" } as const;

/** Returns the first rule that holds. */
function ruleOf(rules: readonly Rule[], variables: Variables): Rule | undefined {
  return rules.find((rule) => rule.if === undefined || holds(rule.if, variables));
}

/** Evaluates those conditions that generated files contain, and no other. */
function holds(condition: string, variables: Variables): boolean {
  return condition.split(" && ").every((part) => {
    const [, left = "", text, right = ""] = /^\$(\w+) == (?:"([^"$]*)"|\$(\w+))$/.exec(part) ?? [];
    if (left === "") throw new Error(`no stand-in of the condition ${part}`);
    return (variables[left] ?? "") === (text ?? variables[right] ?? "");
  });
}

/** Returns text in which `$NAME` is the value of a variable, nothing for one that does not exist, and `$$` a dollar. */
export function expanded(text: string, variables: Variables): string {
  return text.replaceAll(/\$(?:\$|\{?(\w+)\}?)/g, (_, name?: string) =>
    name === undefined ? "$" : expanded(variables[name] ?? "", variables),
  );
}
