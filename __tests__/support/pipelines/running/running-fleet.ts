import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type OfflineProviders, startOfflineProviders } from "../../../../offline/offline-providers";
import { FakeS3 } from "../../../operations/rollout/stores/fake-s3";
import { scratch, synthesizeFleet } from "../../run-program";
import { type Event, GithubRunner, type JobRun } from "./github-runner";
import { Hosting } from "./hosting";
import { OwnRepository, PROGRAM, pretendTools } from "./own-repository";
import { smallFleet } from "./small-fleet";

/** Kubernetes without anything that a destroy would wait for, and an AWS CLI that has no resource of a cluster. */
const TOOLS = {
  kubectl: "echo '{}'",
  aws: `case "$*" in
  "sts assume-role "*) echo '{"Credentials":{"AccessKeyId":"a","SecretAccessKey":"b","SessionToken":"c"}}';;
  *) echo '{}';;
esac`,
};

/**
 * A repository of a small fleet with everything that its jobs on GitHub talk to: the hosting service, AWS STS, records in S3, Slack, a page that
 * answers if a cluster is healthy, and AWS, Kubernetes and Helm behind the real Terraform.
 */
export class RunningFleet {
  private readonly scratch = scratch();
  readonly repository = new OwnRepository(this.scratch.path);
  readonly hosting = new Hosting(this.repository.bare);
  readonly records = new FakeS3("records");
  /** What the page of each cluster answers. */
  health = 200;
  private readonly page: Server = createServer((_, response) => void response.writeHead(this.health).end());
  private readonly failures = join(this.scratch.path, "failures.json");
  readonly store = join(this.scratch.path, "store");
  private providers: OfflineProviders | undefined;
  private runner: GithubRunner | undefined;

  async start(): Promise<void> {
    const { path } = this.scratch;
    await this.hosting.start();
    const s3 = await this.records.start();
    await new Promise<void>((resolve) => this.page.listen(0, "127.0.0.1", resolve));
    this.repository.write(smallFleet(`http://127.0.0.1:${(this.page.address() as AddressInfo).port}/`));
    this.generate();
    this.repository.merge();
    await synthesizeFleet(join(path, "types"), join(this.repository.folder, "definitions"));
    this.providers = await startOfflineProviders({
      stacks: [join(path, "types/stacks")],
      storeDirectory: this.store,
      failuresFile: this.failures,
    });
    const tools = join(path, "bin");
    pretendTools(tools, TOOLS);
    const home = join(path, "home");
    mkdirSync(home);
    this.runner = new GithubRunner({
      hosting: this.hosting,
      repository: this.repository.name,
      folder: path,
      env: {
        ...this.providers.env,
        HOME: home,
        PATH: `${tools}:${process.env["PATH"]}`,
        FLEET_PROGRAM: PROGRAM,
        FLEET_LOCAL_STATE: join(path, "state"),
        FLEET_SLACK_API: `${this.hosting.url}/slack/`,
        AWS_ENDPOINT_URL_S3: s3,
        AWS_ENDPOINT_URL_STS: `${this.hosting.url}/sts/`,
        AWS_REGION: "us-east-1",
      },
      vars: { FLEET_AWS: "true" },
      secrets: { FLEET_SLACK_TOKEN: "xoxb-token" },
    });
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

  /** Runs a generated workflow. */
  run(pipeline: string, event: Event): Promise<readonly JobRun[]> {
    if (this.runner === undefined) throw new Error("start() was not called");
    const file = join(this.repository.folder, `.github/workflows/${pipeline}.yml`);
    return this.runner.run(readFileSync(file, "utf8"), event);
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
