import { amazonCloudwatchObservability } from "../../../addons/observability/amazon-cloudwatch-observability";
import { contextOf, findingsOf, optionsOf, permissionsOf, valuesOf } from "../support/context";

const insights = "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/containerinsights/demo/*";
const writeLogs = (resources: readonly string[]) => ({
  sid: "WriteLogs",
  actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
  resources,
});

test("may write its own metrics, and the logs of its cluster", () => {
  expect(permissionsOf(amazonCloudwatchObservability)).toEqual([
    { sid: "Read", actions: ["ec2:DescribeTags", "ec2:DescribeVolumes", "logs:DescribeLogGroups"], resources: ["*"] },
    {
      sid: "WriteMetrics",
      actions: ["cloudwatch:PutMetricData"],
      resources: ["*"],
      condition: {
        StringEquals: {
          "cloudwatch:namespace": [
            "ApplicationSignals",
            "CWAgent",
            "ContainerInsights",
            "ContainerInsights/Prometheus",
          ],
        },
      },
    },
    writeLogs([insights]),
  ]);
});

test("may write traces if the option is on, as an agent of its cluster", () => {
  const [, , logs, traces, sampling] = permissionsOf(amazonCloudwatchObservability, contextOf(), {
    application_signals: true,
  });

  expect(logs).toEqual(
    writeLogs([insights, "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/application-signals/data:*"]),
  );
  expect(traces).toEqual({
    sid: "WriteTraces",
    actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
    resources: ["*"],
    condition: { StringEquals: { "aws:PrincipalTag/eks-cluster-name": "demo" } },
  });
  expect(sampling?.sid).toBe("ReadSampling");
});

test.each([
  [
    {},
    {
      agent: {
        config: {
          agent: { region: "eu-west-1" },
          logs: { metrics_collected: { kubernetes: { enhanced_container_insights: true } } },
        },
      },
      containerLogs: { enabled: false },
      manager: { applicationSignals: { autoMonitor: { monitorAllServices: false } } },
    },
  ],
  [
    { enhanced_container_insights: false, container_logs: true, application_signals: true },
    {
      agent: {
        config: {
          agent: { region: "eu-west-1" },
          logs: {
            metrics_collected: { kubernetes: { enhanced_container_insights: false }, application_signals: {} },
          },
          traces: { traces_collected: { application_signals: {} } },
        },
      },
      containerLogs: { enabled: true },
      manager: { applicationSignals: { autoMonitor: { monitorAllServices: true } } },
    },
  ],
])("with %p it has these values", (given, values) => {
  expect(valuesOf(amazonCloudwatchObservability, contextOf(), given)).toEqual(values);
});

test.each([
  [false, ["logs", "monitoring"]],
  [true, ["logs", "monitoring", "xray"]],
])("with application_signals: %p it calls %p", (application_signals, services) => {
  expect(
    amazonCloudwatchObservability.aws_services?.(optionsOf(amazonCloudwatchObservability, { application_signals })),
  ).toEqual(services);
});

test("a second addon that collects logs is reported", () => {
  const beside = contextOf({ enabled: ["amazon_cloudwatch_observability", "fluent_bit"] });

  expect(findingsOf(amazonCloudwatchObservability, {}, beside)).toEqual([]);
  expect(findingsOf(amazonCloudwatchObservability, { container_logs: true })).toEqual([]);
  expect(findingsOf(amazonCloudwatchObservability, { container_logs: true }, beside)).toEqual([
    "options.container_logs: collects the same logs as fluent_bit, so each line may be billed twice. Disable one of them",
  ]);
});
