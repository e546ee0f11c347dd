import type { Config } from "./config";
import { byDefault, type Translation } from "./translation";

/** The version that a cluster of the read eksctl version has if its file names none. */
const DEFAULT_VERSION = "1.34";

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

const NO_SETTING = "the pinned version of Terraform's AWS provider has no such setting";

/** Translates what is about the control plane. */
export function translateCluster(translation: Translation): void {
  const { config, draft } = translation;
  const cluster = draft.section("cluster");
  const metadata = config.at("metadata");
  draft.section("common").set("tags", metadata.at("tags").map());
  metadata.at("annotations").skip("eksctl ignores annotations");
  metadata.at("rollbackConfig").leave(NO_SETTING);
  version(translation);
  cluster.set("force_update_version", metadata.at("forceUpdateVersion").flag());

  byDefault(cluster, "upgrade_policy", config.at("upgradePolicy", "supportType").text(), "EXTENDED");
  cluster.set("zonal_shift", config.at("zonalShiftConfig", "enabled").flag());
  cluster.set("control_plane_scaling_tier", config.at("controlPlaneScalingConfig", "tier").text());
  cluster.set("deletion_protection", false, "eksctl's default; recommended: true");
  encryption(config.at("secretsEncryption", "keyARN").text(), translation);
  logging(config.at("cloudWatch", "clusterLogging"), translation);
  autoMode(config.at("autoModeConfig"), translation);
  for (const key of ["kubeAPIServerConfig", "kubeControllerManagerConfig", "kubeSchedulerConfig"])
    config.at(key).leave(NO_SETTING);
  config.at("gitops").leave("Flux needs a repository and its credentials: set the addon flux, with options.git");
}

function version({ config, draft, note }: Translation): void {
  const written = config.at("metadata", "version").text();
  const isNamed = written !== undefined && !["auto", "latest"].includes(written);
  const kubernetes = isNamed ? written : DEFAULT_VERSION;
  draft
    .section("cluster")
    .set("kubernetes_version", kubernetes, isNamed ? undefined : "eksctl's default; use the version that runs");
  if (!isNamed)
    note(
      `The file names no Kubernetes version, and eksctl's default is ${DEFAULT_VERSION}. Set the version that runs.`,
    );
}

function encryption(keyArn: string | undefined, { draft }: Translation): void {
  const cluster = draft.section("cluster");
  if (keyArn === undefined) cluster.set("kms.enabled", false, "eksctl's default: only the key of AWS encrypts secrets");
  else cluster.set("kms.key_arn", keyArn);
}

function logging(config: Config, { draft }: Translation): void {
  const cluster = draft.section("cluster");
  const types = config.at("enableTypes").texts();
  const isEvery = types?.some((type) => type === "*" || type === "all") === true;
  byDefault(cluster, "enabled_cluster_log_types", isEvery ? [...LOG_TYPES] : types, []);
  const days = config.at("logRetentionInDays").number();
  const written = isEvery || (types ?? []).length > 0;
  if (written) byDefault(cluster, "cluster_log_retention_days", days, 0, "eksctl's default: logs never expire");
  else config.at("logRetentionInDays").skip("no logs are written");
}

function autoMode(config: Config, { boundaries, draft }: Translation): void {
  const cluster = draft.section("cluster");
  cluster.set("auto_mode.enabled", config.at("enabled").flag());
  cluster.set("auto_mode.node_pools", config.at("nodePools").texts());
  config.at("nodeRoleARN").leave("the program creates the role of Auto Mode's nodes");
  boundaries.push(config.at("permissionsBoundaryARN"));
}
