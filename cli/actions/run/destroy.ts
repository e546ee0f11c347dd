import { ExpectedError } from "../../../language/expected-error";
import type { DeployReport } from "../../../operations/deploy/report";
import { destroyCluster } from "../../../operations/deploy/stack-runner";
import { action } from "../../shared/action";
import { askApproval } from "../../shared/approval";
import type { Input } from "../../shared/command";
import { dayOf } from "../../shared/definitions";
import { type Interrupted, untilInterrupted } from "../../shared/interrupt";
import { printJson } from "../../shared/print";
import { prepareStack, synthesizeNamed } from "../../shared/stack-runs";
import { terminalOf } from "../../shared/terminal";
import { deployText } from "../../texts/deploy-text";
import { deployExitCode, progressOf } from "./deploy";

type Flags = {
  readonly approve: string | undefined;
  readonly today: string | undefined;
};

export const run = action(async ({ flags, json, positionals }: Input<Flags>) => {
  const [cluster, ...others] = await synthesizeNamed(positionals, dayOf(flags.today));
  if (cluster === undefined || others.length > 0)
    throw new ExpectedError(
      `destroy is for one cluster, but ${JSON.stringify(positionals[0])} selects ${others.length + 1}. Name one`,
    );
  const { name, slug } = cluster;
  if (cluster.tfvars.cluster.deletion_protection)
    throw new ExpectedError(
      `${name} has deletion_protection. Set tfvars.cluster.deletion_protection: false in its definition, merge that, and run fleet deploy ${name} first`,
    );
  await confirmed(name, flags.approve);
  const { report, stopped } = await untilInterrupted(async (signal) => ({
    report: await destroyCluster(
      { cluster: name, slug },
      {
        prepare: prepareStack,
        signal,
        judge: () => [], // a destroy is what was asked for, twice
        approve: flags.approve === undefined ? (waiting) => askApproval(waiting, true) : () => Promise.resolve(true),
        ...progressOf(name),
        now: () => new Date(),
        next: `fleet destroy ${name}`,
      },
    ),
    stopped: signal.aborted ? (signal.reason as Interrupted) : undefined,
  }));
  const answer: DeployReport = { version: 1, clusters: [report] };
  if (json) printJson(answer);
  else console.log(deployText(report, terminalOf(process.stdout)));
  if (stopped !== undefined) throw stopped;
  return deployExitCode([report]);
});

const WHAT_GOES = `It destroys every workload, its volumes with the reclaim policy Delete, the nodes, the control plane and the network. Buckets
with objects, their keys, and snapshots stay. Delete Services of type LoadBalancer and PersistentVolumeClaims first: what
Kubernetes created in AWS is not in Terraform's state, and a load balancer keeps the network from being deleted.`;

async function confirmed(name: string, given: string | undefined): Promise<void> {
  if (given !== undefined) {
    if (given === name) return;
    throw new ExpectedError(`--approve must be the cluster's name, ${name}, but is ${JSON.stringify(given)}`);
  }
  if (!process.stdin.isTTY)
    throw new ExpectedError(`nobody can be asked here, because this is no terminal. Use --approve ${name}`);
  const { input } = await import("@inquirer/prompts");
  console.error(`${WHAT_GOES}\n`);
  const message = `Type ${name} to destroy it:`;
  if ((await input({ message }, { output: process.stderr })) !== name) throw new ExpectedError("nothing was destroyed");
}
