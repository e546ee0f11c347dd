import { visible } from "../../../language/problem";
import type { HeldCluster } from "../../../operations/rollout/held";

/** Returns a line for each cluster that stays on a release. */
export function heldLines(held: readonly HeldCluster[]): readonly string[] {
  return held.map(
    ({ by, cluster, reason, release, until }) =>
      `${cluster}: on ${release} until ${until}, by ${visible(by)} (${visible(reason)})`,
  );
}
