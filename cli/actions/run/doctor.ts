import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { get } from "node:https";
import { homedir } from "node:os";
import { join } from "node:path";
import { createColors } from "picocolors";
import { checkFleet, type Fleet } from "../../../fleet/load";
import type { Account, Cluster } from "../../../fleet/model/cluster";
import { tryGit } from "../../../fleet/programs/git";
import { DefinitionFiles, nameOfFile } from "../../../fleet/read/files";
import { Layers } from "../../../fleet/read/layers";
import { DefinitionError } from "../../../language/problem";
import { terraformBinary } from "../../../offline/binary";
import { checkAccount } from "../../../operations/doctor/account";
import { endpointOf, reachCheck } from "../../../operations/doctor/control-plane";
import { checkDefinitions, checkMachine } from "../../../operations/doctor/doctor";
import type { Check, DoctorReport } from "../../../operations/doctor/report";
import { checkTools, type RunCommand } from "../../../operations/doctor/tools";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import {
  dayOf,
  definitionsDirectory,
  loadAccepted,
  loadEvery,
  loadNamed,
  shippedDirectory,
} from "../../shared/definitions";
import { printJson, printText, withProgress } from "../../shared/print";
import { table } from "../../shared/table";
import { type Terminal, terminalOf } from "../../shared/terminal";

type Flags = {
  readonly aws: boolean;
  readonly today: string | undefined;
};

export const run = action(async ({ flags, json, positionals }: Input<Flags>) => {
  const today = dayOf(flags.today);
  const directory = definitionsDirectory();
  const git = (...args: string[]) => (existsSync(directory) ? tryGit(directory, args)?.trim() : undefined);
  const checks: Check[] = [
    ...checkMachine({
      node: process.versions.node,
      zoneData: process.versions["tz"] ?? "unknown",
      env: process.env,
      hasAwsConfig:
        ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"].some((name) => existsSync(process.env[name] ?? "")) ||
        ["config", "credentials"].some((name) => existsSync(join(homedir(), ".aws", name))),
      asksAws: flags.aws,
      repository: git("rev-parse", "--show-toplevel"),
      hasCommit: git("rev-parse", "--verify", "--quiet", "HEAD") !== undefined,
    }),
    ...checkTools(terraformBinary(), runCommand),
    definitionsCheck(directory, today),
  ];
  if (flags.aws) checks.push(...(await accountChecks(named(positionals, loadNamed, today))));
  else if (positionals.length > 0) named(positionals, loadAccepted, today);
  const report: DoctorReport = { version: 1, asked_aws: flags.aws, checks };
  if (json) printJson(report);
  else printText(doctorText(report, terminalOf(process.stdout)));
  return checks.some(({ result }) => result === "problem") ? 2 : 0;
});

function definitionsCheck(directory: string, today: string): Check {
  try {
    const { problems, selected } = checkFleet({ directory, shipped: shippedDirectory(), today });
    return checkDefinitions(problems, selected.length);
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return checkDefinitions(error.problems, 0);
  }
}

/** Accounts and clusters to check. */
interface Named {
  readonly accounts: readonly Account[];
  readonly clusters: readonly Cluster[];
}

/**
 * Returns what the command line names: accounts, with all their clusters, and clusters, with their accounts.
 *
 * @throws DefinitionError for a name that neither has
 */
function named(
  names: readonly string[],
  load: (names: readonly string[], today: string) => Fleet,
  today: string,
): Named {
  const layers = new Layers(new DefinitionFiles(definitionsDirectory(), shippedDirectory()));
  const clusterNames = layers.files.clusterFiles().map(nameOfFile);
  const ofAccounts = names.filter(
    (each) => layers.files.names("accounts").includes(each) && !clusterNames.includes(each),
  );
  const others = names.filter((each) => !ofAccounts.includes(each));
  const clusters = [
    ...(ofAccounts.length === 0
      ? []
      : loadEvery(today).clusters.filter(({ account }) => ofAccounts.includes(account.name))),
    ...(ofAccounts.length > 0 && others.length === 0 ? [] : load(others, today).clusters),
  ];
  const accounts = [
    ...ofAccounts.flatMap((each) => layers.account(each).own ?? []),
    ...clusters.map(({ account }) => account),
  ];
  const byName = <Each extends { readonly name: string }>(all: readonly Each[]) => [
    ...new Map(all.map((each) => [each.name, each])).values(),
  ];
  return { accounts: byName(accounts), clusters: byName(clusters) };
}

async function accountChecks({ accounts, clusters }: Named): Promise<Check[]> {
  const checks: Check[] = [];
  for (const account of accounts) {
    const own = clusters.filter((cluster) => cluster.account.name === account.name);
    checks.push(...(await withProgress(`ask AWS about ${account.name}`, () => checkAccount(account, own, runCommand))));
    for (const cluster of own) {
      const endpoint = endpointOf(cluster, runCommand);
      if (endpoint !== undefined) checks.push(reachCheck(cluster, await unreachable(endpoint)));
    }
  }
  return checks;
}

/** Returns the reason why an address cannot be reached; undefined if it responds. */
function unreachable({ ca, url }: { readonly ca: string; readonly url: string }): Promise<string | undefined> {
  return new Promise((resolve) => {
    const asked = get(`${url}/livez`, { ca, timeout: 5_000 }, (answer) => {
      answer.resume();
      resolve(undefined);
    });
    asked.on("timeout", () => asked.destroy(new Error("no answer in 5 s")));
    asked.on("error", (error) => resolve(error.message));
  });
}

/** Timeout of a call in milliseconds. */
const PATIENCE = 30_000;

const runCommand: RunCommand = (command, args) => {
  try {
    const env = { ...process.env, CHECKPOINT_DISABLE: "1", AWS_PAGER: "" };
    return {
      stdout: execFileSync(command, args, {
        encoding: "utf8",
        env,
        stdio: ["ignore", "pipe", "pipe"],
        timeout: PATIENCE,
      }),
    };
  } catch (error) {
    const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: unknown };
    if (code === "ENOENT") return { failed: "not installed" };
    if (code === "ETIMEDOUT") return { failed: `no answer in ${PATIENCE / 1000} s` };
    const text = typeof stderr === "string" ? stderr.trim() : "";
    return { failed: text.split("\n").at(-1) || "failed without a message" };
  }
};

function doctorText({ asked_aws, checks }: DoctorReport, terminal: Terminal): string {
  const { green, red, yellow } = createColors(terminal.colours);
  const paint = { ok: green, problem: red, skipped: yellow };
  const rows = checks.map(({ found, name, result }) => [name, { text: result, paint: paint[result] }, found]);
  const cures = checks.flatMap(({ cure, name }) => (cure === null ? [] : [`${red(name)}: ${cure}`]));
  return [
    table(["check", "result", "found"], rows, terminal),
    ...(cures.length === 0 ? [] : ["", ...cures]),
    ...(asked_aws
      ? []
      : ["", "AWS was not checked. fleet doctor --aws checks accounts, roles, state buckets and control planes."]),
  ].join("\n");
}
