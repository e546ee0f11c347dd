import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cluster } from "../../../fleet/model/cluster";
import { ExpectedError } from "../../../language/expected-error";
import { destroyCluster, type RunOptions, targetOf } from "../../../operations/deploy/stack-runner";
import { type Cleared, clearCluster } from "../../../operations/destroy/clear-cluster";
import {
  type ControlPlane,
  type Inventory,
  inventoryOf,
  keptAddresses,
  resourcesOf,
} from "../../../operations/destroy/inventory";
import { Kubectl, kubeconfig } from "../../../operations/destroy/kubectl";
import { findLeftovers } from "../../../operations/destroy/leftovers";
import { mergedProtection } from "../../../operations/destroy/merged";
import { readStates } from "../../../operations/destroy/read-states";
import type { DestroyReport, Stays } from "../../../operations/destroy/report";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, definitionsDirectory, shippedDirectory } from "../../shared/definitions";
import { worst } from "../../shared/exit-code";
import { type Interrupted, untilInterrupted } from "../../shared/interrupt";
import { printJson, printText, withProgress } from "../../shared/print";
import { programPath } from "../../shared/program-root";
import { askApproval } from "../../shared/questions/approval";
import { answerOf } from "../../shared/questions/prompt";
import { prepareStack, synthesizeNamed } from "../../shared/stack-runs";
import { terminalOf } from "../../shared/terminal";
import { toolRunner, waiter } from "../../shared/tool";
import { CLEANUP, destroyText, inventoryText } from "../../texts/destroy-text";
import { deployExitCode, progressOf } from "./deploy";

type Flags = {
  readonly approve: string | undefined;
  readonly "skip-cleanup": boolean;
  readonly today: string | undefined;
};

/** Seconds that each step of the cleanup may last: the end of a load balancer lasts minutes, and Karpenter drains its nodes. */
const PATIENCE = 900;

export const run = action(async ({ flags, json, positionals }: Input<Flags>) => {
  const today = dayOf(flags.today);
  const [cluster, ...others] = await synthesizeNamed(positionals, today);
  if (cluster === undefined || others.length > 0)
    throw new ExpectedError(
      `destroy is for one cluster, but ${JSON.stringify(positionals[0])} selects ${others.length + 1}. Name one`,
    );
  useDestroyRole(cluster);
  refuseProtected(cluster, today);
  refuseWithoutAnswer(cluster.name, flags.approve);
  const { report, stopped } = await untilInterrupted(async (signal) => ({
    report: await destroyed(cluster, flags, signal),
    stopped: signal.aborted ? (signal.reason as Interrupted) : undefined,
  }));
  if (json) printJson(report);
  else printText(destroyText(report, terminalOf(process.stdout)));
  if (stopped !== undefined) throw stopped;
  const { cleanup, clusters, leftovers } = report;
  const isClear = cleanup?.every(({ outcome }) => outcome !== "not done") ?? true;
  const isClean = leftovers === null || (leftovers.checked && leftovers.found.length === 0);
  return worst([deployExitCode(clusters), isClear ? 0 : 1, isClean ? 0 : 2]);
});

/** Chooses the role that may delete control planes and networks, by the variables of the stacks, unless the caller has chosen another. */
function useDestroyRole({ account, peers }: Cluster): void {
  const roles = [
    ["role_arn", account],
    ...peers.map((peer) => [`role_arn_${peer.account.id}`, peer.account] as const),
  ] as const;
  for (const [variable, { roles: of }] of roles)
    if (of.destroy !== undefined) process.env[`TF_VAR_${variable}`] ??= of.destroy;
}

