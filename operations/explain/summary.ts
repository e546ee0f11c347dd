import { plainValue } from "../../language/yaml/plain-tree";
import { formatPath, placeOf } from "../../language/yaml/tree";
import { leavesOf } from "./leaves";
import type { OpenCluster } from "./open-cluster";
import type { Setting, SummaryReport } from "./report";
import { settingsOf } from "./settings";
import { shown } from "./shown";

/** Returns the layers that set the values of a cluster, by section, and the values of the cluster's own file. */
export function summaryOf(open: OpenCluster): SummaryReport {
  const leaves = leavesOf(open.written)
    .filter(({ path: [root] }) => root === "meta" || root === "tfvars")
    .map((leaf) => ({ ...leaf, setting: settingsOf(open, leaf.path)[0] }));
  const sections = new Map<string, (Setting | undefined)[]>();
  const layers = new Map<string, { setting: Setting; keys: number }>();
  for (const { path, setting } of leaves) {
    const section = path[0] === "meta" ? "meta" : `tfvars.${path[1]}`;
    sections.set(section, [...(sections.get(section) ?? []), setting]);
    if (setting === undefined) continue;
    const key = `${setting.layer} ${setting.place.file}`;
    layers.set(key, { setting, keys: (layers.get(key)?.keys ?? 0) + 1 });
  }
  return {
    kind: "summary",
    cluster: open.cluster.name,
    layers: [...layers.values()]
      .sort((a, b) => ORDER.indexOf(a.setting.layer) - ORDER.indexOf(b.setting.layer))
      .map(({ keys, setting: { layer, name, place } }) => ({ layer, name, file: place.file, keys })),
    sections: [...sections].map(([path, settings]) => ({
      path,
      keys: settings.length,
      layers: ORDER.map((layer) => ({ layer, keys: settings.filter((each) => each?.layer === layer).length })).filter(
        ({ keys }) => keys > 0,
      ),
    })),
    own: leaves
      .filter(({ setting }) => setting?.layer === "cluster")
      .map(({ path, tree }) => ({
        path: formatPath(open.written, path),
        value: shown(plainValue(tree), path),
        place: placeOf(tree),
      })),
  };
}

const ORDER: readonly Setting["layer"][] = ["defaults", "release", "platform", "channel", "account", "tier", "cluster"];
