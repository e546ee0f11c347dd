import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import YAML from "yaml";
import { concourseToken } from "../../../../fleet/accounts/claims";
import { checkout, git, type JobRun, type Machine, runScript, webToken } from "./machine";
import { TRUSTED } from "./small-fleet";

interface Get {
  readonly get: string;
  readonly resource?: string;
  readonly trigger?: boolean;
  readonly passed?: readonly string[];
}

interface Task {
  readonly task: string;
  readonly config: {
    readonly inputs: readonly { readonly name: string }[];
    readonly params?: Readonly<Record<string, string>>;
    readonly run: { readonly path: string; readonly args: readonly string[]; readonly dir: string };
  };
}

interface SetPipeline {
  readonly set_pipeline: string;
  readonly file: string;
  readonly instance_vars?: Readonly<Record<string, string>>;
}

interface Put {
  readonly put: string;
  readonly params: {
    readonly path: string;
    readonly base_context: string;
    readonly context: string;
    readonly status: string;
  };
}

interface Job {
  readonly name: string;
  readonly disable_manual_trigger?: boolean;
  readonly on_success?: Put;
  readonly on_failure?: Put;
  readonly plan: readonly (Get | SetPipeline | Task)[];
}

interface Resource {
  readonly name: string;
  readonly type: string;
  readonly source: Readonly<Record<string, unknown>>;
}

interface Config {
  readonly resources: readonly Resource[];
  readonly jobs: readonly Job[];
  readonly var_sources?: readonly { readonly name: string; readonly type: string }[];
}

interface Pipeline {
  readonly name: string;
  /** Such as `cluster:a.example.com`, as tokens have it; empty for a pipeline that is no instance. */
  readonly instance: string;
  readonly config: Config;
  /** The job that has set it; empty for one that a person has set. */
  readonly setBy: string;
}

/** A pull request, as the resource of pull requests finds it. */
export interface Change {
  readonly number: number;
  readonly isFork: boolean;
}

/** New versions of resources, by their types and names. */
interface Version {
  readonly git?: true;
  readonly time?: string;
  readonly change?: Change;
}

/**
 * Runs pipelines as Concourse does: a pipeline that a job sets starts by itself, one that it does not set any more is archived, a job starts
 * by new versions of its inputs, and a task has nothing but its inputs and params.
 */
export class ConcourseRunner {
  private readonly pipelines = new Map<string, Pipeline>();
  private builds = 0;
  /** Statuses of pull requests, such as `1 fleet/check SUCCESS`. */
  readonly statuses: string[] = [];
  /** Secrets that the code of forks could read, in the checkout or in variables. */
  readonly seenByForks = new Set<string>();

  /** @param secrets of the team's credential manager */
  constructor(
    private readonly machine: Machine,
    private readonly secrets: Readonly<Record<string, string>>,
  ) {}

  /** A person sets a pipeline with fly, which starts with the newest commit. */
  async fly(name: string, text: string): Promise<readonly JobRun[]> {
    const pipeline = { name, instance: "", config: YAML.parse(text, { version: "1.1" }) as Config, setBy: "" };
    this.pipelines.set(name, pipeline);
    return this.begin(pipeline, { git: true });
  }

  /** Names of the pipelines that are not archived, with their instances. */
  get names(): readonly string[] {
    return [...this.pipelines.keys()].sort();
  }

  /** There is a new commit on the branch: each pipeline finds it. */
  async push(): Promise<readonly JobRun[]> {
    const [first] = [...this.pipelines.values()].filter(({ setBy }) => setBy === "");
    // The mother sets all others again, and each of them begins with the new commit.
    return first === undefined ? [] : this.begin(first, { git: true });
  }

  /** A schedule has come. */
  tick(name: string): Promise<readonly JobRun[]> {
    return this.all({ time: `schedule-${name}` });
  }

  pullRequest(change: Change): Promise<readonly JobRun[]> {
    return this.all({ change });
  }