async function destroyed(cluster: Cluster, flags: Flags, signal: AbortSignal): Promise<DestroyReport> {
  const { name, slug } = cluster;
  const { onEvent, onStack, tell } = progressOf(name);
  const runs = { prepare: prepareStack, signal, now: () => new Date() };
  const states = await withProgress(`reading the states of ${name}`, () => readStates(targetOf(cluster), runs));
  const inventory = inventoryOf(states);
  refuseUndeployed(name, inventory);
  console.error(`${inventoryText(name, inventory, terminalOf(process.stderr))}\n`);
  await confirmed(name, flags, inventory);

  const cleared = flags["skip-cleanup"] ? undefined : await clear(cluster, inventory.cluster, signal, tell);
  const stays = [...inventory.stays, ...(cleared?.retained ?? []).map(retained)];
  const about = { version: 1 as const, lost: [...inventory.lost], stays, cleanup: cleared && [...cleared.steps] };
  const next = `fleet destroy ${name}${flags.approve === undefined ? "" : ` --approve ${name}`}`;
  if (cleared?.steps.some(({ outcome }) => outcome === "not done"))
    return {
      ...about,
      cleanup: about.cleanup ?? null,
      clusters: [{ cluster: name, stacks: [], next }],
      leftovers: null,
    };
  const options: RunOptions = {
    ...runs,
    ...{ onEvent, onStack, next },
    judge: () => [], // the destroy was confirmed twice
    keep: ({ prior_state }) => keptAddresses(resourcesOf(prior_state)),
    approve: flags.approve === undefined ? (waiting) => askApproval(waiting, true) : () => Promise.resolve(true),
  };
  const ended = await destroyCluster(targetOf(cluster), options);
  const isDone = ended.next === null && !flags["skip-cleanup"];
  const place = { name, slug, region: cluster.tfvars.common.aws_region, role: roleOf(cluster) };
  const leftovers = isDone ? await findLeftovers(place, stays, toolRunner(signal)) : null;
  return { ...about, cleanup: about.cleanup ?? null, clusters: [ended], leftovers };
}

/** Deletes the AWS resources that Kubernetes created; undefined if the control plane no longer exists. */
async function clear(
  cluster: Cluster,
  controlPlane: ControlPlane | undefined,
  signal: AbortSignal,
  onStep: (line: string) => void,
): Promise<Cleared | undefined> {
  if (controlPlane === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "fleet-destroy-"));
  try {
    const file = join(folder, "kubeconfig");
    const access = { ...controlPlane, region: cluster.tfvars.common.aws_region, role: roleOf(cluster) };
    writeFileSync(file, kubeconfig(access), { mode: 0o600 });
    const clock = (): number => performance.now();
    const options = { wait: waiter(signal), clock, seconds: PATIENCE, onStep };
    return await clearCluster(new Kubectl(toolRunner(signal), file), options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The role as which Terraform runs too. */
const roleOf = ({ account }: Cluster): string => process.env["TF_VAR_role_arn"] ?? account.roles.deploy;

const retained = (volume: string): Stays => ({
  what: `volume ${volume}`,
  why: "its reclaim policy is Retain",
  arn: null,
  command: `aws ec2 delete-volume --volume-id ${volume.split(" ")[0]}`,
});

/** Protection is lifted by a change that was reviewed and merged, not by an edit on the way. */
function refuseProtected({ name, tfvars }: Cluster, today: string): void {
  if (tfvars.cluster.deletion_protection)
    throw new ExpectedError(
      `${name} has deletion_protection. Set tfvars.cluster.deletion_protection: false in its definition, merge that, and run fleet deploy ${name} first`,
    );
  const workspace = {
    program: programPath(".") || ".",
    directory: definitionsDirectory(),
    shipped: shippedDirectory(),
  };
  const merged = mergedProtection(workspace, name, today);
  if ("unknown" in merged)
    console.error(
      `warning: it is unknown whether a merged change turned off the protection of ${name}: ${merged.unknown}`,
    );
  else if (merged.isProtected)
    throw new ExpectedError(
      `${name} has deletion_protection on the main branch. Merge the change that lifts it, and run fleet deploy ${name} first`,
    );
}

/** EKS would refuse it in the middle, after the addons and the nodes are gone. */
function refuseUndeployed(name: string, { cluster }: Inventory): void {
  if (cluster?.isProtected)
    throw new ExpectedError(
      `the control plane of ${name} is still protected, because the change that lifts it was not deployed. Run fleet deploy ${name} first`,
    );
}

function refuseWithoutAnswer(name: string, given: string | undefined): void {
  if (given !== undefined && given !== name)
    throw new ExpectedError(`--approve must be the cluster's name, ${name}, but is ${JSON.stringify(given)}`);
  if (given === undefined && !process.stdin.isTTY)
    throw new ExpectedError(`approval requires a terminal. Use --approve ${name}`);
}

async function confirmed(name: string, flags: Flags, { cluster }: Inventory): Promise<void> {
  if (cluster !== undefined && !flags["skip-cleanup"]) console.error(`${CLEANUP}\n`);
  if (flags.approve !== undefined) return;
  const { input } = await import("@inquirer/prompts");
  const message = `Type ${name} to destroy it:`;
  if ((await answerOf((context) => input({ message }, context))) !== name)
    throw new ExpectedError("nothing was destroyed");
}
