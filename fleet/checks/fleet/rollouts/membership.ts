import { reportEach } from "../../../../language/each-item";
import { ifCertain } from "../../../../language/refused";
import { listed, meantOrKnown } from "../../../../language/suggest";
import { ownLabel, type Rollouts, wavesOf } from "../../../model/rollouts";
import type { Finding } from "../../../rules/finding";
import { knowsEveryCluster, type RolloutContext, type RolloutRule } from "./context";

/** Reports waves without `select` that are not the last one: clusters of later waves would be in two. */
export const checkSelect: RolloutRule = ({ rollouts: { waves } }) =>
  reportEach<Rollouts["waves"][number], Finding>(waves, [
    ({ select }, index) =>
      select !== undefined || index === waves.length - 1
        ? []
        : [
            {
              path: ["select"],
              message: "requires select. Only the last wave may omit it, and then has all other clusters",
            },
          ],
  ]).map(([index, finding]) => ({ ...finding, path: ["waves", index] }));

/** Reports clusters that are in no wave or in several, and waves without a cluster. */
export const checkMembership: RolloutRule = (context) => {
  const { clusters, rollouts } = context;
  const placed = clusters.flatMap((cluster) => {
    const waves = ifCertain(() => wavesOf(rollouts, cluster));
    return waves === undefined ? [] : [{ name: cluster.name, waves }];
  });
  const none = placed.filter(({ waves }) => waves.length === 0).map(({ name }) => name);
  const missing =
    none.length === 0
      ? []
      : [
          {
            path: ["waves"],
            message: `no wave has ${listed(none, 5)}. Select ${none.length === 1 ? "it" : "them"} in a wave, or end with a wave without select, which has all other clusters`,
          },
        ];
  return [
    ...missing,
    ...twoWaves(placed, rollouts),
    ...(knowsEveryCluster(context) ? [...emptyWaves(placed, rollouts), ...tolerantWaves(placed, rollouts)] : []),
  ];
};

type Placed = readonly { readonly name: string; readonly waves: readonly number[] }[];

function twoWaves(placed: Placed, { waves }: Rollouts): Finding[] {
  const pairs = new Map<string, { readonly first: number; readonly second: number; readonly names: string[] }>();
  for (const {
    name,
    waves: [first, second],
  } of placed) {
    if (first === undefined || second === undefined) continue;
    const key = `${first} ${second}`;
    const pair = pairs.get(key) ?? { first, second, names: [] };
    pair.names.push(name);
    pairs.set(key, pair);
  }
  return [...pairs.values()].map(({ first, names, second }) => ({
    path: ["waves", second, "select"],
    message: `selects ${listed(names, 5)}, which wave ${waves[first]?.name} selects too. A cluster must be in one wave: narrow one of the selectors, or add except`,
  }));
}

function emptyWaves(placed: Placed, { waves }: Rollouts): Finding[] {
  return waves.flatMap((_, index) =>
    placed.some((each) => each.waves.includes(index))
      ? []
      : [
          {
            path: ["waves", index],
            severity: "warning" as const,
            message: "has no cluster. Remove the wave or correct its selector",
          },
        ],
  );
}

function tolerantWaves(placed: Placed, { waves }: Rollouts): Finding[] {
  return waves.flatMap((wave, index) => {
    const tolerated = ifCertain(() => wave.tolerated_failures) ?? 0;
    const count = placed.filter((each) => each.waves.includes(index)).length;
    if (tolerated === 0 || count === 0 || tolerated < count) return [];
    const message = `lets every cluster of the wave fail (it has ${count}), so that no failure halts it. Lower it`;
    return [{ path: ["waves", index, "tolerated_failures"], severity: "warning" as const, message }];
  });
}

/** Reports rules about clusters that must not change together which name no or unknown clusters. */
export const checkNeverTogether: RolloutRule = (context) =>
  reportEach<Rollouts["never_together"][number], Finding>(context.rollouts.never_together, [
    ({ clusters, same_label }) =>
      (clusters === undefined) !== (same_label === undefined)
        ? []
        : [
            clusters === undefined
              ? { path: [], message: "requires clusters or same_label. Set one of them" }
              : { path: [], message: "must not have both clusters and same_label. Remove one of them" },
          ],
    ({ clusters = [] }) => unknownClusters(clusters, context),
    ({ same_label }) => sharedLabel(same_label, context),
  ]).map(([index, finding]) => ({ ...finding, path: ["never_together", index, ...finding.path] }));

function unknownClusters(names: readonly string[], { clusterNames }: RolloutContext): Finding[] {
  return names.flatMap((name, index) => {
    if (names.indexOf(name) < index)
      return [{ path: ["clusters", index], message: `is listed twice: ${name}. Remove one of them` }];
    if (clusterNames.includes(name)) return [];
    const suggestion = meantOrKnown(name, clusterNames);
    return [{ path: ["clusters", index], message: `no cluster is named ${JSON.stringify(name)}${suggestion}` }];
  });
}

function sharedLabel(key: string | undefined, context: RolloutContext): Finding[] {
  const { clusters } = context;
  if (key === undefined || !knowsEveryCluster(context)) return [];
  const values = clusters.flatMap(({ tfvars }) => ownLabel(tfvars.rollout.labels, key) ?? []);
  if (values.some((value, index) => values.indexOf(value) < index)) return [];
  const known = [...new Set(clusters.flatMap(({ tfvars }) => Object.keys(tfvars.rollout.labels)))].sort();
  const message =
    values.length > 0
      ? `has no effect because no two clusters have the same value of the label ${JSON.stringify(key)}`
      : `no cluster has a label ${JSON.stringify(key)}${meantOrKnown(key, known)}`;
  return [{ path: ["same_label"], message, ...(values.length > 0 && { severity: "warning" as const }) }];
}
