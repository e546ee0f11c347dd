import { existsSync, readFileSync } from "node:fs";
import { type Cluster, slugOf } from "../../fleet/model/cluster";
import { STACKS, type StackName, stackId } from "../../fleet/model/stacks";
import { OutputStore } from "../../synth/store";
import { StoredStacks } from "../../synth/stored-stacks";
import { Synthesizer } from "../../synth/synthesizer";
import type { BaseVersion } from "../base/open-base";
import { stackFile } from "../resources/read-stack";

/** The stacks of one of the two versions that are compared. */
export class VersionStacks {
  private readonly stored = new StoredStacks(OutputStore.of(process.env));

  /** @param folder an output folder such as `cdktf.out`; it need not exist */
  constructor(readonly folder: string) {}

  /**
   * Builds the stacks of clusters, except what was built before.
   *
   * @param source where the clusters were loaded from
   */
  async build(
    clusters: readonly Cluster[],
    { directory, shipped }: Pick<BaseVersion, "directory" | "shipped">,
  ): Promise<void> {
    const missing = clusters.filter((cluster) => !this.stored.take(cluster));
    if (missing.length === 0) return;
    const synthesizer = new Synthesizer(this.folder, missing.length, {
      definitions: directory === undefined ? undefined : { directory, shipped },
    });
    try {
      await synthesizer.writeForReading(missing);
    } finally {
      synthesizer.close();
    }
  }

  /** Returns the JSON of a cluster's stacks as text; undefined for those that this version does not have. */
  textsOf(cluster: string): ReadonlyMap<StackName, string | undefined> {
    const files = this.stored.filesOf(cluster);
    return new Map(
      STACKS.map((kind) => {
        const stack = stackId(slugOf(cluster), kind);
        if (files !== undefined) return [kind, files.get(stackFile("", stack))?.toString("utf8")];
        const file = stackFile(this.folder, stack);
        return [kind, existsSync(file) ? readFileSync(file, "utf8") : undefined];
      }),
    );
  }
}
