import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { STOP_SIGNALS } from "../../../language/exit-code";
import { programFolder } from "../../../language/program-folder";
import { githubValue } from "../../../operations/ci/annotations";
import type { CiContext } from "../../../operations/ci/context";
import type { ExitCode } from "../../shared/exit-code";

/** Does a stage, and returns the exit code. */
export type StageRun = (context: CiContext, purpose: "deploy" | "destroy" | "drift" | undefined) => Promise<ExitCode>;

export interface FleetRun {
  readonly code: number;
  readonly stdout: string;
}

/**
 * Runs another command of `fleet` in a separate process, and prints its output on stderr. The published schema describes the answer, even
 * if the code has changed since. If the job is stopped, the command is too, and ends first: in a process group of its own it gets each
 * signal once, because a second one would end it at once.
 */
export function fleet(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<FleetRun> {
  const entry = join(programFolder(), "cli/fleet.mjs");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, ...args], {
      env: { ...withoutTokens(process.env), ...env },
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    const passOn = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    for (const signal of STOP_SIGNALS) process.on(signal, passOn);
    child.on("error", reject);
    child.on("close", (code) => {
      for (const signal of STOP_SIGNALS) process.off(signal, passOn);
      resolve({ code: code ?? 1, stdout });
    });
  });
}

/** Variables that only `fleet ci` itself reads: neither Terraform nor a provider gets them. */
const TOKENS = /^(?:FLEET_(?:CI_TOKEN|ID_TOKEN|SLACK_TOKEN|SLACK_WEBHOOK|WEBHOOK_URL)|ACTIONS_ID_TOKEN_REQUEST_\w+)$/;

function withoutTokens(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => !TOKENS.test(name) && value !== ""));
}

/** Returns the answer of a command; undefined if it printed none. */
export function answerOf<Answer>({ stdout }: FleetRun): Answer | undefined {
  return stdout.trimStart().startsWith("{") ? (JSON.parse(stdout) as Answer) : undefined;
}

/** Folder that the job keeps for later jobs and for people. */
export const KEPT = ".fleet/ci";

export function keep(job: string, file: string, text: string): void {
  const path = join(KEPT, job, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Returns a file that an earlier job kept; undefined if it does not exist. */
export function kept(job: string, file: string): string | undefined {
  const path = join(KEPT, job, file);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** Returns the answers that jobs kept in a folder, in order of their files. */
export function keptAnswers<Answer>(job: string): readonly Answer[] {
  const folder = join(KEPT, job);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Answer);
}

/** In bytes. GitHub drops a summary of more than 1 MiB. */
const LONGEST_SUMMARY = 900_000;

/** Shows Markdown on the page of the run, where the system has one. */
export function summarizeRun({ variable }: CiContext, markdown: string): void {
  const file = variable("GITHUB_STEP_SUMMARY");
  if (file === undefined) return;
  const bytes = Buffer.from(markdown);
  const text = bytes.length <= LONGEST_SUMMARY ? markdown : `${bytes.subarray(0, LONGEST_SUMMARY).toString()}\n\n…`;
  appendFileSync(file, `${text}\n`);
}

/** Hands a list on to the jobs that run once for each item. */
export function handOn({ variable }: CiContext, job: string, items: readonly object[]): void {
  keep(job, "items.json", `${JSON.stringify(items, null, 2)}\n`);
  const file = variable("GITHUB_OUTPUT");
  if (file === undefined) return;
  appendFileSync(file, `items=${githubValue(JSON.stringify(items))}\nany=${items.length > 0}\n`);
}
