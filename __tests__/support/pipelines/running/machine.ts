import { execFile, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Token } from "../../../../fleet/accounts/claims";
import type { Hosting } from "./hosting";

/** Settings with which a simulated CI runner runs jobs on this machine. */
export interface Machine {
  readonly hosting: Hosting;
  /** Repository with its owner. Its Git is at `/git/<owner>/<name>.git` of the hosting service. */
  readonly repository: string;
  /** Everything is written below it. */
  readonly folder: string;
  /** Variables of the runner that no pipeline sets. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Issuer of identity tokens, if the hosting service is a server of one's own. */
  readonly issuer?: string | undefined;
}

export type Result = "failure" | "manual" | "skipped" | "success";

/** Result of a job. A matrix has several. */
export interface JobRun {
  readonly job: string;
  readonly name: string;
  readonly result: Result;
  /** Commands that ran, with their exit codes, such as `claim 0`. */
  readonly steps: readonly string[];
  readonly output: string;
  readonly summary: string;
}

/** Returns what a job printed. */
export const outputOf = (runs: readonly JobRun[], job: string): string =>
  runs.find((run) => run.job === job)?.output ?? `no job ${job}`;

/** The hosting service answers in this process, so nothing may block it. */
export const git = async (...args: readonly string[]): Promise<string> =>
  (await promisify(execFile)("git", args)).stdout;

/** Address of the repository's Git. */
export function remoteOf({ hosting, repository }: Machine): string {
  return `${hosting.url}/git/${repository}.git`;
}

/** Checks a reference out into a new folder, as every system does for its jobs. */
export async function checkout(remote: string, ref: string, folder: string): Promise<void> {
  await git("clone", "--quiet", "--no-checkout", remote, folder);
  await git("-C", folder, "fetch", "--quiet", "origin", ref);
  await git("-C", folder, "checkout", "--quiet", "--detach", "FETCH_HEAD");
}

/** Returns a token as a JSON Web Token that nobody has signed. */
export function webToken({ claims, issuer }: Token): string {
  const text = Buffer.from(JSON.stringify({ ...claims, iss: issuer })).toString("base64url");
  return `e30.${text}.x`;
}

export interface ScriptRun {
  readonly code: number;
  readonly output: string;
  /** Commands of `fleet ci` that ran, with their exit codes. */
  readonly steps: readonly string[];
}

/** Runs a script, and notes which commands of `fleet ci` it called. */
export async function runScript(
  [command = "sh", ...args]: readonly string[],
  workspace: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ScriptRun> {
  const noted = join(dirname(workspace), "steps");
  writeFileSync(noted, "");
  const { code, output } = await new Promise<Omit<ScriptRun, "steps">>((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: workspace,
      env: { ...env, FLEET_STEPS: noted } as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
      });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
  const steps = existsSync(noted) ? readFileSync(noted, "utf8").split("\n").filter(Boolean) : [];
  return { code, output, steps };
}
