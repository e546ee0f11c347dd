import { z } from "zod";
import {
  type AddonContext,
  type AddonFinding,
  type AddonSubject,
  defineHelmAddon,
  type PolicyStatement,
  type Values,
} from "./addon";
import { plainText } from "./addresses";
import { domainName } from "./aws-words";
import { bucketOf, existingBucket } from "./existing-bucket";
import { logNamespaces, namespaceFindings } from "./log-namespaces";
import { monitored } from "./monitoring";
import { EVERY_NODE, resources, SYSTEM_TOLERATIONS } from "./pods";

/** Log groups of CloudWatch keep for these days only. */
const CLOUDWATCH_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const options = z.strictObject({
  ...logNamespaces,
  destinations: z
    .array(z.enum(["cloudwatch", "loki", "opensearch", "s3"]))
    .min(1)
    .describe("Where logs go: CloudWatch Logs, the addon loki, an OpenSearch domain, a bucket, or several."),
  kubernetes_events: z.boolean().describe("Sends the cluster's events too, by one pod of its own."),
  cloudwatch_retention_days: z
    .literal(CLOUDWATCH_DAYS)
    .nullable()
    .describe("Days that CloudWatch keeps them, of those that it knows; null takes the next of the service level's."),
  opensearch: z
    .strictObject({
      host: domainName.describe("Host of the domain's endpoint, without https://."),
      domain: plainText
        .regex(/^[a-z][a-z0-9-]{2,27}$/, "must be the name of an OpenSearch domain")
        .describe(
          "Name of the domain, in the cluster's account and region: requests are signed with the addon's role.",
        ),
    })
    .nullable()
    .describe("The OpenSearch domain; null for none."),
  bucket: existingBucket.describe("An existing bucket for the destination s3; null makes one."),
  s3_retention_days: z
    .int()
    .min(1)
    .nullable()
    .describe("Days after which logs in a bucket of the cluster's own go; null takes the service level's."),
});

type Options = z.output<typeof options>;
type Destination = Options["destinations"][number];

/** The fewest days of CloudWatch's that are not less than wanted. */
function cloudWatchDays(wanted: number): number {
  return CLOUDWATCH_DAYS.find((days) => days >= wanted) ?? 3653;
}

const logGroup = ({ cluster_name }: AddonContext) => `/aws/eks/${cluster_name}/pods`;

/** A section of Fluent Bit's own configuration. */
function section(name: string, settings: Readonly<Record<string, string | number>>): string {
  return [`[${name}]`, ...Object.entries(settings).map(([key, value]) => `    ${key} ${value}`), ""].join("\n");
}

const files = (namespaces: readonly string[]) =>
  namespaces.map((namespace) => `/var/log/containers/*_${namespace}_*.log`).join(",");

function inputs({ include_namespaces, exclude_namespaces }: Options): string {
  return section("INPUT", {
    Name: "tail",
    Tag: "kube.*",
    Path: include_namespaces.length === 0 ? "/var/log/containers/*.log" : files(include_namespaces),
    ...(exclude_namespaces.length === 0 ? {} : { Exclude_Path: files(exclude_namespaces) }),
    "multiline.parser": "docker, cri",
    DB: "/var/log/fluent-bit.db", // on the node: what was read before a restart is not sent again
    Mem_Buf_Limit: "20MB",
    Skip_Long_Lines: "On",
    Refresh_Interval: 10,
  });
}

