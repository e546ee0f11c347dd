import type { AddonContext } from "../contract/addon-context";
import { CLOUDWATCH_DAYS, type Destination, type FluentBitOptions } from "./fluent-bit-options";

/** The fewest days of CloudWatch's that are not less than wanted. */
function cloudWatchDays(wanted: number): number {
  return CLOUDWATCH_DAYS.find((days) => days >= wanted) ?? 3653;
}

/** Where CloudWatch keeps the logs of the cluster's pods. */
export const logGroup = ({ cluster_name }: AddonContext) => `/aws/eks/${cluster_name}/pods`;

/** A section of Fluent Bit's own configuration. */
export function section(name: string, settings: Readonly<Record<string, string | number>>): string {
  return [`[${name}]`, ...Object.entries(settings).map(([key, value]) => `    ${key} ${value}`), ""].join("\n");
}

/** The chart's service, but for its address: the chart's is of IPv4, and the kubelet asks by IPv6 whether it is well. */
export const SERVICE_OF_IPV6 = section("SERVICE", {
  Daemon: "Off",
  Flush: 1,
  Log_Level: "info",
  Parsers_File: "/fluent-bit/etc/parsers.conf",
  HTTP_Server: "On",
  HTTP_Listen: "::",
  HTTP_Port: 2020,
  Health_Check: "On",
});

const files = (namespaces: readonly string[]) =>
  namespaces.map((namespace) => `/var/log/containers/*_${namespace}_*.log`).join(",");

/** Files of pods' containers, which are named <pod>_<namespace>_<container>. */
export function inputs({ include_namespaces, exclude_namespaces }: FluentBitOptions): string {
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

function output(destination: Destination, context: AddonContext, given: FluentBitOptions): string {
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

/** One section a destination. */
export const outputs = (context: AddonContext, given: FluentBitOptions) =>
  given.destinations.map((destination) => output(destination, context, given)).join("\n");
