import { AWS_AUDIENCE } from "../../fleet/accounts/federations";
import { githubServer } from "../model/github-server";
import type { Job, ModelCluster, ModelSettings, Pipeline, Variable } from "../model/model";
import { serviceAccountOf } from "../model/names";
import { DEFAULT_IMAGE, imageReference } from "../model/pins";
import { scriptOf } from "../model/script";
import { binaryOf, binaryVariable, setUpLines } from "../model/set-up";
import { prowName, queueOf } from "./names";

/** Time that a job has to end after it is stopped: Terraform finishes what it has begun, and unlocks the state. */
export const GRACE_PERIOD = "10m0s";

/** Labels with which, and without which, Tide merges a pull request. */
export const TIDE = {
  labels: ["approved", "lgtm"],
  missingLabels: [
    "do-not-merge/hold",
    "do-not-merge/invalid-owners-file",
    "do-not-merge/work-in-progress",
    "needs-rebase",
  ],
};

export type Yaml = Readonly<Record<string, unknown>>;

/** A job of Prow is for one item, or for the whole fleet. */
export interface Item {
  readonly cluster?: ModelCluster;
  readonly shard?: number;
}

/** Prow's value of each variable. A batch, in which Tide tests several pull requests, has no number. */
export const VALUES: Readonly<Partial<Record<Variable, string>>> = {
  BASE: "$PULL_BASE_SHA",
  CHANGE: "${PULL_NUMBER:-}",
};

export const TOKEN = { folder: "/var/run/secrets/fleet", file: "token", volume: "fleet-identity" };
export const READ_TOKEN = `$(cat ${TOKEN.folder}/${TOKEN.file})`;

/** Keeps a folder with the log of the job. */
export const keepLine = (folder: string): string => `cp -R ${folder} "$ARTIFACTS"/`;

/** Returns the common part of jobs of every kind: name, place, rules and the pod. */
export function jobBody(
  pipeline: Pipeline,
  job: Job,
  item: Item,
  model: ModelSettings,
  clusters: readonly ModelCluster[],
): Yaml {
  const { cluster, shard } = item;
  const { build_cluster: buildCluster } = model.own.prow ?? {};
  const changes = job.identity === "apply" || job.identity === "destroy";
  return {
    name: prowName(pipeline.name, job.name, cluster?.name ?? shard?.toString()),
    ...(buildCluster !== undefined && { cluster: buildCluster }),
    decorate: true,
    decoration_config: { timeout: `${job.minutes}m0s`, grace_period: GRACE_PERIOD },
    // A pod that is evicted must not be started a second time in the middle of an apply.
    ...(changes && { error_on_eviction: true }),
    ...(job.oneAtATime === "cluster" && cluster && { max_concurrency: 1, job_queue_name: queueOf(cluster.name) }),
    ...(job.oneAtATime === "pipeline" && { max_concurrency: 1 }),
    ...(changes && { rerun_auth_config: { github_team_slugs: teamsOf(model) } }),
    ...reporterOf(job, cluster, model),
    spec: podOf(job, item, model, clusters),
  };
}

/** Returns the people who may restart a job that changes an account: the platform team. */
function teamsOf({ own }: ModelSettings): Yaml[] {
  return own.platform_team.flatMap((approver) => {
    const [, org, slug] = /^@([^/]+)\/(.+)$/.exec(approver) ?? [];
    return slug === undefined ? [] : [{ org, slug }];
  });
}

function reporterOf({ tells }: Job, cluster: ModelCluster | undefined, { own }: ModelSettings): Yaml {
  const channel = (cluster && own.owners?.[cluster.owner]?.slack) ?? own.messages?.slack;
  if (tells.length === 0 || channel === undefined) return {};
  return { reporter_config: { slack: { channel, job_states_to_report: ["failure", "aborted", "error"] } } };
}

function podOf(job: Job, item: Item, settings: ModelSettings, clusters: readonly ModelCluster[]): Yaml {
  const hasIdentity = job.identity !== "none";
  return {
    ...(hasIdentity && { serviceAccountName: serviceAccountOf(job, item.cluster, clusters) }),
    automountServiceAccountToken: false,
    containers: [
      {
        image: imageReference(settings.own.prow?.image ?? DEFAULT_IMAGE),
        command: ["/bin/sh", "-c"],
        args: [scriptFor(job, hasIdentity, settings)],
        env: environmentOf(job, item, settings),
        ...(hasIdentity && { volumeMounts: [{ name: TOKEN.volume, mountPath: TOKEN.folder, readOnly: true }] }),
      },
    ],
    ...(hasIdentity && { volumes: [tokenVolume(job.minutes)] }),
  };
}

export function tokenVolume(minutes: number): Yaml {
  const serviceAccountToken = { audience: AWS_AUDIENCE, expirationSeconds: minutes * 60, path: TOKEN.file };
  return { name: TOKEN.volume, projected: { sources: [{ serviceAccountToken }] } };
}

function scriptFor({ keeps, steps }: Job, hasIdentity: boolean, { own }: ModelSettings): string {
  const used = steps.flatMap(({ variables }) => variables);
  const values = Object.entries(VALUES).filter(([name]) => used.includes(name as Variable));
  return scriptOf(steps, {
    values: {
      ...Object.fromEntries(values),
      ...(hasIdentity && { FLEET_ID_TOKEN: READ_TOKEN }),
    },
    setUp: setUpLines(binaryOf(own)),
    last: keeps === null ? [] : [keepLine(keeps)],
  });
}

function environmentOf({ identity, rights, steps }: Job, { cluster, shard }: Item, settings: ModelSettings): Yaml[] {
  const used = [...new Set(steps.flatMap(({ variables }) => variables))];
  const inputs = used.filter((name) => VALUES[name] === undefined && name !== "SHARD" && name !== "CLUSTER_NAME");
  const tells = steps.some(({ stage }) => stage === "tell");
  return [
    { name: "FLEET_CI_SYSTEM", value: "prow" },
    ...Object.entries(binaryVariable(settings.own)).map(([name, value]) => ({ name, value })),
    { name: "FLEET_REPOSITORY", value: settings.repository },
    { name: "FLEET_API", value: githubServer(settings.own).api },
    ...(identity === "none" ? [] : [{ name: "FLEET_IDENTITY", value: identity }]),
    ...(identity === "none" ? [] : [{ name: "FLEET_AWS", value: "true" }]),
    ...(cluster === undefined ? [] : [{ name: "CLUSTER_NAME", value: withoutReferences(cluster.name) }]),
    ...(shard === undefined ? [] : [{ name: "SHARD", value: String(shard) }]),
    ...inputs.map((name) => ({ name, value: "" })),
    ...(rights.some((right) => right !== "annotations") ? [secret("FLEET_CI_TOKEN", "fleet-ci-token", "token")] : []),
    ...(tells ? MESSAGE_SECRETS.map(([name, key]) => secret(name, "fleet-messages", key)) : []),
  ];
}

export const MESSAGE_SECRETS = [
  ["FLEET_SLACK_TOKEN", "slack-token"],
  ["FLEET_SLACK_WEBHOOK", "slack-webhook"],
  ["FLEET_WEBHOOK_URL", "webhook-url"],
] as const;

export function secret(name: string, of: string, key: string): Yaml {
  return { name, valueFrom: { secretKeyRef: { name: of, key, optional: true } } };
}

/** Returns text in which Kubernetes expands no other variable. */
function withoutReferences(text: string): string {
  return text.replaceAll("$", "$$$$");
}
