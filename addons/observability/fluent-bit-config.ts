import type { Values } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { createdBucketName } from "../parts/bucket";
import { CLOUDWATCH_DAYS, type Destination, type FluentBitOptions } from "./fluent-bit-options";

/** Returns the shortest retention of CloudWatch that is not below a number of days. */
function cloudWatchDays(wanted: number): number {
  return CLOUDWATCH_DAYS.find((days) => days >= wanted) ?? 3653;
}

/** Returns the CloudWatch log group of the cluster's pods. */
export const logGroup = ({ cluster_name }: AddonContext) => `/aws/eks/${cluster_name}/pods`;

/** Returns a section of Fluent Bit's own configuration. A key with several values is repeated. */
export function section(name: string, settings: Readonly<Record<string, string | number | readonly string[]>>): string {
  const lines = Object.entries(settings).flatMap(([key, value]) =>
    (typeof value === "object" ? value : [value]).map((each) => `    ${key} ${each}`),
  );
  return [`[${name}]`, ...lines, ""].join("\n");
}

/** The chart's service section with another address: the chart's is IPv4, and the kubelet probes by IPv6. */
function service({ ipv6_pods }: AddonContext, further: Readonly<Record<string, string | number>>): string {
  return section("SERVICE", {
    Daemon: "Off",
    Flush: 1,
    Log_Level: "info",
    Parsers_File: ["/fluent-bit/etc/parsers.conf", "/fluent-bit/etc/conf/custom_parsers.conf"],
    HTTP_Server: "On",
    HTTP_Listen: ipv6_pods ? "::" : "0.0.0.0",
    HTTP_Port: 2020,
    Health_Check: "On",
    ...further,
  });
}

/** Service of the pods on nodes, which keep on the node what a destination does not accept yet. */
export const serviceOnNodes = (context: AddonContext) =>
  service(context, {
    "scheduler.cap": 60, // seconds between tries at most
    "storage.path": `${STATE}/storage`,
    "storage.max_chunks_up": 32, // of 2 MB each, in memory
    "storage.backlog.mem_limit": "20MB",
    "storage.metrics": "On",
  });

/** Service of the pod that sends events, where the chart's own does not fit. */
export const serviceOfEvents = (context: AddonContext): Values =>
  context.ipv6_pods ? { service: service(context, {}) } : {};

/** Folder on the node: what is in it outlives the pod. */
const STATE = "/var/log/fluent-bit";

/** Most that each destination keeps on a node. The oldest lines are dropped beyond. */
const LIMIT = "2G";

const files = (namespaces: readonly string[]) =>
  namespaces.map((namespace) => `/var/log/containers/*_${namespace}_*.log`).join(",");

/** Files of pods' containers, which are named <pod>_<namespace>_<container>. */
export function inputs({ include_namespaces, exclude_namespaces }: FluentBitOptions): string {
  return section("INPUT", {
    Name: "tail",
    Tag: "kube.*",
    Path: include_namespaces.length === 0 ? "/var/log/containers/*.log" : files(include_namespaces),
    ...(exclude_namespaces.length > 0 && { Exclude_Path: files(exclude_namespaces) }),
    "multiline.parser": "docker, cri",
    DB: "/var/log/fluent-bit.db", // on the node: what was read before a restart is not sent again
    "storage.type": "filesystem",
    Skip_Long_Lines: "On",
    Refresh_Interval: 10,
  });
}

function output(destination: Destination, context: AddonContext, given: FluentBitOptions, onNode: boolean): string {
  const { cluster_name, region, service_level } = context;
  // A destination can be unreachable for longer than any number of retries lasts. The buffer for this time has a limit.
  const patient = { Retry_Limit: "no_limits", ...(onNode && { "storage.total_limit_size": LIMIT }) };
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
        ...patient,
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
        ...patient,
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
        ...patient,
      });
    case "s3":
      return section("OUTPUT", {
        Name: "s3",
        Match: "*",
        region,
        bucket: given.bucket?.name ?? createdBucketName(context, "fluent_bit"),
        s3_key_format: `/${cluster_name}/$TAG/%Y/%m/%d/%H-%M-%S-$UUID.gz`,
        compression: "gzip",
        use_put_object: "On",
        total_file_size: "50M",
        upload_timeout: "10m",
        store_dir: onNode ? `${STATE}/s3` : "/tmp/fluent-bit-s3", // this output has a buffer of its own
        store_dir_limit_size: LIMIT,
        Retry_Limit: 100,
      });
    default:
      return destination satisfies never;
  }
}

/** Returns one section for each destination. Only pods on nodes have a folder that outlives them. */
export const outputs = (context: AddonContext, given: FluentBitOptions, onNode: boolean) =>
  given.destinations.map((destination) => output(destination, context, given, onNode)).join("\n");
