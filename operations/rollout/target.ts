import { createHash } from "node:crypto";
import type { Cluster } from "../../fleet/model/cluster";
import type { Target } from "./records/record";

/**
 * Returns what a cluster should run. The digest is of all inputs of its stacks: the resolved cluster and the code.
 * Settings of rollouts are no part of it, because they reach no stack.
 *
 * @param code identifies the code of this program; a cluster that another program writes does not depend on it
 */
export function targetOf(cluster: Cluster, code: string): Target {
  const { peers, ...own } = withoutRollout(cluster);
  const text = JSON.stringify([cluster.release.program === undefined ? code : null, own, peers.map(withoutRollout)]);
  return { release: cluster.release.name, digest: createHash("sha256").update(text).digest("hex") };
}

function withoutRollout<Part extends Pick<Cluster, "tfvars">>(cluster: Part) {
  const { rollout: _, ...tfvars } = cluster.tfvars;
  return { ...cluster, tfvars };
}
