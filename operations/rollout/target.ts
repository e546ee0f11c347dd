import { createHash } from "node:crypto";
import type { Account, Cluster } from "../../fleet/model/cluster";
import type { Target } from "./records/record";

/** Digests of the code of stacks. */
export interface CodeIdentity {
  /** Of the program that runs; a cluster that another program writes does not depend on it. */
  readonly program: string;
  /** Of the repository's own extensions, which every program runs. */
  readonly extensions: string;
}

/**
 * Returns the desired state of a cluster. The digest is of all inputs of its stacks: the resolved cluster and the code. Settings that reach
 * no stack do not count, so that a hold or another maintenance window is no change that must be rolled out.
 */
export function targetOf(cluster: Cluster, { extensions, program }: CodeIdentity): Target {
  const sources = cluster.release.program === undefined ? [program, ofStacks(cluster)] : ofOtherProgram(cluster);
  const digest = createHash("sha256")
    .update(JSON.stringify([extensions, sources]))
    .digest("hex");
  return { release: cluster.release.name, digest };
}

function ofStacks({ account, meta, peers, tfvars, ...rest }: Cluster) {
  const { HOLD: _hold, RELEASE_MODEL: _model, ...identity } = meta;
  const { rollout: _rollout, ...settings } = tfvars;
  return {
    ...rest,
    meta: identity,
    tfvars: settings,
    account: ofAccount(account),
    peers: peers.map(({ account: theirs, name, slug, subnets, tfvars: { common, networking } }) => ({
      name,
      slug,
      subnets,
      account: ofAccount(theirs),
      region: common.aws_region,
      networking,
    })),
  };
}

/**
 * Returns the inputs of a cluster that another program synthesizes. The definition is not parsed: this program may read it differently than
 * the other program.
 */
function ofOtherProgram({ account, adopted, hosted_zone_id, partition, release, service_level, zones }: Cluster) {
  const { definition, pin } = release.program ?? {};
  const { source: _source, ...version } = pin ?? {};
  return [version, definition, ofAccount(account), adopted, hosted_zone_id, partition, service_level, zones];
}

function ofAccount({ bootstrap, id, name, roles, state }: Account) {
  return { id, name, roles, state, isBootstrapped: bootstrap !== undefined };
}
