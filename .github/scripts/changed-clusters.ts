import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Cluster } from "../../fleet/cluster";
import { STACKS, stackId } from "../../fleet/names";

/** A cluster to plan: one job each. */
export interface ChangedCluster {
  readonly name: string;
  /** The read-only role of its account. */
  readonly plan_role: string;
  /** Those that differ from the base branch's, in the order in which they are applied, with blanks between. */
  readonly stacks: string;
}

/** The clusters of which a stack's Terraform differs between two synthesized directories. */
export function changedClusters(
  clusters: readonly Pick<Cluster, "name" | "slug" | "account">[],
  directories: { readonly head: string; readonly base: string },
): readonly ChangedCluster[] {
  return clusters.flatMap(({ name, slug, account }) => {
    const changed = STACKS.map((stack) => stackId(slug, stack)).filter(
      (id) => stackText(directories.head, id) !== stackText(directories.base, id),
    );
    return changed.length === 0 ? [] : [{ name, plan_role: account.roles.plan, stacks: changed.join(" ") }];
  });
}

/** Stacks of the base branch whose definition is gone. */
export function removedStacks({ head, base }: { readonly head: string; readonly base: string }): readonly string[] {
  const folder = join(base, "stacks");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((id) => stackText(base, id) !== undefined && stackText(head, id) === undefined)
    .sort();
}

function stackText(directory: string, id: string): string | undefined {
  const file = join(directory, "stacks", id, "cdk.tf.json");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
