import { opentelemetryCollector } from "../../../addons/observability/opentelemetry-collector";
import { spreadOverZones } from "../../../addons/parts/pods";
import { contextOf, findingsOf, permissionsOf, valuesOf } from "../support/context";

const processors = ["memory_limiter", "batch"];

test("runs on every node and sends to Tempo, without other parts of the chart", () => {
  expect(valuesOf(opentelemetryCollector)).toMatchObject({
    mode: "daemonset",
    replicaCount: 1,
    alternateConfig: {
      receivers: {
        otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" }, http: { endpoint: "0.0.0.0:4318" } } },
      },
      extensions: { health_check: { endpoint: "0.0.0.0:13133" } },
      exporters: { "otlp_grpc/tempo": { endpoint: "tempo.tempo.svc:4317", tls: { insecure: true } } },
      service: {
        pipelines: {
          traces: { receivers: ["otlp"], processors, exporters: ["otlp_grpc/tempo"] },
        },
      },
    },
    ports: { otlp: { hostPort: 0 }, "otlp-http": { hostPort: 0 }, zipkin: { enabled: false } },
    podDisruptionBudget: { enabled: false },
    tolerations: [{ operator: "Exists" }],
  });
  expect(valuesOf(opentelemetryCollector)).not.toHaveProperty("topologySpreadConstraints"); // one a node
  const text = JSON.stringify(valuesOf(opentelemetryCollector)["alternateConfig"]);
  expect(text).not.toMatch(/"(?:metrics|logs)":\{"receivers"|\$\{/); // no pipeline without an exporter
  expect(permissionsOf(opentelemetryCollector)).toEqual([]);
});

test("runs as a Deployment and sends to X-Ray, Prometheus and Loki", () => {
  const given = { mode: "deployment" as const, traces: ["xray" as const], metrics: true, logs: true };

  expect(valuesOf(opentelemetryCollector, contextOf(), given)).toMatchObject({
    mode: "deployment",
    replicaCount: 2,
    alternateConfig: {
      exporters: {
        awsxray: { region: "eu-west-1" },
        prometheus: { endpoint: "0.0.0.0:8889" },
        "otlp_http/loki": { endpoint: "http://loki-gateway.loki.svc/otlp" },
      },
      service: {
        pipelines: {
          traces: { exporters: ["awsxray"] },
          metrics: { exporters: ["prometheus"] },
          logs: { exporters: ["otlp_http/loki"] },
        },
      },
    },
    podMonitor: {
      metricsEndpoints: [
        { port: "metrics" },
        {
          port: "metrics",
          honorLabels: true,
          relabelings: [
            {
              sourceLabels: ["__address__"],
              regex: "(.+):8888",
              targetLabel: "__address__",
              replacement: "$1:8889",
            },
          ],
        },
      ],
    },
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/instance": "opentelemetry-collector" }),
  });
  expect(permissionsOf(opentelemetryCollector, contextOf(), given)[0]).toEqual({
    sid: "WriteTraces",
    actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
    resources: ["*"],
    condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
  });
  expect(opentelemetryCollector.aws_services?.({ ...given, logs: false })).toEqual(["xray"]);
});

test("refuses data without a destination", () => {
  expect(findingsOf(opentelemetryCollector, { metrics: true, logs: true })).toEqual([
    "options.traces: requires tempo. Set tempo_enabled: true",
    "options.metrics: requires kube_prometheus_stack. Set kube_prometheus_stack_enabled: true",
    "options.logs: requires loki. Set loki_enabled: true",
  ]);
  expect(findingsOf(opentelemetryCollector, { traces: [] })).toEqual([
    "options.traces: has no destination. Set traces, metrics or logs",
  ]);
  expect(findingsOf(opentelemetryCollector, {}, contextOf({ enabled: ["tempo"] }))).toEqual([]);
});

test.each([
  ["metrics with Prometheus", { traces: [], metrics: true }, ["kube_prometheus_stack"]],
  ["logs with Loki", { traces: [], logs: true }, ["loki"]],
])("accepts %s as the only destination", (_, options, enabled) => {
  expect(findingsOf(opentelemetryCollector, options, contextOf({ enabled }))).toEqual([]);
});

test("may send traces to X-Ray only if X-Ray is a destination", () => {
  expect(permissionsOf(opentelemetryCollector, contextOf(), { traces: ["tempo"] })).toEqual([]);
});
