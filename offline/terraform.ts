import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { terraformBinary, terraformCommand } from "./binary";

/** Result of a Terraform command. */
export interface TerraformRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Actions that Terraform plans for one object, in its own words: `["delete", "create"]` is a replacement. */
export type Action = "no-op" | "create" | "read" | "update" | "delete" | "forget";

/** Result of a plan: whether it changes anything, and the actions by address, without actions that do nothing. */
export interface TerraformPlan {
  readonly changed: boolean;
  readonly changes: Record<string, readonly Action[]>;
  /** Output of `terraform show -json`. */
  readonly json: PlanJson;
}

/** The parts of a plan's JSON that callers read; the JSON has more. */
export interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    /** Only of a resource that a `moved` block moves. */
    readonly previous_address?: string;
    readonly mode: "managed" | "data";
    readonly type: string;
    readonly change: {
      readonly actions: readonly Action[];
      readonly before: Record<string, unknown> | null;
      readonly after: Record<string, unknown> | null;
      readonly after_unknown?: Record<string, unknown>;
      readonly replace_paths?: readonly (readonly (string | number)[])[];
    };
  }[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly Action[] }>>;
  readonly [part: string]: unknown;
}

/** Failure of a Terraform command, with Terraform's own text. */
export class TerraformError extends Error {
  constructor(
    readonly command: string,
    readonly run: TerraformRun,
  ) {
    super(`${terraformCommand()} ${command} ended with ${run.exitCode}\n${(run.stderr || run.stdout).trim()}`);
    this.name = "TerraformError";
  }
}

/** Settings of a Terraform run. */
export interface TerraformOptions {
  readonly directory: string;
  /** Variables to add to this process's environment, from startOfflineProviders. */
  readonly env?: Readonly<Record<string, string>>;
  /** Stops the running command when it is aborted, as Ctrl-C does. */
  readonly signal?: AbortSignal | undefined;
}

const PLAN_FILE = "offline.tfplan";

/** Runs Terraform in one directory. Every method starts one process (plan: two) and waits for it without blocking. */
export class Terraform {
  constructor(private readonly options: TerraformOptions) {}

  /** The folder in which it runs. */
  get directory(): string {
    return this.options.directory;
  }

  /** Runs any command, and calls back with each line of its output. An exit code that is not allowed throws a TerraformError. */
  run(
    args: readonly string[],
    allowed: readonly number[] = [0],
    onLine: (line: string) => void = () => {},
  ): Promise<TerraformRun> {
    const { directory, env, signal: stop } = this.options;
    return new Promise((resolve, reject) => {
      stop?.throwIfAborted();
      const child = spawn(terraformBinary(), args, {
        cwd: directory,
        env: { ...process.env, ...env },
        stdio: ["ignore", "pipe", "pipe"],
        // Ctrl-C in a terminal reaches every process of a group. Terraform would get it beside ours, and a second one makes it stop
        // at once, without writing its state.
        detached: stop !== undefined,
      });
      const output = { stdout: "", stderr: "" };
      for (const name of ["stdout", "stderr"] as const) {
        child[name].setEncoding("utf8").on("data", (text: string) => {
          output[name] += text;
        });
      }
      createInterface(child.stdout).on("line", onLine);
      const interrupt = (): void => void child.kill("SIGINT");
      stop?.addEventListener("abort", interrupt);
      child.on("error", reject);
      child.on("close", (code, signal) => {
        stop?.removeEventListener("abort", interrupt);
        const run = { exitCode: code ?? -1, ...output };
        if (signal === null && allowed.includes(run.exitCode)) resolve(run);
        else reject(new TerraformError(args.join(" "), run));
      });
    });
  }

  /**
   * Prepares the directory; `backend: false` skips the state, which is enough to validate. With `reconfigure: false`, a state that
   * has moved since the last time is an error.
   */
  init({ backend = true, reconfigure = true } = {}): Promise<TerraformRun> {
    const state = backend ? (reconfigure ? ["-reconfigure"] : []) : ["-backend=false"];
    return this.run(["init", "-input=false", "-no-color", ...state]);
  }

  validate(): Promise<TerraformRun> {
    return this.run(["validate", "-no-color"]);
  }

  /** Plans, and returns the plan. */
  async plan(args: readonly string[] = []): Promise<TerraformPlan> {
    const file = join(this.options.directory, PLAN_FILE);
    const made = await this.run(
      ["plan", "-input=false", "-no-color", "-detailed-exitcode", `-out=${file}`, ...args],
      [0, 2],
    );
    const shown = await this.run(["show", "-json", file]);
    const json = JSON.parse(shown.stdout) as PlanJson;
    const changes: Record<string, readonly Action[]> = {};
    for (const { address, change } of json.resource_changes ?? []) {
      if (change.actions.join() !== "no-op") changes[address] = change.actions;
    }
    return { changed: made.exitCode === 2, changes, json };
  }

  /** Applies what the last `plan` found. */
  applyPlan(): Promise<TerraformRun> {
    return this.run(["apply", "-input=false", "-no-color", join(this.options.directory, PLAN_FILE)]);
  }

  apply(args: readonly string[] = []): Promise<TerraformRun> {
    return this.run(["apply", "-input=false", "-no-color", "-auto-approve", ...args]);
  }

  destroy(args: readonly string[] = []): Promise<TerraformRun> {
    return this.run(["destroy", "-input=false", "-no-color", "-auto-approve", ...args]);
  }

  import(address: string, id: string): Promise<TerraformRun> {
    return this.run(["import", "-input=false", "-no-color", address, id]);
  }

  /** Returns the values of the outputs by name. */
  async output(): Promise<Record<string, unknown>> {
    const { stdout } = await this.run(["output", "-json"]);
    const outputs = JSON.parse(stdout) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }
}