  /** A person starts a job. */
  async start(pipeline: string, job: string): Promise<readonly JobRun[]> {
    const found = this.pipelines.get(pipeline);
    const named = found?.config.jobs.find(({ name }) => name === job);
    if (found === undefined || named === undefined) throw new Error(`there is no job ${job} in ${pipeline}`);
    if (named.disable_manual_trigger === true) throw new Error(`${job} cannot be started by hand`);
    return this.build(found, named, { git: true });
  }

  private async all(version: Version): Promise<readonly JobRun[]> {
    const runs: JobRun[] = [];
    for (const pipeline of [...this.pipelines.values()]) runs.push(...(await this.begin(pipeline, version)));
    return runs;
  }

  /** Starts the jobs for which a version is new. */
  private async begin(pipeline: Pipeline, version: Version): Promise<readonly JobRun[]> {
    const runs: JobRun[] = [];
    for (const job of pipeline.config.jobs) {
      const gets = job.plan.filter(isGet).filter(({ passed, trigger }) => trigger === true && passed === undefined);
      if (gets.some((get) => isNew(resourceOf(pipeline.config, get), version)))
        runs.push(...(await this.build(pipeline, job, version)));
    }
    return runs;
  }

  private async build(pipeline: Pipeline, job: Job, version: Version): Promise<readonly JobRun[]> {
    this.builds += 1;
    const folder = join(this.machine.folder, `concourse-${this.builds}`);
    mkdirSync(folder);
    const ran: JobRun[] = [];
    const setter = `${keyOf(pipeline)}/${job.name}`;
    const set: Pipeline[] = [];
    for (const step of job.plan) {
      if (isGet(step)) await this.get(pipeline.config, step, version, folder);
      else if (isTask(step)) ran.push(await this.task(pipeline, job, step, folder, version.change?.isFork === true));
      else {
        const config = YAML.parse(readFileSync(join(folder, step.file), "utf8"), { version: "1.1" }) as Config;
        if (step.set_pipeline === "self") this.pipelines.set(keyOf(pipeline), { ...pipeline, config });
        else set.push({ name: step.set_pipeline, instance: instanceOf(step), config, setBy: setter });
      }
    }
    for (const [key, { setBy }] of [...this.pipelines])
      if (setBy === setter && !set.some((each) => keyOf(each) === key)) this.pipelines.delete(key);
    for (const each of set) {
      this.pipelines.set(keyOf(each), each);
      ran.push(...(await this.begin(each, version)));
    }
    const failed = ran.some(({ result }) => result === "failure");
    const hook = failed ? job.on_failure : job.on_success;
    if (hook !== undefined) this.put(pipeline.config, hook, folder);
    if (failed) return ran;
    for (const later of pipeline.config.jobs) {
      const gets = later.plan.filter(isGet).filter(({ passed }) => passed?.includes(job.name));
      if (gets.some(({ trigger }) => trigger === true)) ran.push(...(await this.build(pipeline, later, version)));
    }
    return ran;
  }

  /** Does what a resource does that generated pipelines use. */
  private async get(config: Config, get: Get, { change }: Version, folder: string): Promise<void> {
    const { source, type } = resourceOf(config, get);
    const into = join(folder, get.get);
    switch (type) {
      case "git":
        await checkout(this.remote(String(source["uri"])), `refs/heads/${String(source["branch"])}`, into);
        await git("-C", into, "remote", "set-url", "origin", String(source["uri"]));
        return;
      case "time":
        mkdirSync(into);
        return;
      case "pull-request": {
        if (change === undefined) throw new Error("a job of pull requests was started without one");
        // The resource leaves its token in the address from which it has cloned.
        const token = this.filled(String(source["access_token"]), {});
        const uri = `https://x-oauth-basic:${token}@github.com/${String(source["repository"])}.git`;
        await checkout(this.remote(uri), `refs/heads/${String(source["base_branch"])}`, into);
        await git("-C", into, "remote", "set-url", "origin", uri);
        const base = (await git("-C", into, "rev-parse", "HEAD")).trim();
        await git("-C", into, "fetch", "--quiet", this.remote(uri), `refs/pull/${change.number}/head`);
        const who = ["-c", "user.name=concourse-ci", "-c", "user.email=concourse@local"];
        await git("-C", into, ...who, "merge", "--quiet", "--no-stat", "FETCH_HEAD");
        mkdirSync(join(into, ".git/resource"));
        writeFileSync(join(into, ".git/resource/base_sha"), base);
        writeFileSync(join(into, ".git/resource/pr"), String(change.number));
        return;
      }
      default:
        throw new Error(`no stand-in of the resource type ${type}`);
    }
  }

