import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import YAML from "yaml";
import { prowToken } from "../../../../fleet/accounts/claims";
import { checkout, git, type JobRun, type Machine, remoteOf, runScript, webToken } from "./machine";
import { TRUSTED } from "./small-fleet";

interface Job {
  readonly name: string;
  readonly always_run?: boolean;
  readonly branches?: readonly string[];
  readonly extra_refs?: readonly { readonly org: string; readonly repo: string; readonly base_ref: string }[];
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly containers: readonly {
      readonly command: readonly string[];
      readonly args: readonly string[];
      readonly env: readonly Variable[];
      readonly volumeMounts?: readonly { readonly mountPath: string }[];
    }[];
    readonly volumes?: readonly {
      readonly projected: { readonly sources: readonly { readonly serviceAccountToken: { readonly path: string } }[] };
    }[];
  };
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly secretKeyRef: { readonly name: string; readonly key: string; readonly optional?: boolean };
  };
}

interface JobsFile {
  readonly presubmits: Readonly<Record<string, readonly Job[]>>;
  readonly postsubmits: Readonly<Record<string, readonly Job[]>>;
  readonly periodics: readonly Job[];
}

type Kind = "periodic" | "postsubmit" | "presubmit";

/** Runs Prow's jobs as its pods do: the references that Prow clones, the variables that it sets, and those of the container. */
export class ProwRunner {
  private builds = 0;

  /** @param secrets of the namespace, as `name/key` */
  constructor(
    private readonly machine: Machine,
    private readonly secrets: Readonly<Record<string, string>>,
  ) {}

  /** The presubmits of a pull request. */
  async presubmits(text: string, number: number): Promise<readonly JobRun[]> {
    const jobs = read(text).presubmits[this.machine.repository] ?? [];
    const wanted = jobs.filter((job) => job.always_run === true && isOn(job, "main"));
    return this.each(wanted, "presubmit", { number });
  }

  /** The postsubmits of a push to the branch main. */
  async postsubmits(text: string): Promise<readonly JobRun[]> {
    const jobs = read(text).postsubmits[this.machine.repository] ?? [];
    return this.each(
      jobs.filter((job) => job.always_run !== false && isOn(job, "main")),
      "postsubmit",
      {},
    );
  }

  /** The periodics whose names begin with a text. */
  async periodics(text: string, start: string): Promise<readonly JobRun[]> {
    return this.each(
      read(text).periodics.filter(({ name }) => name.startsWith(start)),
      "periodic",
      {},
    );
  }

  /** A job that a person starts with mkpj, with variables filled in. */
  async start(text: string, name: string, filledIn: Readonly<Record<string, string>> = {}): Promise<readonly JobRun[]> {
    const { periodics, postsubmits, presubmits } = read(text);
    const jobs = [...Object.values(postsubmits).flat(), ...periodics, ...Object.values(presubmits).flat()];
    return this.each(jobs.filter((job) => job.name === name).slice(0, 1), "postsubmit", { filledIn });
  }

  private async each(jobs: readonly Job[], kind: Kind, given: Given): Promise<readonly JobRun[]> {
    const runs: JobRun[] = [];
    for (const job of jobs) runs.push(await this.one(job, kind, given));
    return runs;
  }

