import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Cluster } from "../../fleet/model/cluster";
import { STACKS, stackId } from "../../fleet/model/stacks";

/** A cluster to plan: one job each. */
export interface ClusterToPlan {
  readonly name: string;
  /** The read-only role of its account. */
  readonly plan_role: string;
  /** In the order of their deploy, separated by blanks. */
  readonly stacks: string;
}

/** Returns every synthesized stack, or only those whose Terraform differs from the base branch's. */
export function clustersToPlan(
  clusters: readonly Pick<Cluster, "name" | "slug" | "account">[],
  { head, base }: { readonly head: string; readonly base: string },
  { onlyChanged }: { readonly onlyChanged: boolean },
): readonly ClusterToPlan[] {
  return clusters.flatMap(({ name, slug, account }) => {
    const stacks = STACKS.map((stack) => stackId(slug, stack)).filter((id) => {
      const text = stackText(head, id);
      return text !== undefined && !(onlyChanged && text === stackText(base, id));
    });
    return stacks.length === 0 ? [] : [{ name, plan_role: account.roles.plan, stacks: stacks.join(" ") }];
  });
}

/** Returns the stacks of the base branch whose definition is removed. */
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
