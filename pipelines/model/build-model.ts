import type { Cluster, PipelineSettings } from "../../fleet/model/cluster";
import type { ScheduleName } from "../../fleet/schema/pipelines";
import { compareText } from "../../language/problem";
import { DESTROY, deploy } from "./deploy";
import type { ModelCluster, PipelineModel, Trigger } from "./model";
import { comparesFindings, FINDINGS, PULL_REQUEST } from "./review";
import { bump, deadlines, drift, drill, PROMOTE } from "./upkeep";

/** Default schedules, in UTC. */
const DEFAULT_SCHEDULES: Readonly<Record<ScheduleName, string>> = {
  rollout: "*/30 * * * *",
  drift: "0 5 * * 1-5",
  bump: "0 6 * * 1",
  deadlines: "0 7 * * 1-5",
  drill: "0 3 1 * *",
};

const DEFAULT_SHARDS = 8;

/** Facts about clusters besides their definitions. */
export interface Surroundings {
  /** Returns the path of a cluster's definition in the repository. */
  readonly fileOf: (cluster: string) => string;
  readonly isProtected: (tier: string) => boolean;
}

/** Returns the pipelines of a fleet. */
export function buildModel(
  settings: PipelineSettings,
  clusters: readonly Cluster[],
  surroundings: Surroundings,
  system = settings.system,
): PipelineModel {
  const at = (schedule: ScheduleName): Trigger[] => {
    const given = settings.schedules?.[schedule];
    if (given === null) return [];
    const { cron = DEFAULT_SCHEDULES[schedule], time_zone: timeZone = "UTC" } = given ?? {};
    return [{ on: "schedule", schedule, cron, timeZone }];
  };
  return {
    settings: {
      system,
      repository: settings.repository,
      branch: settings.branch ?? "main",
      shards: settings.shards ?? DEFAULT_SHARDS,
      own: settings,
    },
    clusters: clusters
      .map((cluster) => modelCluster(cluster, settings.repository, surroundings))
      .sort((a, b) => compareText(a.name, b.name)),
    pipelines: [
      PULL_REQUEST,
      ...(comparesFindings(settings, system) ? [FINDINGS] : []),
      deploy(at("rollout")),
      drift(at("drift")),
      bump(at("bump")),
      deadlines(at("deadlines")),
      drill(at("drill")),
      PROMOTE,
      DESTROY,
    ],
  };
}

function modelCluster(
  { account, meta, name, slug }: Cluster,
  repository: string,
  { fileOf, isProtected }: Surroundings,
): ModelCluster {
  const github = account.bootstrap?.github?.find((each) => each.repository === repository);
  return {
    name,
    slug,
    owner: meta.OWNER,
    account: account.name,
    accountId: account.id,
    tier: meta.TIER,
    file: fileOf(name),
    protected: isProtected(meta.TIER),
    model: meta.RELEASE_MODEL,
    environments: {
      apply: github?.environments?.apply ?? null,
      destroy: github?.environments?.destroy ?? null,
    },
    ownIssuer: github?.issuer !== undefined,
    serviceAccounts: account.bootstrap?.prow?.[0]?.service_accounts,
    approval: account.pipelines?.approval ?? true,
    runner: account.pipelines?.runner,
  };
}
