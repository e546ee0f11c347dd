import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import YAML from "yaml";
import type { Token } from "../../../../fleet/accounts/claims";
import { trustOf } from "../../../../fleet/accounts/identities";
import { type BootstrappedAccount, ROLE_LEVELS, roleArnOf } from "../../../../fleet/accounts/roles";
import type { CiSystem } from "../../../../fleet/schema/pipelines";
import { type OfflineProviders, startOfflineProviders } from "../../../../offline/offline-providers";
import { FakeS3 } from "../../../operations/rollout/stores/fake-s3";
import { mayAssume } from "../../aws/trust";
import { contentsOf, scratch, synthesizeFleet } from "../../run-program";
import { type Event, GithubRunner } from "./github-runner";
import { Hosting } from "./hosting";
import type { JobRun, Machine } from "./machine";
import { OwnRepository, PROGRAM, pretendTools } from "./own-repository";
import { ACCOUNT_FILE, smallFleet, type Variant } from "./small-fleet";

/** Kubernetes without anything that a destroy would wait for, and an AWS CLI that has no resource of a cluster. */
const TOOLS = {
  kubectl: "echo '{}'",
  aws: `case "$*" in
  "sts assume-role "*) echo '{"Credentials":{"AccessKeyId":"a","SecretAccessKey":"b","SessionToken":"c"}}';;
  *) echo '{}';;
esac`,
};

/**
 * A repository of a small fleet with everything that its jobs talk to: the hosting service, AWS STS, records in S3, Slack, a page that
 * answers if a cluster is healthy, and AWS, Kubernetes and Helm behind the real Terraform.
 */
export class RunningFleet {
  private readonly scratch = scratch();
  readonly repository = new OwnRepository(this.scratch.path);
  readonly hosting: Hosting;
  readonly records = new FakeS3("records");
  /** Answer of each cluster's health page. */
  health = 200;
  private readonly page: Server = createServer((_, response) => void response.writeHead(this.health).end());
  private readonly failures = join(this.scratch.path, "failures.json");
  readonly store = join(this.scratch.path, "store");
  private providers: OfflineProviders | undefined;
  private started: Machine | undefined;
  private github: GithubRunner | undefined;

  constructor(
    private readonly system: CiSystem,
    private readonly variant: Variant = {},
  ) {
    this.hosting = new Hosting(
      this.repository.bare,
      `${this.repository.name}.git`,
      (role, token) => this.mayAssume(role, token),
      variant.issuer === undefined ? "" : "/api/v3",
    );
  }

  async start(): Promise<void> {
    const { path } = this.scratch;
    await this.hosting.start();
    const s3 = await this.records.start();
    await new Promise<void>((resolve) => this.page.listen(0, "127.0.0.1", resolve));
    this.repository.write(
      smallFleet(this.system, `http://127.0.0.1:${(this.page.address() as AddressInfo).port}/`, this.variant),
    );
    this.generate();
    this.repository.merge();
    await synthesizeFleet(join(path, "types"), join(this.repository.folder, "definitions"));
    this.providers = await startOfflineProviders({
      stacks: [join(path, "types/stacks")],
      storeDirectory: this.store,
      failuresFile: this.failures,
    });
    const tools = join(path, "bin");
    const { issuer, tofu } = this.variant;
    // Where the pipelines install OpenTofu, nothing may run Terraform.
    pretendTools(tools, { ...TOOLS, ...(tofu !== undefined && { terraform: "exit 1" }) });
    const home = join(path, "home");
    mkdirSync(home);
    // Jobs clone from this folder and push to it in place of github.com.
    writeFileSync(join(home, ".gitconfig"), `[url "${this.hosting.url}/git/"]\n  insteadOf = https://github.com/\n`);
    this.started = {
      hosting: this.hosting,
      repository: this.repository.name,
      folder: path,
      env: {
        ...this.providers.env,
        HOME: home,
        PATH: `${tools}:${process.env["PATH"]}`,
        FLEET_PROGRAM: PROGRAM,
        FLEET_TOFU: tofu,
        FLEET_LOCAL_STATE: join(path, "state"),
        // Every job has a fresh checkout, and would build the same stacks again.
        FLEET_CACHE_DIR: join(path, "built"),
        FLEET_SLACK_API: `${this.hosting.url}/slack/`,
        AWS_ENDPOINT_URL_S3: s3,
        AWS_ENDPOINT_URL_STS: `${this.hosting.url}/sts/`,
        AWS_REGION: "us-east-1",
      },
      issuer,
      vars: { FLEET_AWS: "true" },
      secrets: { FLEET_SLACK_TOKEN: "xoxb-token" },
    };
  }

