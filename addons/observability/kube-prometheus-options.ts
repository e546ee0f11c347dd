import { z } from "zod";
import { httpAddress } from "../../language/words/network";
import { alerting } from "./alertmanager-options";
import { grafanaOptions } from "./grafana-options";
import { remoteWrite, thanos } from "./long-term-metrics";

/** The options of kube_prometheus_stack. */
export const options = z.strictObject({
  retention_days: z.int().min(1).nullable().describe("Days that metrics are kept. null uses the service level's."),
  volume_gib: z
    .int()
    .min(1)
    .nullable()
    .describe("Size of each Prometheus volume, in GiB. null uses the service level's."),
  alertmanager: z.boolean().describe("Runs Alertmanager."),
  alertmanager_url: httpAddress
    .nullable()
    .describe(
      "Address of Alertmanager for people, for links in messages. null for its address at oauth2_proxy, if any.",
    ),
  prometheus_url: httpAddress
    .nullable()
    .describe("Address of Prometheus for people, for links in alerts. null for its address at oauth2_proxy, if any."),
  alerting: alerting.describe("Receivers and routes of alerts. Secrets are in the namespace monitoring."),
  ...grafanaOptions,
  rules: z
    .enum(["all", "labelled"])
    .describe(
      "PrometheusRules to load: all of the cluster, or those with the label `prometheus`, as the platform's rules have.",
    ),
  thanos: thanos.describe("Long-term metrics in S3."),
  remote_write: z.array(remoteWrite).describe("Further destinations of metrics."),
});
