import { loki } from "../../../addons/observability/loki";
import { spreadOverZones } from "../../../addons/parts/pods";
import { messagesIn } from "../../support/definition";
import { contextOf, LEVELS, manifestsOf, monitoredContext, optionsOf, valuesOf } from "../support/context";

const withVolumes = contextOf({ enabled: ["aws_ebs_csi_driver"] });
const tolerations = [{ key: "CriticalAddonsOnly", operator: "Exists" }];
const sized = (cpu: string, memory: string) => ({ requests: { cpu, memory }, limits: { memory } });

test("has three writers in the reference cluster, each with a volume, and no part of other modes", () => {
  expect(valuesOf(loki, withVolumes)).toMatchObject({
    deploymentMode: "Monolithic",
    singleBinary: {
      replicas: 3,
      sidecar: false,
      podDisruptionBudget: { maxUnavailable: 1 },
      persistence: { enabled: true, size: "10Gi", storageClass: "gp3" },
      tolerations,
      resources: sized("500m", "2Gi"),
    },
    write: { replicas: 0 },
    read: { replicas: 0 },
    backend: { replicas: 0 },
    chunksCache: { enabled: true, allocatedMemory: 1024 },
    resultsCache: { enabled: true, allocatedMemory: 256 },
    loki: {
      auth_enabled: false,
      commonConfig: { replication_factor: 3 },
      storage: { type: "s3", bucketNames: { chunks: "demo-loki-111111111111" }, s3: { region: "eu-west-1" } },
      structuredConfig: {
        limits_config: { retention_period: "720h", ingestion_rate_mb: 10, ingestion_burst_size_mb: 20 },
      },
      compactor: { retention_enabled: true, delete_request_store: "s3" },
      schemaConfig: { configs: [{ store: "tsdb", object_store: "s3", schema: "v13" }] },
    },
    serviceAccount: { name: "loki" },
    gateway: {
      replicas: 2,
      affinity: null, // the chart's would leave no place for the next one of an upgrade on a cluster of two nodes
      topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/component": "gateway" }),
      metrics: { resources: sized("10m", "64Mi") },
    },
    memcachedExporter: { resources: sized("10m", "64Mi") },
    ruler: { enabled: false },
    minio: { enabled: false },
    test: { enabled: false },
    lokiCanary: { enabled: false },
  });
});

test("uses its IPv6 address in an IPv6 cluster", () => {
  expect(valuesOf(loki, contextOf({ ipv6_pods: true }))).toMatchObject({
    loki: { structuredConfig: { common: { ring: { instance_enable_ipv6: true } } } },
  });
  expect(JSON.stringify(valuesOf(loki))).not.toContain("ipv6");
});

test("has one writer without caches if the service level has one replica", () => {
  expect(valuesOf(loki, contextOf({ service_level: LEVELS.one }))).toMatchObject({
    singleBinary: { replicas: 1, persistence: { enabled: false } },
    chunksCache: { enabled: false },
    resultsCache: { enabled: false },
    loki: {
      commonConfig: { replication_factor: 1 },
      structuredConfig: { limits_config: { retention_period: "144h" } },
    },
  });
});

test("separates reading from writing", () => {
  expect(valuesOf(loki, withVolumes, { deployment_mode: "simple_scalable", volume_gib: 30 })).toMatchObject({
    deploymentMode: "SimpleScalable",
    singleBinary: { replicas: 0 },
    write: { replicas: 3, persistence: { volumeClaimsEnabled: true, size: "30Gi", storageClass: "gp3" } },
    read: { replicas: 2 },
    backend: { replicas: 2, persistence: { volumeClaimsEnabled: true } },
  });
});

test("keeps logs for the definition's days, in the bucket that it names", () => {
  const bucket = { name: "logs", kms_key_arn: null };

  expect(valuesOf(loki, contextOf(), { retention_days: 2, bucket })).toMatchObject({
    loki: {
      storage: { bucketNames: { chunks: "logs" } },
      structuredConfig: { limits_config: { retention_period: "48h" } },
    },
  });
  expect(loki.bucket?.(contextOf(), optionsOf(loki, { bucket }))).toEqual({ existing: bucket, expire_days: null });
  expect(loki.bucket?.(contextOf(), optionsOf(loki))).toEqual({ existing: null, expire_days: null });
});

test("is scraped if Prometheus is installed", () => {
  const monitoring = (enabled: boolean) => ({
    dashboards: { enabled },
    rules: { enabled, labels: { prometheus: "platform" } },
    serviceMonitor: { enabled },
  });

  expect(valuesOf(loki)["monitoring"]).toEqual(monitoring(false));
  expect(valuesOf(loki, monitoredContext)["monitoring"]).toEqual(monitoring(true));
  expect(manifestsOf(loki)).toEqual([]);
  expect(manifestsOf(loki, monitoredContext).map(({ kind }) => kind)).toEqual(["PrometheusRule"]);
});

test("warns if no addon sends logs to it", () => {
  expect(messagesIn({ addons: "loki_enabled: true" })).toEqual([
    "warning: tfvars.addons.loki_enabled: stores no logs, because nothing sends them. Enable one of alloy, fluent_bit, opentelemetry_collector",
  ]);
  expect(messagesIn({ addons: "loki_enabled: true\nalloy_enabled: true" })).toEqual([]);
});
