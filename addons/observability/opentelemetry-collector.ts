import { z } from "zod";
import { defineHelmAddon, type Values } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { type AddonRule, reportOption } from "../contract/rule";
import { alertRules, monitored } from "../parts/monitoring";
import {
  EVERY_LINUX_NODE,
  RESTRICTED_CONTAINER,
  resources,
  restrictedPod,
  SYSTEM_TOLERATIONS,
  spreadOverZones,
} from "../parts/pods";

const options = z.strictObject({
  mode: z
    .enum(["daemonset", "deployment"])
    .describe("daemonset: a pod on every node, for the pods of this node. deployment: a few pods for the cluster."),
  traces: z
    .array(z.enum(["tempo", "xray"]))
    .describe("Destinations of traces: the addon tempo, AWS X-Ray, or both. Empty for none."),
  metrics: z.boolean().describe("Exposes metrics received by OTLP to the Prometheus of kube_prometheus_stack."),
  logs: z.boolean().describe("Sends logs received by OTLP to the addon loki."),
});

type Options = z.output<typeof options>;

/** Port by which Prometheus fetches what came by OTLP. */
const METRICS_PORT = 8889;

const EXPORTERS = {
  tempo: "otlp_grpc/tempo",
  xray: "awsxray",
  metrics: "prometheus",
  logs: "otlp_http/loki",
} as const;

/** Retries for longer than a restart of the receiver lasts. The data is in memory meanwhile, up to the queue's size. */
const PATIENT = { retry_on_failure: { max_elapsed_time: "30m" } } as const;

/** Metrics of data that exporters lost. Their names end with _total in some versions and not in others. */
const LOST = ["spans", "metric_points", "log_records"]
  .flatMap((kind) => [`send_failed_${kind}`, `enqueue_failed_${kind}`])
  .map((name) => `sum by (exporter) (rate({__name__=~"otelcol_exporter_${name}(_total)?"}[5m])) > 0`)
  .join(" or ");

function exporters({ region }: AddonContext, { traces, metrics, logs }: Options): Values {
  return {
    ...(traces.includes("tempo") && {
      [EXPORTERS.tempo]: { endpoint: "tempo.tempo.svc:4317", tls: { insecure: true }, ...PATIENT },
    }),
    ...(traces.includes("xray") && { [EXPORTERS.xray]: { region } }),
    ...(metrics && {
      [EXPORTERS.metrics]: {
        endpoint: `0.0.0.0:${METRICS_PORT}`,
        resource_to_telemetry_conversion: { enabled: true }, // which pod a metric is of
      },
    }),
    ...(logs && { [EXPORTERS.logs]: { endpoint: "http://loki-gateway.loki.svc/otlp", ...PATIENT } }),
  };
}

/** The collector does not start with a pipeline that has no exporter. */
function pipeline(signal: "traces" | "metrics" | "logs", names: readonly string[]): Values {
  if (names.length === 0) return {};
  return { [signal]: { receivers: ["otlp"], processors: ["memory_limiter", "batch"], exporters: names } };
}

/**
 * The collector's configuration without the part of `presets`. It is not merged with the chart's, which also accepts Jaeger's and
 * Zipkin's formats.
 */
