import { isAbout, ownLabel, type Rollouts, type Selectable, wavesOf } from "../../../fleet/model/rollouts";
import type { Interval, Window } from "../../../fleet/rollouts/windows";
import { milliseconds } from "../../../language/words/schedules";
import { type HeldCluster, holdOf } from "../held";
import type { Target } from "../records/record";

/** The fields of a cluster that rollouts read. */
export interface RolloutCluster {
  readonly name: string;
  /** Position of its wave. */
  readonly wave: number;
  readonly target: Target;
  readonly windows: readonly Window[];
  /** Maximum duration of a change in milliseconds. */
  readonly length: number;
  readonly freezes: readonly (Interval & {
    readonly name: string;
    readonly reason: string;
    readonly emergencies: boolean;
  })[];
  /**
   * The reason why the CI system cannot require an approval for its deploys, although it is protected; undefined if it needs no further
   * approval.
   */
  readonly gateless: string | undefined;
  /** Clusters with which it must never change at the same time, with the name of the rule. */
  readonly apart: ReadonlyMap<string, string>;
  /** Clusters with which it is peered: their networks must exist before its own is deployed. */
  readonly peers: readonly string[];
  readonly slaDays: number | null;
  /** End of support of its Kubernetes version; undefined if it is unknown. */
  readonly supported: number | undefined;
}

/** The fields of a wave that rollouts read. */
export interface RolloutWave {
  readonly name: string;
  readonly soak: number;
  readonly atOnce: number;
  readonly tolerated: number;
  readonly approval: boolean;
  readonly healthy: readonly string[];
}

/** Everything that decisions read from definitions. */
export interface RolloutFleet {
  readonly waves: readonly RolloutWave[];
  /** In order of their names. */
  readonly clusters: readonly RolloutCluster[];
  /** Milliseconds by which a runner may exceed the expected duration. */
  readonly leaseMargin: number;
  /** Clusters that stay on a release. They change no decision: their target is that release. */
  readonly held: readonly HeldCluster[];
}

/** The fields of a cluster that `rolloutFleet` reads. */
export type Member = Selectable &
  Pick<RolloutCluster, "gateless" | "supported" | "target"> & { readonly peers?: readonly { readonly name: string }[] };

/** Returns the input of decisions from valid definitions. */
export function rolloutFleet(rollouts: Rollouts, members: readonly Member[]): RolloutFleet {
  const apart = apartFrom(rollouts, members);
  const freezes = rollouts.freezes.map((freeze) => ({
    freeze,
    from: Date.parse(freeze.from),
    until: Date.parse(freeze.until),
  }));
  return {
    leaseMargin: milliseconds(rollouts.lease_margin),
    held: members.flatMap((member) => holdOf(member, member.target.release)),
    waves: rollouts.waves.map(({ approval, healthy, max_at_once, name, soak, tolerated_failures }) => ({
      name,
      soak: milliseconds(soak),
      atOnce: max_at_once,
      tolerated: tolerated_failures,
      approval,
      healthy,
    })),
    clusters: members.flatMap((member): RolloutCluster[] => {
      const [wave] = wavesOf(rollouts, member);
      if (wave === undefined) return [];
      const { expected_duration, sla_days, windows } = member.tfvars.rollout;
      return [
        {
          name: member.name,
          wave,
          target: member.target,
          gateless: member.gateless,
          windows,
          length: milliseconds(expected_duration),
          freezes: freezes.flatMap(({ freeze, from, until }) =>
            isAbout(freeze, member)
              ? [{ from, until, name: freeze.name, reason: freeze.reason, emergencies: freeze.allow_emergencies }]
              : [],
          ),
          apart: apart.get(member.name) ?? new Map(),
          peers: (member.peers ?? []).map(({ name }) => name),
          slaDays: sla_days,
          supported: member.supported,
        },
      ];
    }),
  };
}

function apartFrom(
  { never_together }: Rollouts,
  members: readonly Member[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const apart = new Map<string, Map<string, string>>();
  const separate = (names: readonly string[], rule: string): void => {
    for (const name of names) {
      const others = apart.get(name) ?? new Map<string, string>();
      for (const other of names) if (other !== name) others.set(other, rule);
      apart.set(name, others);
    }
  };
  for (const { clusters, name, same_label } of never_together) {
    if (clusters !== undefined) separate(clusters, name);
    if (same_label === undefined) continue;
    const groups = new Map<string, string[]>();
    for (const member of members) {
      const value = ownLabel(member.tfvars.rollout.labels, same_label);
      if (value !== undefined) groups.set(value, [...(groups.get(value) ?? []), member.name]);
    }
    for (const names of groups.values()) separate(names, name);
  }
  return apart;
}