  /** Shows a status at the pull request of a checkout. */
  private put(config: Config, { params, put }: Put, folder: string): void {
    const { source, type } = resourceOf(config, { get: put });
    if (type !== "pull-request") throw new Error(`no stand-in of a put to ${type}`);
    this.filled(String(source["access_token"]), {});
    const number = readFileSync(join(folder, params.path, ".git/resource/pr"), "utf8");
    this.statuses.push(`${number} ${params.base_context}/${params.context} ${params.status}`);
  }

  private remote(uri: string): string {
    return uri.replace(/^https:\/\/(?:[^@/]*@)?github\.com\//, `${this.machine.hosting.url}/git/`);
  }

  private async task(
    pipeline: Pipeline,
    job: Job,
    { config, task }: Task,
    folder: string,
    ofFork: boolean,
  ): Promise<JobRun> {
    const { args, dir, path } = config.run;
    if (!config.inputs.some(({ name }) => name === dir)) throw new Error(`${task} runs in ${dir}, which is no input`);
    const token = webToken(
      concourseToken(TRUSTED.concourse, { pipeline: pipeline.name, instance: pipeline.instance, job: job.name }),
    );
    const variables = (pipeline.config.var_sources ?? []).map(({ name }) => [`${name}:token`, token]);
    const params = Object.entries(config.params ?? {}).map(([name, text]) => [
      name,
      // The one address that is not of this machine.
      text === "https://api.github.com"
        ? this.machine.hosting.url
        : this.filled(text, Object.fromEntries(variables) as Record<string, string>),
    ]);
    const env = { ...this.machine.env, ...(Object.fromEntries(params) as Record<string, string>) };
    if (ofFork) {
      const readable = JSON.stringify(params) + readFileSync(join(folder, dir, ".git/config"), "utf8");
      for (const [name, value] of Object.entries(this.secrets))
        if (readable.includes(value)) this.seenByForks.add(name);
    }
    const { code, output, steps } = await runScript([path, ...args], join(folder, dir), env);
    const name = [keyOf(pipeline), job.name].join(" ");
    return { job: job.name, name, result: code === 0 ? "success" : "failure", steps, output, summary: "" };
  }

  /** Returns text with the values of its variables. */
  private filled(text: string, own: Readonly<Record<string, string>>): string {
    return text.replaceAll(/\(\(([^()]+)\)\)/g, (_, name: string) => {
      const value = own[name] ?? this.secrets[name];
      if (value === undefined) throw new Error(`there is no variable ${name}`);
      return value;
    });
  }
}

const isGet = (step: object): step is Get => "get" in step;
const isTask = (step: object): step is Task => "task" in step;
const keyOf = ({ instance, name }: Pick<Pipeline, "instance" | "name">): string =>
  instance === "" ? name : `${name}/${instance}`;
const instanceOf = ({ instance_vars = {} }: SetPipeline): string =>
  Object.entries(instance_vars)
    .map(([name, value]) => `${name}:${value}`)
    .join(",");

function resourceOf({ resources }: Config, { get, resource = get }: Get): Resource {
  const found = resources.find(({ name }) => name === resource);
  if (found === undefined) throw new Error(`there is no resource ${resource}`);
  return found;
}

function isNew({ name, source, type }: Resource, { change, git: commit, time }: Version): boolean {
  if (type === "git") return commit === true;
  if (type === "time") return time === name;
  return type === "pull-request" && change !== undefined && (source["disable_forks"] !== true || !change.isFork);
}
