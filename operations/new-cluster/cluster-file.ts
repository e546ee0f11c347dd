import { PRESETS, type Preset, type PresetName } from "./presets";

/** The content of a new cluster's file. */
export interface NewCluster {
  readonly name: string;
  readonly owner: string;
  readonly account: string;
  readonly tier: string;
  /** A channel or a release; undefined for the default of the layers. */
  readonly releaseModel: string | undefined;
  readonly region: string;
  /** Number of zones, or their names; undefined for the default of the layers. */
  readonly zones: number | readonly string[] | undefined;
  readonly range: string;
  readonly preset: PresetName;
}

/** Returns the text of a new cluster's file: the required keys, and those of its preset. */
export function clusterFile(cluster: NewCluster): string {
  const preset: Preset = PRESETS[cluster.preset];
  const zones =
    cluster.zones === undefined
      ? []
      : [`availability_zones: ${typeof cluster.zones === "number" ? cluster.zones : `[${cluster.zones.join(", ")}]`}`];
  const networking = preset.networking.filter((line) => zones.length === 0 || !line.startsWith("availability_zones:"));
  return [
    "# yaml-language-server: $schema=../../schema/cluster.schema.json",
    `# ${cluster.owner}: ${preset.summary}. What is not here comes from the layers below;`,
    `# npx fleet show ${cluster.name} --origin shows each value and its file.`,
    "meta:",
    `  CLUSTER_NAME: ${cluster.name} # also the name of this file`,
    ...(cluster.releaseModel === undefined ? [] : [`  RELEASE_MODEL: ${quoted(cluster.releaseModel)}`]),
    `  ACCOUNT: ${quoted(cluster.account)}`,
    `  TIER: ${quoted(cluster.tier)}`,
    `  OWNER: ${quoted(cluster.owner)}`,
    "",
    "tfvars:",
    "  common:",
    `    aws_region: ${cluster.region}`,
    "",
    ...section("networking", [
      `vpc_cidr: ${cluster.range} # reserved in ranges.yaml. Another range later means another cluster`,
      ...zones,
      ...networking,
    ]),
    ...section("cluster", preset.cluster),
    ...section("workers", preset.workers),
    ...section("addons", preset.addons),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

function section(name: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`  ${name}:`, ...lines.map((line) => `    ${line}`), ""];
}

/** Names such as `2026.12`, `on` and `0123` are no text without quotes. */
function quoted(name: string): string {
  return /^[a-z][a-z-]*$/.test(name) && !["true", "false", "null", "yes", "no", "on", "off"].includes(name)
    ? name
    : JSON.stringify(name);
}
