import { z } from "zod";
import { valueAt } from "../../language/plain-map";
import { defineHelmAddon, type Values } from "../contract/addon";
import type { AddonContext, AddonSubject } from "../contract/addon-context";
import { type AddonFinding, reportSwitch } from "../contract/rule";
import { bucketOf, createdBucketName, existingBucket } from "../parts/bucket";
import { alertRules, monitored, RULE_LABELS } from "../parts/monitoring";
import { replicated, resources, SYSTEM_TOLERATIONS } from "../parts/pods";
import { STORAGE_CLASS } from "../parts/storage-class";
import { ANOTHER_SIZE } from "../parts/volumes";

const options = z.strictObject({
  deployment_mode: z
    .enum(["monolithic", "simple_scalable"])
    .describe(
      "monolithic: every pod does everything, up to about 50 GB of logs a day. simple_scalable: reading and writing scale separately; upstream will remove it.",
    ),
  retention_days: z.int().min(1).nullable().describe("Days that logs are kept. null uses the service level's."),
  bucket: existingBucket.describe("Existing bucket. null creates a bucket."),
  volume_gib: z
    .int()
    .min(1)
    .describe(
      `Size of each writer's volume, in GiB, for data that is not in S3 yet. Used if the cluster has volumes.${ANOTHER_SIZE}`,
    ),
  ingestion_mib_per_second: z.int().min(1).describe("MiB of logs that Loki accepts each second. It refuses more."),
});

type Options = z.output<typeof options>;

/** Writers agree by majority: one, or three of which one may fail. Two would be worse than one. */
function writers({ replicas }: { readonly replicas: number }): number {
  return replicas === 1 ? 1 : 3;
}

function persistence(
  { volumes }: AddonContext,
  { volume_gib }: Options,
  key: "enabled" | "volumeClaimsEnabled",
): Values {
  if (!volumes) return { [key]: false };
  return { [key]: true, size: `${volume_gib}Gi`, storageClass: STORAGE_CLASS };
}

/** Numbers of pods by kind: the chart starts those of every mode, so those of the other mode are 0. */
function pods(context: AddonContext, given: Options): Values {
  const replicas = writers(context.service_level);
  const common = { tolerations: SYSTEM_TOLERATIONS };
  const none = { replicas: 0 };
  switch (given.deployment_mode) {
    case "monolithic":
      return {
        deploymentMode: "Monolithic",
        singleBinary: {
          ...common,
          replicas,
          sidecar: false, // it loads rules, and Prometheus has ours
          podDisruptionBudget: { maxUnavailable: 1 },
          persistence: persistence(context, given, "enabled"),
          resources: resources("500m", "2Gi"),
        },
        write: none,
        read: none,
        backend: none,
      };
    case "simple_scalable":
      return {
        deploymentMode: "SimpleScalable",
        singleBinary: none,
        write: {
          ...common,
          replicas,
          persistence: persistence(context, given, "volumeClaimsEnabled"),
          resources: resources("300m", "2Gi"),
        },
        read: { ...common, replicas: context.service_level.replicas, resources: resources("300m", "2Gi") },
        backend: {
          ...common,
          replicas: context.service_level.replicas,
          persistence: persistence(context, given, "volumeClaimsEnabled"),
          resources: resources("200m", "1Gi"),
        },
      };
    default:
      return given.deployment_mode satisfies never;
  }
}

/** The chart's own sizes are for a large installation: 10 GiB of memory for the cache alone. */
function caches({ service_level }: AddonContext): Values {
  const enabled = service_level.replicas > 1;
  const common = { enabled, tolerations: SYSTEM_TOLERATIONS, writebackSizeLimit: "10MB" };
  return {
    chunksCache: { ...common, allocatedMemory: 1024 },
    resultsCache: { ...common, allocatedMemory: 256 },
    memcachedExporter: { resources: resources("10m", "64Mi") },
  };
}

/** The chart requests 1.2 times the MiB of a memcached, and half a core (chart 18.11.0). */
function memcached(mib: unknown): { readonly cpu: number; readonly memory_mib: number } {
  return { cpu: 500, memory_mib: Math.floor(Number(mib) * 1.2) };
}

/** Addons that can send logs to it. */
const COLLECTORS = ["alloy", "fluent_bit", "opentelemetry_collector"] as const;

const needsCollector = ({ enabled }: AddonSubject): readonly AddonFinding[] =>
  reportSwitch(
    !COLLECTORS.some((each) => enabled[each]),
    `stores no logs, because nothing sends them. Enable one of ${COLLECTORS.join(", ")}`,
    "warning",
  );

