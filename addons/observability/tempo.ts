import { z } from "zod";
import { defineHelmAddon } from "../contract/addon";
import { bucketOf, createdBucketName, existingBucket } from "../parts/bucket";
import { monitored } from "../parts/monitoring";
import { RESTRICTED_CONTAINER, resources, SYSTEM_TOLERATIONS } from "../parts/pods";
import { STORAGE_CLASS } from "../parts/storage-class";
import { ANOTHER_SIZE } from "../parts/volumes";
import { s3Endpoint } from "./long-term-metrics";

const options = z.strictObject({
  retention_days: z.int().min(1).nullable().describe("Days that traces are kept. null uses the service level's."),
  bucket: existingBucket.describe("Existing bucket. null creates a bucket."),
  volume_gib: z
    .int()
    .min(1)
    .describe(
      `Size of the volume, in GiB, for data that is not in S3 yet. Used if the cluster has volumes.${ANOTHER_SIZE}`,
    ),
});

/** Traces in S3. */
export const tempo = defineHelmAddon({
  name: "tempo",
  summary: "Traces in S3, received by OTLP and shown in Grafana",
  namespace: "tempo",
  pod_security: "restricted",
  release_notes: {
    "https://grafana-community.github.io/helm-charts/tempo":
      "https://github.com/grafana-community/helm-charts/releases/tag/tempo-", // 2.4.0
  },
  requires: [],
  after: ["coredns", "aws_ebs_csi_driver", "cluster_autoscaler", "kube_prometheus_stack"],
  conflicts_with: [],
  served_ports: [3200, 4317, 4318],
  loses_without_volume: () => "traces that are not in S3 yet",
  wait: false,
  options,
  service_account: "tempo",
  bucket: (_context, { bucket }) => bucketOf(bucket, null), // Tempo deletes what is too old

  values: (context, { bucket, retention_days, volume_gib }) => ({
    replicas: 1, // this chart runs one process: a second one would not have the first one's traces
    tempo: {
      retention: `${(retention_days ?? context.service_level.traces_retention_days) * 24}h`,
      reportingEnabled: false,
      ...(context.ipv6_pods && { ingester: { lifecycler: { enable_inet6: true } } }),
      // The chart's 1024 are for larger ones: Go would collect nothing before it has as much again, and the limit is 1Gi.
      memBallastSizeMbs: 128,
      storage: {
        trace: {
          backend: "s3",
          s3: {
            bucket: bucket?.name ?? createdBucketName(context, "tempo"),
            endpoint: s3Endpoint(context),
            region: context.region,
          },
        },
      },
      securityContext: { ...RESTRICTED_CONTAINER, seccompProfile: { type: "RuntimeDefault" } },
      resources: resources("200m", "1Gi"),
    },
    serviceAccount: { name: "tempo" },
    persistence: context.volumes
      ? { enabled: true, size: `${volume_gib}Gi`, storageClassName: STORAGE_CLASS }
      : { enabled: false },
    tolerations: SYSTEM_TOLERATIONS,
    serviceMonitor: { enabled: monitored(context) },
  }),
});
