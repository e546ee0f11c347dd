import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AccountPlan } from "../../fleet/accounts/plan";
import { ExpectedError } from "../../language/expected-error";
import { type PlanJson, Terraform, TerraformError } from "../../offline/terraform";
import type { Diagnostic } from "../deploy/report";
import { errorsOf, makePlan } from "../deploy/stack-runner";
import { type ApplyEvent, ApplyStream } from "../deploy/stream";
import { changesOf, doesSomething } from "../rehearse/summarize";
import { cureOf, type Import, importsOf } from "./adoption";
import type { BootstrapReport } from "./report";
import { isMissingBucket, moveOf, readState, readStateFile, type StateResources } from "./state-place";

type Changes = NonNullable<BootstrapReport["changes"]>;

export interface BootstrapOptions {
  readonly plan: AccountPlan;
  /** A copy of the account's stack, which only this run uses. */
  readonly directory: string;
  /** File of the state until it is in the bucket. */
  readonly stateFile: string;
  /** File in place of the state in the bucket, to try a bootstrap without an account; undefined for the bucket. */
  readonly standIn: string | undefined;
  /** Names of `--adopt`. */
  readonly adopt: readonly string[];
  /** True if nothing may be changed. */
  readonly planOnly: boolean;
  readonly approve: (changes: Changes) => Promise<boolean>;
  readonly onStep: (step: string) => void;
  readonly onEvent: (event: ApplyEvent) => void;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** The command that continues after a failure. */
  readonly next: string;
}

const BACKEND_FILE = "backend_override.tf.json";
const ADOPT_FILE = "adopt.tf.json";

/**
 * Applies an account's definition. The first run has no bucket for the state yet: Terraform keeps the state in a file, creates the bucket
 * with everything else, and then moves the state into it. After an interruption, the same command continues.
 */
export async function bootstrapAccount(options: BootstrapOptions): Promise<BootstrapReport> {
  const run = new Bootstrap(options);
  try {
    return await run.run();
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    return run.failed(error);
  }
}

class Bootstrap {
  private readonly terraform: Terraform;
  private readonly stack: unknown;
  private readonly report: BootstrapReport;
  private stream = new ApplyStream();

  constructor(private readonly options: BootstrapOptions) {
    const { directory, next, plan, signal } = options;
    this.terraform = new Terraform({ directory, signal });
    this.stack = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"));
    this.report = {
      version: 1,
      account: plan.account.name,
      outcome: "failed",
      state_before: null,
      state: null,
      changes: null,
      adopted: [],
      errors: [],
      next,
    };
  }

  async run(): Promise<BootstrapReport> {
    const { adopt, approve, onStep, plan, planOnly, stateFile } = this.options;
    const chosen = importsOf(adopt, plan, this.stack);
    onStep("look for the state");
    const here = readStateFile(stateFile);
    const bucket = await this.bucketState();
    if (here.length > 0) await this.settle(here, bucket.state);
    this.report.state ??= "nowhere";
    const place = this.report.state;
    this.report.state_before = place;
    // A bucket without our state was created by hand: Terraform adopts it, and keeps its state there from the beginning.
    const found =
      place === "nowhere" && bucket.exists && !adopt.includes("bucket") ? importsOf(["bucket"], plan, this.stack) : [];
    const inBucket = place === "bucket" || bucket.exists;
    this.keepStateIn(place === "this machine" || !inBucket ? stateFile : undefined);
    this.adopt([...chosen, ...found]);
    await this.terraform.init();
    onStep("plan");
    const file = await makePlan(this.terraform, [], this.stream);
    const json = JSON.parse((await this.terraform.run(["show", "-json", file])).stdout) as PlanJson;
    const changes = changesOf(json);
    this.report.changes = changes;
    const empty = !doesSomething(changes) && this.report.adopted.length === 0;
    if (planOnly) return this.ends("planned");
    if (!empty) {
      if (!(await approve(changes))) return this.ends("declined");
      onStep("apply");
      await this.apply(file, inBucket && place !== "this machine");
    }
    if (this.report.state === "this machine") await this.move();
    this.report.next = null;
    return this.ends(empty ? "unchanged" : "applied");
  }