function configuration(context: AddonContext, given: Options): Values {
  return {
    receivers: { otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" }, http: { endpoint: "0.0.0.0:4318" } } } },
    processors: {
      batch: {},
      memory_limiter: { check_interval: "5s", limit_percentage: 80, spike_limit_percentage: 25 },
    },
    exporters: exporters(context, given),
    extensions: { health_check: { endpoint: "0.0.0.0:13133" } },
    service: {
      extensions: ["health_check"],
      telemetry: { metrics: { readers: [{ pull: { exporter: { prometheus: { host: "0.0.0.0", port: 8888 } } } }] } },
      pipelines: {
        ...pipeline(
          "traces",
          given.traces.map((name) => EXPORTERS[name]),
        ),
        ...pipeline("metrics", given.metrics ? [EXPORTERS.metrics] : []),
        ...pipeline("logs", given.logs ? [EXPORTERS.logs] : []),
      },
    },
  };
}

/** Metrics received by OTLP have a separate port, besides the one that the chart declares. */
const OTLP_METRICS = {
  port: "metrics",
  honorLabels: true,
  relabelings: [
    {
      sourceLabels: ["__address__"],
      regex: "(.+):8888",
      targetLabel: "__address__",
      replacement: `$1:${METRICS_PORT}`,
    },
  ],
} as const;

const requiresAddon = (addon: string): string => `requires ${addon}. Set ${addon}_enabled: true`;

const RULES: readonly AddonRule<Options>[] = [
  ({ enabled }, { traces }) =>
    reportOption(traces.includes("tempo") && !enabled.tempo, "traces", requiresAddon("tempo")),
  ({ enabled }, { metrics }) =>
    reportOption(metrics && !enabled.kube_prometheus_stack, "metrics", requiresAddon("kube_prometheus_stack")),
  ({ enabled }, { logs }) => reportOption(logs && !enabled.loki, "logs", requiresAddon("loki")),
  (_, { logs, metrics, traces }) =>
    reportOption(traces.length === 0 && !metrics && !logs, "traces", "has no destination. Set traces, metrics or logs"),
];

/** Receives traces, metrics and logs by OTLP, adds the name of their pod, and forwards them. */
export const opentelemetryCollector = defineHelmAddon({
  name: "opentelemetry_collector",
  summary: "Receives OTLP from applications, and sends traces to Tempo or X-Ray, metrics to Prometheus, logs to Loki",
  namespace: "opentelemetry-collector",
  daemon_pods: ({ mode }) => (mode === "daemonset" ? 1 : 0),
  pod_security: "restricted",
  release_notes: {
    "https://open-telemetry.github.io/opentelemetry-helm-charts/opentelemetry-collector":
      "https://github.com/open-telemetry/opentelemetry-helm-charts/releases/tag/opentelemetry-collector-", // 0.173.1
  },
  requires: [],
  after: ["coredns", "kube_prometheus_stack", "tempo", "loki"],
  conflicts_with: [],
  served_ports: [4317, 4318],
  wait: false,
  options,
  service_account: "opentelemetry-collector",
  aws_services: ({ traces }) => (traces.includes("xray") ? ["xray"] : []),
  permissions: ({ region }, { traces }) =>
    traces.includes("xray")
      ? [
          {
            sid: "WriteTraces", // X-Ray has no resources to which it could be limited
            actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
            resources: ["*"],
            condition: { StringEquals: { "aws:RequestedRegion": region } },
          },
          {
            sid: "ReadSamplingRules",
            actions: ["xray:GetSamplingRules", "xray:GetSamplingStatisticSummaries", "xray:GetSamplingTargets"],
            resources: ["*"],
          },
        ]
      : [],
  checks: RULES,

  values: (context, given) => ({
    fullnameOverride: "opentelemetry-collector",
    mode: given.mode,
    // The only distribution that includes the X-Ray exporter. Docker Hub limits pulls, so it comes from GitHub.
    image: { repository: "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib" },
    command: { name: "otelcol-contrib" },
    replicaCount: given.mode === "deployment" ? context.service_level.replicas : 1,
    presets: { kubernetesAttributes: { enabled: true } },
    alternateConfig: configuration(context, given),
    ports: {
      otlp: { hostPort: 0 }, // none: pods reach it by the service, which stays on the node
      "otlp-http": { hostPort: 0 },
      "jaeger-compact": { enabled: false },
      "jaeger-thrift": { enabled: false },
      "jaeger-grpc": { enabled: false },
      zipkin: { enabled: false },
      metrics: { enabled: true },
    },
    service: { enabled: true },
    serviceAccount: { name: "opentelemetry-collector" },
    podMonitor: {
      enabled: monitored(context),
      metricsEndpoints: [{ port: "metrics" }, ...(given.metrics ? [OTLP_METRICS] : [])],
    },
    podDisruptionBudget: given.mode === "deployment" ? { enabled: true, maxUnavailable: 1 } : { enabled: false },
    podSecurityContext: restrictedPod(10001),
    securityContext: RESTRICTED_CONTAINER,
    ...(given.mode === "daemonset"
      ? { ...EVERY_LINUX_NODE, priorityClassName: "system-node-critical" } // or a full node would lose what its pods send
      : {
          topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/instance": "opentelemetry-collector" }),
          tolerations: SYSTEM_TOLERATIONS,
        }),
    resources: resources("50m", "256Mi"),
  }),
  manifests: (context) =>
    alertRules(context, "opentelemetry-collector", "opentelemetry-collector", [
      {
        name: "CollectorDropsData",
        when: LOST,
        during: "15m",
        summary: "The collector loses what it sends to {{ $labels.exporter }}",
      },
    ]),
});
