import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadFleet } from "../../fleet/load";
import { STACKS, type StackName, stackId } from "../../fleet/model/stacks";
import { slugOf } from "../../language/words/names";
import type { OfflineProviders } from "../../offline/offline-providers";
import { prepareOfflineStack } from "../../offline/offline-stack";
import { Terraform } from "../../offline/terraform";
import { synthesizeCluster } from "../../synth/synthesize-cluster";
import { TODAY } from "./definitions";

/** Folders in which one cluster's stacks are synthesized and applied, and the providers that Terraform uses. */
export interface OfflineClusterOptions {
  /** Directory of definitions. */
  readonly definitions: string;
  readonly name: string;
  /** Everything is written below it. */
  readonly work: string;
  readonly providers: OfflineProviders;
}

/** One cluster under the real Terraform and the offline providers. Other clusters of the same work directory share its cloud. */
export class OfflineCluster {
  private readonly synthesized: Partial<Record<StackName, string>> = {};
  private readonly terraforms: Partial<Record<StackName, Terraform>> = {};

  constructor(private readonly options: OfflineClusterOptions) {}

  /** Synthesizes the definition as it is now, and tells which stacks are not what they were. */
  synthesize(): readonly StackName[] {
    const { definitions, name, work } = this.options;
    const { clusters } = loadFleet({ directory: definitions, shipped: "definitions", select: name, today: TODAY });
    const [cluster] = clusters;
    if (cluster === undefined) throw new Error(`${definitions} has no cluster ${name}`);
    const output = join(work, "out");
    synthesizeCluster(cluster, output);
    return this.take(output);
  }

  /** Takes what was synthesized into a directory, and tells which stacks are not what they were. */
  take(output: string): readonly StackName[] {
    const directoryOf = (stack: StackName): string => join(output, "stacks", stackId(slugOf(this.options.name), stack));
    return STACKS.filter((stack) => {
      const text = readFileSync(join(directoryOf(stack), "cdk.tf.json"), "utf8");
      const changed = text !== this.synthesized[stack];
      this.synthesized[stack] = text;
      return changed;
    }).map((stack) => {
      const directory = this.prepare(directoryOf(stack));
      this.terraforms[stack] = new Terraform({ directory, env: this.options.providers.env });
      return stack;
    });
  }

  /** Terraform in one of the stacks, as they were synthesized last. */
  stack(stack: StackName): Terraform {
    const terraform = this.terraforms[stack];
    if (terraform === undefined) throw new Error(`${stack} was never synthesized`);
    return terraform;
  }

  async apply(): Promise<void> {
    for (const stack of STACKS) {
      await this.stack(stack).init();
      await this.stack(stack).apply();
    }
  }

  /** Returns what Terraform would still do, by stack; stacks with nothing to do are left out. */
  async leftToDo(stacks: readonly StackName[] = STACKS): Promise<Partial<Record<StackName, unknown>>> {
    const left: Partial<Record<StackName, unknown>> = {};
    for (const stack of stacks) {
      // Half the time of a plan that is also read; only what is wrong needs reading.
      const { exitCode } = await this.stack(stack).run(["plan", "-input=false", "-detailed-exitcode"], [0, 2]);
      if (exitCode === 2) left[stack] = (await this.stack(stack).plan()).changes;
    }
    return left;
  }

  /**
   * Returns what Terraform would still do and what it reads otherwise than its state has it, by stack. If that is nothing, a plan
   * without a refresh finds nothing either.
   */
  async leftToDoOrDrifted(): Promise<Partial<Record<StackName, readonly string[]>>> {
    const left: Partial<Record<StackName, readonly string[]>> = {};
    for (const stack of STACKS) {
      const { stdout } = await this.stack(stack).run(["plan", "-input=false", "-json"]);
      const found = stdout
        .split("\n")
        .filter((line) => line.includes('"type":"resource_drift"') || line.includes('"type":"planned_change"'))
        .map((line) => (JSON.parse(line) as { "@message": string })["@message"]);
      if (found.length > 0) left[stack] = found;
    }
    return left;
  }

  async destroy(): Promise<void> {
    for (const stack of [...STACKS].reverse()) await this.stack(stack).destroy();
  }

  private prepare(stackDirectory: string): string {
    const { work } = this.options;
    return prepareOfflineStack({
      stackDirectory,
      workDirectory: join(work, "work"),
      stateDirectory: join(work, "state"),
    }).directory;
  }
}

/** Changes a file's text; it is a mistake of the test where there is nothing to change. */
export function edit(file: string, from: string, to: string): void {
  const before = readFileSync(file, "utf8");
  if (!before.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)}`);
  writeFileSync(file, before.replace(from, to));
}