/** Logs in S3, found by labels. */
export const loki = defineHelmAddon({
  name: "loki",
  summary: "Logs of all pods in S3, to search in Grafana",
  namespace: "loki",
  pod_security: "restricted",
  release_notes: {
    "https://grafana-community.github.io/helm-charts/loki":
      "https://github.com/grafana-community/helm-charts/releases/tag/loki-", // 18.13.5
  },
  requires: [],
  after: ["coredns", "aws_ebs_csi_driver", "cluster_autoscaler", "kube_prometheus_stack"],
  conflicts_with: [],
  workloads: [
    ...["singleBinary", "write", "backend"].map((part) => ({
      containers: [`${part}.resources`],
      pods: `${part}.replicas`,
      volume: `${part}.persistence.size`,
    })),
    { containers: ["read.resources"], pods: "read.replicas" },
    { containers: ["gateway.resources", "gateway.metrics.resources"], pods: "gateway.replicas" },
    ...["chunksCache", "resultsCache"].map((cache) => ({
      containers: ["memcachedExporter.resources"],
      if: `${cache}.enabled`,
      computed: (values: Values) => memcached(valueAt(values, cache, "allocatedMemory")),
    })),
  ],
  spread_over: (replicas) => writers({ replicas }), // the chart's own rule for all parts
  served_ports: [3100, 8080], // itself, and its gateway
  loses_without_volume: () => "logs that are not in S3 yet",
  wait: false,
  options,
  checks: [needsCollector],
  service_account: "loki",
  // Loki deletes what is too old; its index would point at nothing if the bucket did.
  bucket: (_context, { bucket }) => bucketOf(bucket, null),

  values: (context, given) => ({
    ...pods(context, given),
    ...caches(context),
    loki: {
      auth_enabled: false, // one tenant; the gateway is reached from inside the cluster only
      commonConfig: { replication_factor: writers(context.service_level) },
      storage: {
        type: "s3",
        bucketNames: { chunks: given.bucket?.name ?? createdBucketName(context, "loki") },
        s3: { region: context.region },
      },
      // A schema never changes for days that are past: a newer one is added below with a day that is yet to come.
      schemaConfig: {
        configs: [
          {
            from: "2024-04-01",
            store: "tsdb",
            object_store: "s3",
            schema: "v13",
            index: { prefix: "loki_index_", period: "24h" },
          },
        ],
      },
      structuredConfig: {
        ...(context.ipv6_pods && { common: { ring: { instance_enable_ipv6: true } } }),
        limits_config: {
          retention_period: `${(given.retention_days ?? context.service_level.logs_retention_days) * 24}h`,
          ingestion_rate_mb: given.ingestion_mib_per_second,
          ingestion_burst_size_mb: 2 * given.ingestion_mib_per_second,
        },
      },
      compactor: { retention_enabled: true, delete_request_store: "s3" },
      analytics: { reporting_enabled: false },
    },
    serviceAccount: { name: "loki" },
    gateway: {
      ...replicated(context, "replicas", { "app.kubernetes.io/component": "gateway" }, "20m", "64Mi"),
      podDisruptionBudget: { maxUnavailable: 1 },
      verboseLogging: false,
      // The chart forbids two on a node: where each node has one, the next one of an upgrade would have no place.
      affinity: null,
      metrics: { resources: resources("10m", "64Mi") },
    },
    ruler: { enabled: false }, // alerts are Prometheus's
    sidecar: { rules: { enabled: false } },
    minio: { enabled: false },
    lokiCanary: { enabled: false },
    test: { enabled: false }, // its image is `latest`
    monitoring: {
      dashboards: { enabled: monitored(context) },
      rules: { enabled: monitored(context), labels: RULE_LABELS },
      serviceMonitor: { enabled: monitored(context) },
    },
  }),

  manifests: (context) =>
    alertRules(context, "loki", "loki", [
      {
        name: "LokiRequestsFail",
        when: 'sum by (route) (rate(loki_request_duration_seconds_count{status_code=~"5.."}[5m])) / sum by (route) (rate(loki_request_duration_seconds_count[5m])) > 0.1',
        during: "15m",
        summary: "Loki fails {{ $value | humanizePercentage }} of the requests to {{ $labels.route }}",
      },
      {
        name: "LokiDropsLogs",
        when: "sum by (reason) (rate(loki_discarded_samples_total[5m])) > 0",
        during: "15m",
        summary: "Loki refuses logs: {{ $labels.reason }}",
      },
    ]),
});
