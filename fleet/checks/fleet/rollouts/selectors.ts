import { reportEach } from "../../../../language/each-item";
import { meantOrKnown } from "../../../../language/suggest";
import type { Path } from "../../../../language/yaml/tree";
import type { Selector } from "../../../model/rollouts";
import type { Finding } from "../../../rules/finding";
import { knowsEveryCluster, type RolloutContext, type RolloutRule } from "./context";

type Key = Exclude<keyof Selector, "labels">;

/** Reports names in selectors that no cluster can have, and empty selectors. */
export const checkSelectors: RolloutRule = (context) => {
  const known = knownValues(context);
  return (["waves", "freezes"] as const).flatMap((list) =>
    reportEach<(typeof context.rollouts)[typeof list][number], Finding>(
      context.rollouts[list],
      (["select", "except"] as const).map((key) => (item) => {
        const selector = item[key];
        return selector === undefined ? [] : selectorFindings(selector, known).map((finding) => within([key], finding));
      }),
    ).map(([index, finding]) => within([list, index], finding)),
  );
};

const within = (path: Path, finding: Finding): Finding => ({ ...finding, path: [...path, ...finding.path] });

interface Known {
  /** The names that exist by the key; undefined if they are unknown. */
  readonly values: Readonly<Record<Key, readonly string[] | undefined>>;
  /** Undefined if they are unknown. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>> | undefined;
}

function knownValues(context: RolloutContext): Known {
  const { clusterNames, clusters, names } = context;
  const isComplete = knowsEveryCluster(context);
  const labels = new Map<string, Set<string>>();
  for (const { tfvars } of clusters)
    for (const [key, value] of Object.entries(tfvars.rollout.labels))
      labels.set(key, (labels.get(key) ?? new Set()).add(value));
  const { accounts, channels, regions, releases, tiers } = names;
  const owner = [...new Set(clusters.map(({ meta }) => meta.OWNER))].sort();
  return {
    values: {
      cluster: clusterNames,
      channel: [...channels, ...releases],
      tier: tiers,
      account: accounts,
      region: regions,
      owner: isComplete ? owner : undefined,
    },
    labels: isComplete ? labels : undefined,
  };
}

function selectorFindings(selector: Selector, { labels, values }: Known): Finding[] {
  const { labels: wanted = {}, ...keys } = selector;
  if (Object.keys(selector).length === 0)
    return [
      {
        path: [],
        message: "must have at least one key, such as tier. Without select, the last wave has all other clusters",
      },
    ];
  const names = (Object.keys(keys) as Key[]).flatMap((key) =>
    unknown([key], keys[key], values[key], (value) => `no cluster can have ${key} ${JSON.stringify(value)}`),
  );
  if (labels === undefined) return names;
  const ofLabels = Object.entries(wanted).flatMap(([key, value]) => {
    const path = ["labels", key];
    const known = labels.get(key);
    if (known === undefined)
      return [{ path, message: `no cluster has a label ${JSON.stringify(key)}${suggestion(key, [...labels.keys()])}` }];
    return unknown(
      path,
      value,
      [...known].sort(),
      (each) => `no cluster has the label ${key} with value ${JSON.stringify(each)}`,
    );
  });
  return [...names, ...ofLabels];
}

function unknown(
  path: Path,
  value: string | readonly string[] | undefined,
  known: readonly string[] | undefined,
  message: (value: string) => string,
): Finding[] {
  if (known === undefined) return [];
  const given = typeof value === "string" ? [value] : (value ?? []);
  return given.flatMap((each, index) => {
    if (known.includes(each)) return [];
    return [
      {
        path: typeof value === "string" ? path : [...path, index],
        message: `${message(each)}${suggestion(each, known)}`,
      },
    ];
  });
}

function suggestion(word: string, known: readonly string[]): string {
  return meantOrKnown(word, known);
}
