import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { withoutTraces } from "../cdktf/without-traces";
import type { AccountPlan } from "../fleet/accounts/plan";
import { AccountStack, accountStackId } from "../stacks/account-stack";

/** Writes the stack of an account below a directory, and returns its folder. */
export function synthesizeAccount(plan: AccountPlan, outdir: string): string {
  mkdirSync(outdir, { recursive: true }); // cdktf does not create the folders above it
  withoutTraces(() => {
    const app = new App({ outdir, stackTraces: false });
    new AccountStack(app, plan);
    app.synth();
  });
  return join(outdir, "stacks", accountStackId(plan.account.name));
}
