import { z } from "zod";
import type { Cluster } from "../../fleet/model/cluster";

/** A cluster that stays on a release although its channel moves on. */
export const heldCluster = z.object({
  cluster: z.string(),
  release: z.string().describe("Release that the cluster keeps."),
  by: z.string(),
  reason: z.string(),
  until: z.string().describe("Last day of the hold, YYYY-MM-DD."),
});
export type HeldCluster = z.infer<typeof heldCluster>;

/** Returns the hold of a cluster in a list, or an empty list. */
export function holdOf({ meta: { HOLD: hold }, name }: Pick<Cluster, "meta" | "name">, release: string): HeldCluster[] {
  return hold === undefined ? [] : [{ cluster: name, release, by: hold.by, reason: hold.reason, until: hold.until }];
}