  async stop(): Promise<void> {
    await this.providers?.close();
    await Promise.all([this.hosting.stop(), this.records.stop()]);
    this.page.closeAllConnections();
    await new Promise((resolve) => this.page.close(resolve));
    this.scratch.remove();
  }

  /** Writes the pipelines of the definitions as they are. */
  generate(): void {
    const env = { ...process.env, CLUSTER_NAME: undefined, DEFINITIONS_DIR: undefined };
    execFileSync(PROGRAM, ["pipelines", "generate"], { cwd: this.repository.folder, env });
  }

  /** Settings of the simulated CI runner. */
  get machine(): Machine {
    if (this.started === undefined) throw new Error("start() was not called");
    return this.started;
  }

  /** Returns the generated files of a folder of the repository, by their paths in the repository. */
  files(folder: string): Readonly<Record<string, string>> {
    const files = Object.entries(contentsOf(join(this.repository.folder, folder)));
    return Object.fromEntries(files.map(([path, text]) => [`${folder}/${path}`, text]));
  }

  /** Runs a generated workflow of GitHub. */
  run(pipeline: string, event: Event): Promise<readonly JobRun[]> {
    this.github ??= new GithubRunner(this.machine);
    const path = `.github/workflows/${pipeline}.yml`;
    return this.github.run(path, this.repository.read(path), event);
  }

  /** Evaluates the trust policy of a role of the account for the token of a job. */
  private async mayAssume(role: string, token: Token): Promise<boolean> {
    const account = YAML.parse(this.repository.read(ACCOUNT_FILE)) as BootstrappedAccount;
    const level = ROLE_LEVELS.find((each) => roleArnOf(account, each) === role);
    return level !== undefined && mayAssume(trustOf(account, level, "aws"), token, account.id);
  }

  /** Returns the event of a pull request, from a fork unless its head is this repository. */
  pullRequest(number: number, head = this.repository.name): Event {
    const payload = { number, pull_request: { number, head: { repo: { full_name: head } } } };
    return { name: "pull_request", ref: `refs/pull/${number}/merge`, payload };
  }

  /** Returns the kinds of the records of rollouts with their results, in their order. */
  recorded(): string[] {
    const records = [...this.records.objects].filter(([key]) => key.includes("/records/")).sort();
    return records.map(([, text]) => {
      const { health, kind, result } = JSON.parse(text) as { kind: string; health?: string; result?: string };
      return [kind, result ?? health ?? []].flat().join(" ");
    });
  }

  /** Returns which roles jobs have assumed by which subjects, each once. */
  assumptions(): string[] {
    return [...new Set(this.hosting.assumed.map(({ role, subject }) => `${role} by ${subject}`))].sort();
  }

  /** Lets a type of resources fail from now on; undefined lets nothing fail. */
  fail(type?: string): void {
    const failure = { type, operation: "create", message: "InvalidParameterException: it is not supported here" };
    writeFileSync(this.failures, JSON.stringify(type === undefined ? [] : [failure]));
  }
}

/** Returns how jobs ended, as `name: result, its steps`. */
export function endings(runs: readonly JobRun[]): string[] {
  return runs.map(({ name, result, steps }) => [`${name}: ${result}`, ...steps].join(", "));
}
