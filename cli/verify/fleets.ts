import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadFleet } from "../../fleet/load";
import type { Cluster } from "../../fleet/model/cluster";
import { STACKS, stackId } from "../../fleet/model/stacks";
import { isMap, type PlainMap } from "../../language/plain-map";
import { Synthesizer } from "../../synth/synthesizer";

/** A synthesized stack with its folder and its cluster. */
export interface VerifiedStack {
  readonly name: string;
  readonly directory: string;
  readonly cluster: Cluster;
  /** The directory of its definition. */
  readonly definitions: string;
  readonly json: PlainMap;
}

/** Returns the directories to verify: DEFINITIONS_DIR, or the clone's definitions and, without CLUSTER_NAME, those of the tests. */
function directories(): readonly string[] {
  const { CLUSTER_NAME, DEFINITIONS_DIR } = process.env;
  if (DEFINITIONS_DIR !== undefined) return [DEFINITIONS_DIR];
  return CLUSTER_NAME === undefined ? ["definitions", "__tests__/fleets/samples"] : ["definitions"];
}

/** Synthesizes the clusters, passes their stacks and a scratch directory to `use`, and removes both afterwards. */
export async function withStacks<Result>(
  use: (stacks: readonly VerifiedStack[], work: string) => Promise<Result>,
): Promise<Result> {
  const work = mkdtempSync(join(tmpdir(), "verify-"));
  try {
    const stacks: VerifiedStack[] = [];
    for (const [index, directory] of directories().entries()) {
      const today = new Date().toISOString().slice(0, 10);
      const { clusters } = loadFleet({ directory, shipped: "definitions", select: process.env["CLUSTER_NAME"], today });
      const output = join(work, `fleet${index}`);
      await new Synthesizer(output, 0).write(clusters, { all: true });
      for (const cluster of clusters) stacks.push(...verifiedStacks(cluster, { output, definitions: directory }));
    }
    return await use(stacks, work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function verifiedStacks(
  cluster: Cluster,
  { output, definitions }: { readonly output: string; readonly definitions: string },
): readonly VerifiedStack[] {
  return STACKS.map((stack) => {
    const name = stackId(cluster.slug, stack);
    const directory = join(output, "stacks", name);
    return {
      name,
      cluster,
      definitions,
      directory,
      json: asMap(JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"))),
    };
  });
}

function asMap(value: unknown): PlainMap {
  if (!isMap(value)) throw new Error("a stack is no map");
  return value;
}