function output(destination: Destination, context: AddonContext, given: Options): string {
  const { cluster_name, region, service_level } = context;
  switch (destination) {
    case "cloudwatch":
      return section("OUTPUT", {
        Name: "cloudwatch_logs",
        Match: "*",
        region,
        log_group_name: logGroup(context),
        log_stream_prefix: "from-",
        auto_create_group: "On",
        log_retention_days: given.cloudwatch_retention_days ?? cloudWatchDays(service_level.logs_retention_days),
        Retry_Limit: 5,
      });
    case "loki":
      return section("OUTPUT", {
        Name: "loki",
        Match: "*",
        Host: "loki-gateway.loki.svc",
        Port: 80,
        Labels: `job=fluent-bit, cluster=${cluster_name}`,
        Label_Keys: "$kubernetes['namespace_name'],$kubernetes['pod_name'],$kubernetes['container_name']",
        Line_Format: "json",
        Retry_Limit: 5,
      });
    case "opensearch":
      return section("OUTPUT", {
        Name: "opensearch",
        Match: "*",
        Host: given.opensearch?.host ?? "",
        Port: 443,
        tls: "On",
        AWS_Auth: "On",
        AWS_Region: region,
        Logstash_Format: "On",
        Logstash_Prefix: cluster_name,
        Suppress_Type_Name: "On",
        Replace_Dots: "On", // labels such as app.kubernetes.io/name would be objects in an object
        Retry_Limit: 5,
      });
    case "s3":
      return section("OUTPUT", {
        Name: "s3",
        Match: "*",
        region,
        bucket: given.bucket?.name ?? context.bucket_name("fluent_bit"),
        s3_key_format: `/${cluster_name}/$TAG/%Y/%m/%d/%H-%M-%S-$UUID.gz`,
        compression: "gzip",
        use_put_object: "On",
        total_file_size: "50M",
        upload_timeout: "10m",
        store_dir: "/tmp/fluent-bit-s3",
        Retry_Limit: 5,
      });
    default:
      return destination satisfies never;
  }
}

const outputs = (context: AddonContext, given: Options) =>
  given.destinations.map((destination) => output(destination, context, given)).join("\n");

function permissions(context: AddonContext, given: Options): readonly PolicyStatement[] {
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

function findings({ enabled }: AddonSubject, given: Options): readonly AddonFinding[] {
  const { destinations } = given;
  const has = (destination: Destination) => destinations.includes(destination);
  const idle = (key: keyof Options, destination: Destination): readonly AddonFinding[] =>
    given[key] !== null && !has(destination)
      ? [{ path: ["options", key], message: `has no effect without ${destination} among destinations: remove it` }]
      : [];
  return [
    ...(has("loki") && !enabled.has("loki")
      ? [{ path: ["options", "destinations"], message: "loki needs the addon: set loki_enabled: true" }]
      : []),
    ...(has("opensearch") && given.opensearch === null
      ? [{ path: ["options", "opensearch"], message: "must name the domain, because opensearch is among destinations" }]
      : []),
    ...idle("opensearch", "opensearch"),
    ...idle("cloudwatch_retention_days", "cloudwatch"),
    ...idle("bucket", "s3"),
    ...idle("s3_retention_days", "s3"),
    ...namespaceFindings(given),
  ];
}

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
  pod_security: "privileged", // it reads the host's /var/log
  requires: [],
  after: ["coredns", "kube_prometheus_stack", "loki"],
  conflicts_with: ["alloy"],
  wait: false,
  options,
  service_account: "fluent-bit",
  aws_services: ({ destinations }) => (destinations.includes("cloudwatch") ? ["logs"] : []),
  permissions,
  bucket: ({ service_level }, { bucket, destinations, s3_retention_days }) =>
    destinations.includes("s3") ? bucketOf(bucket, s3_retention_days ?? service_level.logs_retention_days) : undefined,
  check: findings,

  values: (context, given) => ({
    ...common(context),
    serviceAccount: { name: "fluent-bit" },
    config: {
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
      outputs: outputs(context, given),
    },
    // Only what EKS's nodes have: the chart's list is for Docker too.
    daemonSetVolumes: [{ name: "varlog", hostPath: { path: "/var/log" } }],
    daemonSetVolumeMounts: [{ name: "varlog", mountPath: "/var/log" }],
    dashboards: { enabled: monitored(context) },
    priorityClassName: "system-node-critical", // without it a full node is a node whose logs are lost
    tolerations: EVERY_NODE,
    resources: resources("50m", "256Mi"),
  }),

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
          inputs: section("INPUT", {
            Name: "kubernetes_events",
            Tag: "events",
            kube_url: "https://kubernetes.default.svc",
            Interval_Sec: 10,
          }),
          filters: "",
          outputs: outputs(context, given),
        },
        tolerations: SYSTEM_TOLERATIONS,
        resources: resources("20m", "128Mi"),
      }),
    },
  ],
});
