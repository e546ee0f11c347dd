import type { PolicyStatement } from "../../language/words/iam";
import { defineHelmAddon, type Values } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { type AddonRule, reportOption } from "../contract/rule";
import { bucketOf } from "../parts/bucket";
import { namespaceFindings } from "../parts/log-namespaces";
import { alertRules, monitored } from "../parts/monitoring";
import { EVERY_LINUX_NODE, resources, SYSTEM_TOLERATIONS } from "../parts/pods";
import { inputs, logGroup, outputs, section, serviceOfEvents, serviceOnNodes } from "./fluent-bit-config";
import { type Destination, type FluentBitOptions, options } from "./fluent-bit-options";

function permissions(context: AddonContext, given: FluentBitOptions): readonly PolicyStatement[] {
  const { account_id, partition, region } = context;
  const group = `arn:${partition}:logs:${region}:${account_id}:log-group:${logGroup(context)}`;
  const cloudwatch: PolicyStatement = {
    sid: "WriteLogs",
    actions: [
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
      "logs:PutRetentionPolicy",
    ],
    resources: [group, `${group}:*`],
  };
  return [
    ...(given.destinations.includes("cloudwatch") ? [cloudwatch] : []),
    ...(given.destinations.includes("opensearch") && given.opensearch !== null
      ? [
          {
            sid: "WriteDocuments",
            actions: ["es:ESHttpPost", "es:ESHttpPut"],
            resources: [`arn:${partition}:es:${region}:${account_id}:domain/${given.opensearch.domain}/*`],
          },
        ]
      : []),
  ];
}

/** Keys that only one destination reads. */
const OF_DESTINATION = {
  opensearch: "opensearch",
  cloudwatch_retention_days: "cloudwatch",
  bucket: "s3",
  s3_retention_days: "s3",
} as const satisfies Partial<Record<keyof FluentBitOptions, Destination>>;

const RULES: readonly AddonRule<FluentBitOptions>[] = [
  ({ enabled }, { destinations }) =>
    reportOption(
      destinations.includes("loki") && !enabled.loki,
      "destinations",
      "loki requires the addon loki. Set loki_enabled: true",
    ),
  (_, { destinations, opensearch }) =>
    reportOption(
      destinations.includes("opensearch") && opensearch === null,
      "opensearch",
      "is required, because destinations contains opensearch",
    ),
  ...(Object.keys(OF_DESTINATION) as (keyof typeof OF_DESTINATION)[]).map(
    (key): AddonRule<FluentBitOptions> =>
      (_, given) =>
        reportOption(
          given[key] !== null && !given.destinations.includes(OF_DESTINATION[key]),
          key,
          `has no effect because destinations does not contain ${OF_DESTINATION[key]}. Remove it, or add ${OF_DESTINATION[key]}`,
        ),
  ),
  namespaceFindings,
];

function common(context: AddonContext): Values {
  return {
    testFramework: { enabled: false }, // its image is `latest`
    serviceMonitor: { enabled: monitored(context) },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
  };
}

/** Sends what pods print to AWS, or to Loki. */
export const fluentBit = defineHelmAddon({
  name: "fluent_bit",
  summary: "Sends the logs of pods, and the cluster's events, to CloudWatch, OpenSearch, S3 or Loki",
  namespace: "fluent-bit",
  daemon_pods: () => 1,
  pod_security: "privileged", // it reads the host's /var/log
  release_notes: {
    "https://fluent.github.io/helm-charts/fluent-bit": "https://github.com/fluent/helm-charts/releases/tag/fluent-bit-", // 0.58.2
  },
  requires: [],
  after: ["coredns", "kube_prometheus_stack", "loki"],
  conflicts_with: ["alloy"],
  served_ports: [],
  wait: false,
  options,
  service_account: "fluent-bit",
  aws_services: ({ destinations }) => (destinations.includes("cloudwatch") ? ["logs"] : []),
  permissions,
  bucket: ({ service_level }, { bucket, destinations, s3_retention_days }) =>
    destinations.includes("s3") ? bucketOf(bucket, s3_retention_days ?? service_level.logs_retention_days) : undefined,
  checks: RULES,

  values: (context, given) => ({
    ...common(context),
    serviceAccount: { name: "fluent-bit" },
    config: {
      service: serviceOnNodes(context),
      inputs: inputs(given),
      filters: section("FILTER", {
        Name: "kubernetes",
        Match: "kube.*",
        Merge_Log: "On",
        Keep_Log: "Off",
        "K8S-Logging.Parser": "On",
        "K8S-Logging.Exclude": "On", // a pod's annotation fluentbit.io/exclude: "true" keeps its logs out
        Annotations: "Off",
        Buffer_Size: 0, // a pod with many labels does not fit into the default
      }),
      outputs: outputs(context, given, true),
    },
    // Only what EKS's nodes have: the chart's list is for Docker too.
    daemonSetVolumes: [{ name: "varlog", hostPath: { path: "/var/log" } }],
    daemonSetVolumeMounts: [{ name: "varlog", mountPath: "/var/log" }],
    dashboards: { enabled: monitored(context) },
    priorityClassName: "system-node-critical", // without it a full node is a node whose logs are lost
    ...EVERY_LINUX_NODE,
    resources: resources("50m", "256Mi"),
  }),
  manifests: (context) =>
    alertRules(context, "fluent-bit", "fluent-bit", [
      {
        name: "FluentBitDropsLogs",
        when: "sum by (pod, name) (rate(fluentbit_output_dropped_records_total[5m])) > 0 or sum by (pod, name) (rate(fluentbit_output_retries_failed_total[5m])) > 0",
        during: "15m",
        summary: "{{ $labels.pod }} loses logs for the output {{ $labels.name }}",
      },
    ]),

  further_charts: [
    {
      chart: "fluent_bit_events",
      order: "after",
      included: (_context, { kubernetes_events }) => kubernetes_events,
      values: (context, given) => ({
        ...common(context),
        fullnameOverride: "fluent-bit-events",
        kind: "Deployment",
        replicaCount: 1, // two would send each event twice
        // The same service account, because the role is bound to it.
        serviceAccount: { create: false, name: "fluent-bit" },
        rbac: { eventsAccess: true },
        config: {
          ...serviceOfEvents(context),
          inputs: section("INPUT", {
            Name: "kubernetes_events",
            Tag: "events",
            kube_url: "https://kubernetes.default.svc",
            Interval_Sec: 10,
            Mem_Buf_Limit: "20MB",
          }),
          filters: "",
          outputs: outputs(context, given, false),
        },
        tolerations: SYSTEM_TOLERATIONS,
        resources: resources("20m", "128Mi"),
      }),
    },
  ],
});