  private async one(job: Job, kind: Kind, { filledIn = {}, number }: Given): Promise<JobRun> {
    this.builds += 1;
    const folder = join(this.machine.folder, `prow-${this.builds}`);
    const [workspace, artifacts, mounted] = ["workspace", "artifacts", "mounted"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    for (const each of [artifacts, mounted]) mkdirSync(each, { recursive: true });
    const base = await this.clone(job, kind, workspace, number);
    const { containers, serviceAccountName, volumes = [] } = job.spec;
    const [container] = containers;
    if (container === undefined) throw new Error(`${job.name} has no container`);
    for (const { projected } of volumes)
      for (const { serviceAccountToken } of projected.sources)
        writeFileSync(
          join(mounted, serviceAccountToken.path),
          webToken(
            prowToken(TRUSTED.prow, { namespace: "test-pods", service_account: serviceAccountName ?? "default" }),
          ),
        );
    const [mount] = container.volumeMounts ?? [];
    const args = container.args.map((text) => (mount === undefined ? text : text.replaceAll(mount.mountPath, mounted)));
    const variables = { ...this.facts(job, kind, base, number), ARTIFACTS: artifacts };
    const env = { ...this.machine.env, ...variables, ...this.containerEnv(container.env, variables), ...filledIn };
    const { code, output, steps } = await runScript([...container.command, ...args], workspace, env);
    const { name } = job;
    return { job: name, name, result: code === 0 ? "success" : "failure", steps, output, summary: "" };
  }

  /** Clones what the job is about, and returns the commit of the branch. */
  private async clone(job: Job, kind: Kind, workspace: string, number: number | undefined): Promise<string> {
    const remote = remoteOf(this.machine);
    const [extra] = job.extra_refs ?? [];
    if (kind === "periodic" && extra === undefined) throw new Error(`${job.name} names no repository`);
    await checkout(remote, `refs/heads/${extra?.base_ref ?? "main"}`, workspace);
    const base = (await git("-C", workspace, "rev-parse", "HEAD")).trim();
    if (number !== undefined) {
      await git("-C", workspace, "fetch", "--quiet", "origin", `refs/pull/${number}/head`);
      const who = ["-c", "user.name=ci-robot", "-c", "user.email=ci-robot@k8s.io"];
      await git("-C", workspace, ...who, "merge", "--quiet", "--no-ff", "--message=merge", "FETCH_HEAD");
    }
    return base;
  }

  /** The variables that Prow sets: none about the repository for a periodic. */
  private facts({ name }: Job, kind: Kind, base: string, number: number | undefined): Record<string, string> {
    const [REPO_OWNER = "", REPO_NAME = ""] = this.machine.repository.split("/");
    return {
      CI: "true",
      JOB_NAME: name,
      JOB_TYPE: kind,
      BUILD_ID: String(this.builds),
      PROW_JOB_ID: `00000000-0000-4000-8000-${String(this.builds).padStart(12, "0")}`,
      ...(kind !== "periodic" && {
        REPO_OWNER,
        REPO_NAME,
        PULL_BASE_REF: "main",
        PULL_BASE_SHA: base,
        PULL_REFS: "main",
      }),
      ...(kind === "presubmit" && { PULL_NUMBER: String(number) }),
    };
  }

  private containerEnv(env: readonly Variable[], before: Readonly<Record<string, string>>): Record<string, string> {
    const found: Record<string, string> = {};
    for (const { name, value, valueFrom } of env) {
      if (valueFrom !== undefined) {
        const { key, name: of, optional } = valueFrom.secretKeyRef;
        const secret = this.secrets[`${of}/${key}`];
        if (secret !== undefined) found[name] = secret;
        else if (optional !== true) throw new Error(`there is no secret ${of}/${key}`);
        continue;
      }
      found[name] = expanded(value ?? "", { ...before, ...found });
    }
    // The one address that is not of this machine.
    if (found["FLEET_API"] === "https://api.github.com") found["FLEET_API"] = this.machine.hosting.url;
    return found;
  }
}

interface Given {
  readonly number?: number;
  readonly filledIn?: Readonly<Record<string, string>>;
}

const read = (text: string): JobsFile => YAML.parse(text, { version: "1.1" }) as JobsFile;

const isOn = ({ branches = [] }: Job, branch: string): boolean =>
  branches.some((each) => new RegExp(each).test(branch));

/** Returns text in which Kubernetes has replaced `$(NAME)` of variables that exist, and `$$` by a dollar. */
export function expanded(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\$|\$\((\w+)\)/g, (whole, name?: string) =>
    name === undefined ? "$" : (variables[name] ?? whole),
  );
}
