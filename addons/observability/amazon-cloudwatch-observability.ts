import { z } from "zod";
import type { PolicyStatement } from "../../language/words/iam";
import { defineEksAddon } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";

const options = z.strictObject({
  enhanced_container_insights: z
    .boolean()
    .describe("Metrics of each pod, container and the control plane; CloudWatch bills each of them."),
  container_logs: z
    .boolean()
    .describe(
      "Sends the logs of all containers and nodes to CloudWatch. Their log groups never expire unless you set a retention.",
    ),
  application_signals: z
    .boolean()
    .describe("Instruments Java, Python, .NET and Node.js pods as they start, and sends their metrics and traces."),
});

type Options = z.output<typeof options>;

/** Namespaces of metrics that the agent writes. */
const NAMESPACES = ["ApplicationSignals", "CWAgent", "ContainerInsights", "ContainerInsights/Prometheus"] as const;

/** AWS's CloudWatchAgentServerPolicy and AWSXrayWriteOnlyAccess, narrowed to what this agent writes. */
function permissions(
  { account_id, cluster_name, partition, region }: AddonContext,
  { application_signals }: Options,
): readonly PolicyStatement[] {
  const group = (name: string) => `arn:${partition}:logs:${region}:${account_id}:log-group:${name}`;
  const groups = [
    group(`/aws/containerinsights/${cluster_name}/*`),
    ...(application_signals ? [group("/aws/application-signals/data:*")] : []),
  ];
  return [
    { sid: "Read", actions: ["ec2:DescribeTags", "ec2:DescribeVolumes", "logs:DescribeLogGroups"], resources: ["*"] },
    {
      sid: "WriteMetrics", // a metric has no ARN
      actions: ["cloudwatch:PutMetricData"],
      resources: ["*"],
      condition: { StringEquals: { "cloudwatch:namespace": NAMESPACES } },
    },
    {
      sid: "WriteLogs",
      actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: groups,
    },
    ...(application_signals
      ? [
          {
            sid: "WriteTraces", // traces have no ARN; Pod Identity tags the agent's session with its cluster
            actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
            resources: ["*"],
            condition: { StringEquals: { "aws:PrincipalTag/eks-cluster-name": cluster_name } },
          },
          {
            sid: "ReadSampling",
            actions: ["xray:GetSamplingRules", "xray:GetSamplingStatisticSummaries", "xray:GetSamplingTargets"],
            resources: ["*"],
          },
        ]
      : []),
  ];
}

/** Container Insights: metrics of the cluster in CloudWatch, for teams that keep theirs there. */
export const amazonCloudwatchObservability = defineEksAddon({
  name: "amazon_cloudwatch_observability",
  eks_name: "amazon-cloudwatch-observability",
  summary: "CloudWatch Container Insights, and optionally Application Signals",
  namespace: "amazon-cloudwatch", // the add-on makes it, without labels: that is privileged
  daemon_pods: ({ container_logs }) => (container_logs ? 2 : 1), // the agent, and Fluent Bit
  pod_security: "privileged",
  requires: [],
  after: ["coredns"],
  needs_nodes: "runs an agent on every node",
  conflicts_with: [],
  served_ports: "any", // receivers and webhooks of an operator that chooses their ports
  options,
  service_account: "cloudwatch-agent",
  aws_services: ({ application_signals }) => [
    "logs",
    "monitoring",
    ...(application_signals ? (["xray"] as const) : []),
  ],
  permissions,
  checks: [
    ({ enabled }, { container_logs }) =>
      container_logs && enabled.fluent_bit
        ? [
            {
              path: ["options", "container_logs"],
              message: "collects the same logs as fluent_bit, so each line may be billed twice. Disable one of them",
              severity: "warning",
            },
          ]
        : [],
  ],
  // Keys of the chart amazon-cloudwatch-observability 6.4.0, whose defaults put the agents on every node.
  values: ({ region }, { application_signals, container_logs, enhanced_container_insights }) => ({
    agent: {
      config: {
        agent: { region },
        logs: {
          metrics_collected: {
            kubernetes: { enhanced_container_insights },
            ...(application_signals && { application_signals: {} }),
          },
        },
        ...(application_signals && { traces: { traces_collected: { application_signals: {} } } }),
      },
    },
    containerLogs: { enabled: container_logs },
    // On by default in most regions: it restarts nothing, but changes every pod that starts.
    manager: { applicationSignals: { autoMonitor: { monitorAllServices: application_signals } } },
  }),
});
