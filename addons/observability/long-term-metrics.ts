import { z } from "zod";
import { given } from "../../language/given";
import { prometheusWorkspaceId, regionName } from "../../language/words/aws-ids";
import type { PolicyStatement } from "../../language/words/iam";
import { httpAddress } from "../../language/words/network";
import { plainText } from "../../language/words/text";
import type { Values } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { type AddonFinding, type AddonRule, reportItems, reportKey, reportOption } from "../contract/rule";
import { createdBucketName, existingBucket } from "../parts/bucket";
import { secretKey } from "../parts/secret-reference";

export const thanos = z.strictObject({
  enabled: z
    .boolean()
    .describe(
      "Uploads metrics to S3 every 2 hours, with a sidecar of Prometheus. Read them with your own Thanos query.",
    ),
  bucket: existingBucket.describe("Existing bucket, such as a bucket for all clusters. null creates a bucket."),
  expire_days: z
    .int()
    .min(1)
    .nullable()
    .describe(
      "Days after which blocks in the cluster's own bucket are deleted. null keeps them until a Thanos compactor deletes them.",
    ),
  query_url: httpAddress
    .nullable()
    .describe("Address of the Thanos query that reads the bucket, as a data source of Grafana; null for none."),
});

export const remoteWrite = z.strictObject({
  name: plainText.describe("Name of the target, unique in the list. Layers merge targets by name."),
  url: httpAddress.optional().describe("Address for Prometheus remote write. Excludes amp_workspace_id."),
  amp_workspace_id: prometheusWorkspaceId
    .optional()
    .describe(
      "Workspace of Amazon Managed Service for Prometheus, in the cluster's account. The role of Prometheus signs requests.",
    ),
  amp_region: regionName.optional().describe("Region of the workspace. Default: the cluster's."),
  basic_auth: z
    .strictObject({
      username: secretKey.describe("Holds the name."),
      password: secretKey.describe("Secret that contains the password. It may be the same Secret."),
    })
    .optional()
    .describe("Login with user name and password, from Secrets in the namespace monitoring."),
  bearer_token: secretKey.optional().describe("Login with a token, from a Secret in the namespace monitoring."),
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9-]+$/, "must be the name of a header"), plainText)
    .optional()
    .describe("Further headers, such as X-Scope-OrgID. They must not contain a secret."),
  keep_metrics: plainText.optional().describe("Regular expression of the metrics to send. Default: all."),
  max_shards: z.int().min(1).optional().describe("Maximum number of connections. Default: 50, as in Prometheus."),
  max_samples_per_send: z
    .int()
    .min(1)
    .optional()
    .describe("Maximum number of samples in a request. Default: 2000, as in Prometheus."),
  capacity: z
    .int()
    .min(1)
    .optional()
    .describe("Maximum number of samples that wait for each connection. Default: 10000, as in Prometheus."),
});

type RemoteWrite = z.output<typeof remoteWrite>;
type Thanos = z.output<typeof thanos>;

/** Service account that Pod Identity gives the bucket and the workspaces to. */
export const PROMETHEUS_SERVICE_ACCOUNT = "kube-prometheus-stack-prometheus";

