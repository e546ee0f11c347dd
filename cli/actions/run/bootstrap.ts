import { join, resolve } from "node:path";
import { loadAccountPlan } from "../../../fleet/load-account";
import { ExpectedError } from "../../../language/expected-error";
import { copyStack } from "../../../offline/offline-stack";
import { bootstrapAccount } from "../../../operations/bootstrap/bootstrap";
import type { BootstrapReport } from "../../../operations/bootstrap/report";
import { synthesizeAccount } from "../../../synth/synthesize-account";
import { action } from "../../shared/action";
import { changesText } from "../../shared/changes-text";
import type { Input } from "../../shared/command";
import { definitionsDirectory, shippedDirectory } from "../../shared/definitions";
import { type Interrupted, untilInterrupted } from "../../shared/interrupt";
import { printJson, printText } from "../../shared/print";
import { terminalOf } from "../../shared/terminal";
import { terraformVersion } from "../../shared/terraform-version";
import { bootstrapText } from "../../texts/bootstrap-text";

type Flags = {
  readonly plan: boolean;
  readonly approve: boolean;
  readonly adopt: readonly string[] | undefined;
};

/** Stacks of accounts, and their states until those are in a bucket. */
const WORK = ".fleet/bootstrap";

export const run = action(async ({ flags, json, positionals: [name = ""] }: Input<Flags>) => {
  const plan = loadAccountPlan(name, { directory: definitionsDirectory(), shipped: shippedDirectory() });
  if (!flags.plan && !flags.approve && !process.stdin.isTTY)
    throw new ExpectedError("approval requires a terminal. Use --approve, or --plan to see what would change");
  terraformVersion(); // an error now, and not after the stack is synthesized
  const local = process.env["FLEET_LOCAL_STATE"];
  const { report, stopped } = await untilInterrupted(async (signal) => ({
    report: await bootstrapAccount({
      plan,
      directory: copyStack(synthesizeAccount(plan, join(WORK, "out")), WORK),
      stateFile: resolve(WORK, `${name}.tfstate`),
      standIn: local === undefined ? undefined : resolve(local, "accounts", `${name}.tfstate`),
      adopt: flags.adopt ?? [],
      planOnly: flags.plan,
      approve: flags.approve ? () => Promise.resolve(true) : (changes) => confirmed(name, changes),
      onStep: (step) => console.error(step),
      onEvent: ({ action: doing, address, kind }) => {
        if (kind === "complete" || kind === "errored")
          console.error(`${doing} ${address}: ${kind === "complete" ? "done" : "failed"}`);
      },
      signal,
      now: () => new Date(),
      next: ["fleet bootstrap", name, ...(flags.approve ? ["--approve"] : [])].join(" "),
    }),
    stopped: signal.aborted ? (signal.reason as Interrupted) : undefined,
  }));
  if (json) printJson(report);
  else printText(bootstrapText(report, terminalOf(process.stdout)));
  if (stopped !== undefined) throw stopped;
  return { failed: 1, declined: 2, planned: 0, unchanged: 0, applied: 0 }[report.outcome] as 0 | 1 | 2;
});

/** Shows the plan, and requires the account's name as confirmation, because these roles control access to every cluster of the account. */
async function confirmed(name: string, changes: NonNullable<BootstrapReport["changes"]>): Promise<boolean> {
  const { input } = await import("@inquirer/prompts");
  const stack = `account ${name}`;
  console.error(`\n${changesText({ ...changes, stack }, false, terminalOf(process.stderr)).join("\n")}`);
  return (
    (await input({ message: `Apply this to ${stack}? Type ${name} to apply:` }, { output: process.stderr })) === name
  );
}