  failed(error: TerraformError): BootstrapReport {
    const { now, plan } = this.options;
    const errors: readonly Diagnostic[] = errorsOf(error, this.stream.errors, now());
    // Without the lines of definitions: they shape clusters, and this is an account.
    this.report.errors = errors.map((each) => {
      const { address, detail, summary } = each;
      return { summary, detail, address, cure: cureOf(each, plan, this.stack) };
    });
    return this.ends("failed");
  }

  private ends(outcome: BootstrapReport["outcome"]): BootstrapReport {
    return { ...this.report, outcome };
  }

  /** Terraform writes the state after each resource: a failed apply has a state too. */
  private async apply(file: string, inBucket: boolean): Promise<void> {
    this.stream = new ApplyStream(this.options.onEvent);
    try {
      await this.terraform.run(["apply", "-json", "-input=false", file], [0], (line) => this.stream.read(line));
    } finally {
      this.report.state = inBucket
        ? "bucket"
        : readStateFile(this.options.stateFile).length === 0
          ? "nowhere"
          : "this machine";
    }
  }

  /** Returns the state in the bucket, and whether there is a bucket. */
  private async bucketState(): Promise<{ readonly exists: boolean; readonly state: StateResources }> {
    const { standIn } = this.options;
    if (standIn !== undefined) {
      const state = readStateFile(standIn);
      if (state.length > 0) this.report.state = "bucket";
      return { exists: state.length > 0, state };
    }
    this.keepStateIn(undefined);
    this.adopt([]);
    try {
      await this.terraform.init();
    } catch (error) {
      if (error instanceof TerraformError && isMissingBucket(error.message)) return { exists: false, state: [] };
      throw error;
    }
    const state = readState((await this.terraform.run(["state", "pull"])).stdout);
    if (state.length > 0) this.report.state = "bucket";
    return { exists: true, state };
  }

  /** Decides about a state on this machine. One that is in the bucket too has moved, and only its file is left. */
  private async settle(here: StateResources, bucket: StateResources): Promise<void> {
    const { plan, stateFile } = this.options;
    switch (moveOf(here, bucket)) {
      case "moved":
        this.setAside();
        return;
      case "move":
        this.report.state = "this machine";
        return;
      case "conflict":
        throw new ExpectedError(
          `${stateFile} and the state in ${plan.account.state.bucket} are of the same account, but the bucket does not have everything that the file has. Compare them, for example with terraform state list -state=${stateFile}, and move the file away if the bucket has the right one`,
        );
    }
  }

  private async move(): Promise<void> {
    const { onStep, plan, stateFile } = this.options;
    const here = readStateFile(stateFile);
    onStep(`move the state into ${plan.account.state.bucket}`);
    this.keepStateIn(undefined);
    this.adopt([]);
    await this.terraform.run(["init", "-input=false", "-no-color", "-migrate-state", "-force-copy"]);
    const moved = readState((await this.terraform.run(["state", "pull"])).stdout);
    if (moved.length === 0 || moveOf(here, moved) !== "moved")
      throw new ExpectedError(
        `the state did not arrive in ${plan.account.state.bucket}. It is still in ${stateFile}: run the command again`,
      );
    this.setAside();
    this.report.state = "bucket";
  }

  /** Renames the state file. It is no longer the state, but remains as a copy. */
  private setAside(): void {
    renameSync(this.options.stateFile, `${this.options.stateFile}.moved`);
  }

  /** Chooses the backend: a file, or the bucket. */
  private keepStateIn(file: string | undefined): void {
    const override = join(this.terraform.directory, BACKEND_FILE);
    const path = file ?? this.options.standIn;
    if (path === undefined) rmSync(override, { force: true });
    else writeFileSync(override, `${JSON.stringify({ terraform: { backend: { local: { path } } } })}\n`);
  }

  private adopt(imports: readonly Import[]): void {
    const file = join(this.terraform.directory, ADOPT_FILE);
    this.report.adopted = imports.map(({ to }) => to);
    if (imports.length > 0) writeFileSync(file, `${JSON.stringify({ import: imports })}\n`);
    else if (existsSync(file)) rmSync(file);
  }
}
