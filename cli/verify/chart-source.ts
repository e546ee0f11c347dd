import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import YAML from "yaml";
import { isMap, type PlainMap } from "../../language/plain-map";
import type { Release } from "./releases";
import { outputOf } from "./tool";

export const HELM = process.env["HELM"] ?? "helm";

/** Cache folder for charts. */
const CACHE = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "cluster-fleet", "charts");

const folders = new Map<string, Promise<string>>();

/**
 * Returns the folder of a release's chart: from CHARTS_DIR, or from the cache, or downloaded from its repository into the cache. Several
 * releases may need the same chart at the same time.
 */
export function chartFolder(release: Release): Promise<string> {
  const key = JSON.stringify([release.repository, release.chart, release.version]);
  const folder = folders.get(key) ?? findOrDownload(release);
  folders.set(key, folder);
  return folder;
}

async function findOrDownload({ chart, repository, version = "" }: Release): Promise<string> {
  const own = process.env["CHARTS_DIR"];
  if (own !== undefined) {
    const folder = join(own, chart);
    const found = existsSync(join(folder, "Chart.yaml")) ? metadata(folder)["version"] : undefined;
    if (found === undefined || bare(found) !== bare(version))
      throw new Error(`CHARTS_DIR does not have ${chart} ${version}${found === undefined ? "" : `, but ${found}`}`);
    return folder;
  }
  const cached = join(CACHE, `${chart}-${version}`);
  if (existsSync(cached)) return cached;
  const unfinished = `${cached}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const from = repository?.startsWith("oci://") ? [`${repository}/${chart}`] : [chart, "--repo", repository ?? ""];
  await outputOf(HELM, ["pull", ...from, "--version", version, "--untar", "--untardir", unfinished]);
  renameSync(join(unfinished, chart), cached);
  rmSync(unfinished, { recursive: true });
  return cached;
}

/** A version without the `v` that some charts add. */
const bare = (version: unknown): string => String(version).replace(/^v/, "");

function metadata(folder: string): PlainMap {
  return asMap(YAML.parse(readFileSync(join(folder, "Chart.yaml"), "utf8")));
}

/** Returns a chart's own values, with those of its subcharts below their names. */
export async function defaultsOf(folder: string): Promise<PlainMap> {
  const own = asMap(YAML.parse(await outputOf(HELM, ["show", "values", folder]), { maxAliasCount: -1 }));
  const { dependencies } = metadata(folder);
  let defaults = own;
  for (const { name, alias } of (Array.isArray(dependencies) ? dependencies : []).filter(isMap)) {
    const subchart = join(folder, "charts", basename(String(name)));
    if (!existsSync(subchart)) continue;
    defaults = merged({ [String(alias ?? name)]: await defaultsOf(subchart) }, defaults);
  }
  return defaults;
}

const asMap = (value: unknown): PlainMap => (isMap(value) ? value : {});

/** Returns two maps as one; `over` wins. */
function merged(under: PlainMap, over: PlainMap): PlainMap {
  const entries = Object.entries(over).map(([key, value]) => {
    const below = under[key];
    return [key, isMap(value) && isMap(below) ? merged(below, value) : value];
  });
  return { ...under, ...Object.fromEntries(entries) };
}