/** The domain of AWS's addresses. */
const suffix = (partition: string) => (partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com");

/** Returns the S3 endpoint, for clients that do not derive it from the region. */
export function s3Endpoint({ partition, region }: AddonContext): string {
  return `s3.${region}.${suffix(partition)}`;
}

/**
 * Thanos's configuration is a Secret by convention: here it contains no credential, because the sidecar uses the role of the pod.
 */
export function thanosSpec(context: AddonContext, { bucket, enabled }: Thanos): Values {
  if (!enabled) return {};
  return {
    thanos: {
      objectStorageConfig: {
        secret: {
          type: "S3",
          config: {
            bucket: bucket?.name ?? createdBucketName(context, "kube_prometheus_stack"),
            endpoint: s3Endpoint(context),
            region: context.region,
            aws_sdk_auth: true, // AWS's own chain of credentials, which supports Pod Identity
          },
        },
      },
      resources: { requests: { cpu: "20m", memory: "128Mi" } }, // no limit: an upload reads whole blocks
    },
  };
}

export function remoteWriteSpec(context: AddonContext, targets: readonly RemoteWrite[]): readonly Values[] {
  return targets.map((target) => ({
    name: target.name,
    url: target.url ?? workspaceUrl(context, target),
    ...(target.amp_workspace_id !== undefined && { sigv4: { region: target.amp_region ?? context.region } }),
    ...given({ basicAuth: target.basic_auth }),
    ...(target.bearer_token !== undefined && { authorization: { credentials: target.bearer_token } }),
    ...given({ headers: target.headers }),
    ...(target.keep_metrics !== undefined && {
      writeRelabelConfigs: [{ sourceLabels: ["__name__"], regex: target.keep_metrics, action: "keep" }],
    }),
    ...queueConfig(target),
  }));
}

function queueConfig({ max_shards, max_samples_per_send, capacity }: RemoteWrite): Values {
  const queue = {
    ...given({ maxShards: max_shards }),
    ...given({ maxSamplesPerSend: max_samples_per_send }),
    ...given({ capacity }),
  };
  return Object.keys(queue).length === 0 ? {} : { queueConfig: queue };
}

function workspaceUrl(
  { partition, region }: AddonContext,
  { amp_region = region, amp_workspace_id }: RemoteWrite,
): string {
  return `https://aps-workspaces.${amp_region}.${suffix(partition)}/workspaces/${amp_workspace_id}/api/v1/remote_write`;
}

/** Writing to the named workspaces, and nothing else. */
export function workspacePermissions(
  { account_id, partition, region }: AddonContext,
  targets: readonly RemoteWrite[],
): readonly PolicyStatement[] {
  const resources = targets.flatMap(({ amp_region = region, amp_workspace_id }) =>
    amp_workspace_id === undefined
      ? []
      : [`arn:${partition}:aps:${amp_region}:${account_id}:workspace/${amp_workspace_id}`],
  );
  return resources.length === 0 ? [] : [{ sid: "WriteToWorkspaces", actions: ["aps:RemoteWrite"], resources }];
}

/** Rules about the bucket of old metrics, and the targets that metrics are written to. */
export const longTermRules: readonly AddonRule<{
  readonly thanos: Thanos;
  readonly remote_write: readonly RemoteWrite[];
}>[] = [
  ...(["bucket", "query_url"] as const).map(
    (key): AddonRule<{ readonly thanos: Thanos }> =>
      (_, { thanos }) =>
        reportOption(
          !thanos.enabled && thanos[key] !== null,
          ["thanos", key],
          "has no effect because thanos.enabled is false. Remove it, or set thanos.enabled: true",
        ),
  ),
  (_, { remote_write }) => reportItems(["options", "remote_write"], remote_write, TARGET),
];

const TARGET: readonly ((target: RemoteWrite) => readonly AddonFinding[])[] = [
  ({ amp_workspace_id, name, url }) =>
    reportKey(
      (amp_workspace_id === undefined) === (url === undefined),
      [],
      `${name} must have either url or amp_workspace_id`,
    ),
  ({ amp_region, amp_workspace_id }) =>
    reportKey(
      amp_workspace_id === undefined && amp_region !== undefined,
      ["amp_region"],
      "has no effect because amp_workspace_id is not set. Remove it",
    ),
  (target) => {
    const logins = (["amp_workspace_id", "basic_auth", "bearer_token"] as const).filter(
      (key) => target[key] !== undefined,
    );
    return reportKey(
      logins.length > 1,
      [],
      `${target.name} has ${logins.join(" and ")}, but Prometheus supports one login. Remove one of them`,
    );
  },
];
