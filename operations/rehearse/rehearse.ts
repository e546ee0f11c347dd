import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { STACKS, type StackName, stackId } from "../../fleet/model/stacks";
import { type OfflineProviders, startOfflineProviders } from "../../offline/offline-providers";
import { type OfflineStack, prepareOfflineStack } from "../../offline/offline-stack";
import { Terraform, TerraformError } from "../../offline/terraform";
import type { ClusterReport, StackReport } from "./report";
import { folderOf, leftOut, simulatedStacks } from "./simulated-stacks";
import { doesSomething, summarize } from "./summarize";
import { unknownOffline } from "./unknown-offline";
import { removeImports } from "./without-imports";

/** A cluster to rehearse, with both versions of its stacks as they were synthesized. */
export interface Rehearsal {
  readonly cluster: string;
  readonly slug: string;
  /** Output folder of the base; undefined for a cluster that is applied from nothing. */
  readonly before: string | undefined;
  /** Output folder of the change; undefined for a cluster whose definition is gone. */
  readonly after: string | undefined;
  /** Slugs of the clusters whose networks are applied first, in this order: those it is peered with, and those that they are. */
  readonly peers: readonly string[];
}

export interface RehearseOptions {
  /** Everything is written below it: copies of stacks, states, the simulated cloud. */
  readonly work: string;
  /** Stops Terraform when it is aborted. */
  readonly signal: AbortSignal;
  /** Called around each step, for progress. */
  readonly step: <Result>(title: string, work: () => Promise<Result>) => Promise<Result>;
}

/**
 * Applies the base of each cluster to a simulated cloud with the real Terraform, plans and applies the change on top of it, stack
 * after stack, and plans again. A removed cluster is destroyed in the reverse order. The clusters share one cloud, so that names
 * that clash are found.
 */
export async function rehearse(
  rehearsals: readonly Rehearsal[],
  options: RehearseOptions,
): Promise<readonly ClusterReport[]> {
  for (const part of ["stacks", "state", "store"]) rmSync(join(options.work, part), { recursive: true, force: true });
  const providers = await startOfflineProviders({
    stacks: rehearsals.flatMap(stackFolders),
    storeDirectory: join(options.work, "store"),
  });
  try {
    const stages = new Stages(options, providers);
    const reports: ClusterReport[] = [];
    for (const rehearsal of rehearsals) reports.push(await rehearseOne(rehearsal, stages));
    return reports;
  } finally {
    await providers.close();
  }
}

function stackFolders({ slug, before, after, peers }: Rehearsal): string[] {
  const all = [before, after].flatMap((output) =>
    output === undefined
      ? []
      : [
          ...STACKS.map((stack) => folderOf(output, slug, stack)),
          ...peers.map((peer) => folderOf(output, peer, "networking")),
        ],
  );
  return all.filter((each) => existsSync(each));
}

async function rehearseOne(rehearsal: Rehearsal, stages: Stages): Promise<ClusterReport> {
  const { cluster, slug, before, after, peers } = rehearsal;
  const started = performance.now();
  const reports: StackReport[] = [];
  let failed: ClusterReport["failed"] = null;
  try {
    for (const peer of peers) await stages.networkOfPeer(peer, [before, after]);
    const had = simulatedStacks(before, slug);
    const has = simulatedStacks(after, slug);
    if (before !== undefined) for (const stack of had) await stages.base(slug, stack, before);
    const gone = had.filter((stack) => !has.includes(stack)).reverse();
    for (const stack of gone) reports.push(await stages.destroy(slug, stack));
    if (after !== undefined) for (const stack of has) reports.push(await stages.change(slug, stack, after));
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    const { stack, during, message } = error;
    failed = { stack, during, message };
  }
  const changed = reports.some(doesSomething) || failed !== null;
  return {
    cluster,
    kind: before === undefined ? "new" : after === undefined ? "removed" : changed ? "changed" : "same",
    stacks: reports,
    failed,
    unknown: [...unknownOffline(reports), ...leftOut(after ?? before, slug)],
    seconds: Math.round((performance.now() - started) / 100) / 10,
  };
}

/** Terraform failed in a stack. */
class StepError extends Error {
  constructor(
    readonly stack: StackName,
    readonly during: NonNullable<ClusterReport["failed"]>["during"],
    error: TerraformError,
  ) {
    super((error.run.stderr || error.run.stdout).trim());
  }
}

/** The stacks of all clusters of a run, in one simulated cloud. */
class Stages {
  /** Peers whose network is applied. */
  private readonly networks = new Set<string>();
  private readonly applied = new Map<string, { readonly stack: OfflineStack; readonly terraform: Terraform }>();

