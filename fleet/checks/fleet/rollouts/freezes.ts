import { reportEach } from "../../../../language/each-item";
import { ifCertain } from "../../../../language/refused";
import { listed } from "../../../../language/suggest";
import { milliseconds } from "../../../../language/words/schedules";
import { type Freeze, isAbout } from "../../../model/rollouts";
import { supportEnds } from "../../../rollouts/support";
import { nextStart } from "../../../rollouts/windows";
import type { Finding } from "../../../rules/finding";
import { knowsEveryCluster, type RolloutRule } from "./context";

const DAY = 24 * 60 * 60 * 1000;
const LONGEST_DAYS = 92;

/** Reports freezes that end before they begin, last for a season, are over, or are about no cluster. */
export const checkFreezes: RolloutRule = (context) => {
  const { clusters, rollouts, today } = context;
  return reportEach<Freeze, Finding>(rollouts.freezes, [
    ({ from, until }) => {
      const length = Date.parse(until) - Date.parse(from);
      if (length <= 0)
        return [{ path: ["until"], message: `must be after from (${from}), but is ${until}`, against: [["from"]] }];
      if (length <= LONGEST_DAYS * DAY) return [];
      const message = `must be at most ${LONGEST_DAYS} days after from, but is ${Math.ceil(length / DAY)} days after. End the freeze earlier. To keep clusters on a release for longer, name the release in their definitions`;
      return [{ path: ["until"], message }];
    },
    ({ until }) =>
      Date.parse(until) >= Date.parse(`${today}T00:00:00Z`)
        ? []
        : [
            {
              path: ["until"],
              severity: "warning",
              message: `is over (${until}), so the freeze has no effect. Remove it`,
            },
          ],
    (freeze) =>
      clusters.length === 0 || !knowsEveryCluster(context) || clusters.some((cluster) => isAbout(freeze, cluster))
        ? []
        : [
            {
              path: [],
              severity: "warning",
              message: "selects no cluster, so the freeze has no effect. Correct select and except, or remove it",
            },
          ],
  ]).map(([index, finding]) => ({ ...finding, path: ["freezes", index, ...finding.path] }));
};

/** Reports clusters that freezes leave no time for a change before their Kubernetes version loses support. */
export const checkFrozenClusters: RolloutRule = ({ clusters, rollouts: { freezes }, support }) => {
  const found = new Map<
    string,
    { readonly index: number; readonly names: readonly string[]; readonly clusters: string[] }
  >();
  for (const cluster of clusters) {
    const about = freezes.flatMap((freeze, index) =>
      ifCertain(() => isAbout(freeze, cluster) && Date.parse(freeze.from) < Date.parse(freeze.until))
        ? [{ name: freeze.name, index, from: Date.parse(freeze.from), until: Date.parse(freeze.until) }]
        : [],
    );
    const end = ifCertain(() => supportEnds(cluster, support));
    const begin = Math.min(...about.map(({ from }) => from));
    if (end === undefined || about.length === 0 || begin >= end) continue;
    const { expected_duration, windows } = cluster.tfvars.rollout;
    const start = ifCertain(() =>
      nextStart({ windows, length: milliseconds(expected_duration), freezes: about }, { from: begin, until: end }),
    );
    const isFree = ifCertain(() =>
      nextStart({ windows, length: milliseconds(expected_duration), freezes: [] }, { from: begin, until: end }),
    );
    if (start !== undefined || isFree === undefined) continue;
    const names = about.map(({ name }) => name);
    const entry = found.get(names.join()) ?? { index: about.at(-1)?.index ?? 0, names, clusters: [] };
    entry.clusters.push(`${cluster.name} (${new Date(end).toISOString().slice(0, 10)})`);
    found.set(names.join(), entry);
  }
  return [...found.values()].map(({ clusters: frozen, index, names }) => ({
    path: ["freezes", index],
    message: `${names.length === 1 ? "the freeze leaves" : `the freezes ${listed(names)} leave`} no window before the end of support of ${listed(frozen, 5)}. Shorten a freeze, or add a window between them`,
  }));
};