  constructor(
    private readonly options: RehearseOptions,
    private readonly providers: OfflineProviders,
  ) {}

  /** Applies the network of a cluster from the first of the outputs that has it, unless this run has applied it. */
  async networkOfPeer(slug: string, outputs: readonly (string | undefined)[]): Promise<void> {
    if (this.applied.has(stackId(slug, "networking"))) return;
    const output = outputs.find((each) => each !== undefined && existsSync(folderOf(each, slug, "networking")));
    if (output === undefined) return;
    this.networks.add(slug);
    await this.apply(slug, "networking", output, "network of the peer");
  }

  base(slug: string, stack: StackName, output: string): Promise<void> {
    if (stack === "networking" && this.networks.has(slug)) return Promise.resolve();
    return this.apply(slug, stack, output, "base");
  }

  /** Plans what a stack becomes, applies that plan, and plans again. */
  change(slug: string, stack: StackName, output: string): Promise<StackReport> {
    return this.during(slug, stack, "change", async () => {
      const { terraform, stack: prepared } = await this.prepare(slug, stack, output);
      const plan = summarize(stack, (await terraform.plan()).json);
      if (!doesSomething(plan)) return { ...plan, resources: countResources(prepared), left: [] };
      await terraform.applyPlan();
      return { ...plan, resources: countResources(prepared), left: await leftToDo(terraform) };
    });
  }

  destroy(slug: string, stack: StackName): Promise<StackReport> {
    return this.during(slug, stack, "destroy", async () => {
      const found = this.applied.get(stackId(slug, stack));
      if (found === undefined) throw new Error(`${stackId(slug, stack)} is destroyed before it is applied`);
      const plan = summarize(stack, (await found.terraform.plan(["-destroy"])).json);
      await found.terraform.applyPlan();
      return { ...plan, resources: countResources(found.stack), left: [] };
    });
  }

  private async apply(
    slug: string,
    stack: StackName,
    output: string,
    during: "base" | "network of the peer",
  ): Promise<void> {
    await this.during(slug, stack, during, async () => (await this.prepare(slug, stack, output)).terraform.apply());
  }

  private during<Result>(
    slug: string,
    stack: StackName,
    during: NonNullable<ClusterReport["failed"]>["during"],
    work: () => Promise<Result>,
  ): Promise<Result> {
    const title = {
      base: "apply the base of",
      "network of the peer": "apply",
      change: this.applied.has(stackId(slug, stack)) ? "apply the change of" : "apply",
      destroy: "destroy",
    };
    return this.options.step(`${title[during]} ${stackId(slug, stack)}`, async () => {
      try {
        return await work();
      } catch (error) {
        // Terraform fails after Ctrl-C too; that is no finding.
        if (error instanceof TerraformError && !this.options.signal.aborted) throw new StepError(stack, during, error);
        throw error;
      }
    });
  }

  /** Copies a stack, and initializes it if that was not done for the providers that it requires. */
  private async prepare(slug: string, name: StackName, output: string) {
    const { work, signal } = this.options;
    const id = stackId(slug, name);
    const before = this.applied.get(id);
    const earlier = before && requirements(before.stack);
    const stack = prepareOfflineStack({
      stackDirectory: folderOf(output, slug, name),
      workDirectory: join(work, "stacks"),
      stateDirectory: join(work, "state"),
    });
    removeImports(stack.directory);
    const terraform = new Terraform({ directory: stack.directory, env: this.providers.env, signal });
    if (earlier === undefined || !isDeepStrictEqual(earlier, requirements(stack))) await terraform.init();
    this.applied.set(id, { stack, terraform });
    return { stack, terraform };
  }
}

function requirements({ directory }: OfflineStack): unknown {
  const { terraform } = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")) as { terraform?: unknown };
  return terraform;
}

/**
 * Returns the addresses that a second plan would still change. The JSON of the plan is read only if it is not empty, which halves the time.
 */
async function leftToDo(terraform: Terraform): Promise<string[]> {
  const { exitCode } = await terraform.run(["plan", "-input=false", "-no-color", "-detailed-exitcode"], [0, 2]);
  return exitCode === 0 ? [] : Object.keys((await terraform.plan()).changes).sort();
}

function countResources({ stateFile }: OfflineStack): number {
  const { resources } = JSON.parse(readFileSync(stateFile, "utf8")) as {
    readonly resources: readonly { readonly mode: string; readonly instances: readonly unknown[] }[];
  };
  return resources.reduce((sum, { mode, instances }) => sum + (mode === "managed" ? instances.length : 0), 0);
}
