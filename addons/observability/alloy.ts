import { z } from "zod";
import { inKeyOrder } from "../../language/plain-map";
import { metricLabel } from "../../language/words/kubernetes";
import { plainText } from "../../language/words/text";
import { defineHelmAddon, type Values } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { logNamespaces, namespaceFindings } from "../parts/log-namespaces";
import { alertRules, monitored } from "../parts/monitoring";
import { EVERY_LINUX_NODE, RESTRICTED_CONTAINER, resources, SYSTEM_TOLERATIONS } from "../parts/pods";

const options = z.strictObject({
  ...logNamespaces,
  kubernetes_events: z.boolean().describe("Also sends the cluster's events, from a separate pod."),
  labels: z
    .record(metricLabel, plainText.regex(/^[^"\\\n]*$/, "must hold no quotes and backslashes"))
    .describe("Further labels on every line, besides cluster."),
});

type Options = z.output<typeof options>;

/** Alloy's own language; strings of it are JSON's. */
const quoted = (value: string) => JSON.stringify(value);

/** Sends to Loki. It retries for more than an hour and reads no further meanwhile: the files on the node wait. */
function writer({ cluster_name }: AddonContext, { labels }: Options): string {
  const all = Object.entries({ cluster: cluster_name, ...inKeyOrder(labels) });
  return `loki.write "loki" {
  endpoint {
    url = "http://loki-gateway.loki.svc/loki/api/v1/push"
    max_backoff_period  = "1m"
    max_backoff_retries = 100
  }
  external_labels = {
${all.map(([label, value]) => `    ${label} = ${quoted(value)},`).join("\n")}
  }
}
`;
}

const rule = (label: string, target: string) => `  rule {
    source_labels = [${quoted(label)}]
    target_label  = ${quoted(target)}
  }
`;

const filter = (action: "keep" | "drop", namespaces: readonly string[]) =>
  namespaces.length === 0
    ? ""
    : `  rule {
    source_labels = ["__meta_kubernetes_namespace"]
    regex         = ${quoted(namespaces.join("|"))}
    action        = ${quoted(action)}
  }
`;

/** Each node's Alloy reads the files of that node's pods. */
function podLogs(context: AddonContext, given: Options): string {
  return `discovery.kubernetes "pods" {
  role = "pod"
  selectors {
    role  = "pod"
    field = "spec.nodeName=" + sys.env("HOSTNAME")
  }
}

discovery.relabel "pods" {
  targets = discovery.kubernetes.pods.targets
${filter("keep", given.include_namespaces)}${filter("drop", given.exclude_namespaces)}${rule("__meta_kubernetes_namespace", "namespace")}${rule("__meta_kubernetes_pod_name", "pod")}${rule("__meta_kubernetes_pod_container_name", "container")}${rule("__meta_kubernetes_pod_label_app_kubernetes_io_name", "app")}${rule("__meta_kubernetes_pod_node_name", "node")}  rule {
    source_labels = ["__meta_kubernetes_pod_uid", "__meta_kubernetes_pod_container_name"]
    separator     = "/"
    target_label  = "__path__"
    replacement   = "/var/log/pods/*$1/*.log"
  }
}

local.file_match "pods" {
  path_targets = discovery.relabel.pods.output
}

loki.source.file "pods" {
  targets    = local.file_match.pods.targets
  forward_to = [loki.process.pods.receiver]
}

loki.process "pods" {
  stage.cri { }
  stage.label_drop {
    values = ["filename", "stream"]
  }
  forward_to = [loki.write.loki.receiver]
}

${writer(context, given)}`;
}

function events(context: AddonContext, given: Options): string {
  return `loki.source.kubernetes_events "cluster" {
  job_name   = "kubernetes-events"
  log_format = "logfmt"
${given.include_namespaces.length === 0 ? "" : `  namespaces = [${given.include_namespaces.map(quoted).join(", ")}]\n`}  forward_to = [loki.write.loki.receiver]
}

${writer(context, given)}`;
}

/** Folder in which Alloy stores its read positions. */
const DATA = "/var/lib/alloy";

function common(
  context: AddonContext,
  content: string,
  { memory, varlog }: { memory: string; varlog: boolean },
): Values {
  return {
    crds: { create: false }, // PodLogs, which nothing here uses
    serviceMonitor: { enabled: monitored(context) },
    alloy: {
      configMap: { content },
      enableReporting: false,
      storagePath: DATA,
      mounts: { varlog, extra: [{ name: "data", mountPath: DATA }] },
      securityContext: { ...RESTRICTED_CONTAINER, seccompProfile: { type: "RuntimeDefault" } },
      resources: resources("50m", memory),
    },
  };
}

/** Sends what pods print to Loki. */
export const alloy = defineHelmAddon({
  name: "alloy",
  summary: "Sends the logs of pods, and the cluster's events, to Loki",
  namespace: "alloy",
  daemon_pods: () => 1,
  pod_security: "privileged", // it reads the host's /var/log
  release_notes: {
    "https://grafana.github.io/helm-charts/alloy": "https://github.com/grafana/helm-charts/releases/tag/alloy-", // 1.12.1
  },
  requires: ["loki"],
  after: ["coredns", "kube_prometheus_stack"],
  conflicts_with: ["fluent_bit"],
  workloads: [
    { containers: ["alloy.resources"], pods: "node" },
    { chart: "alloy_events", containers: ["alloy.resources"] },
  ],
  served_ports: [],
  wait: false,
  options,
  checks: [namespaceFindings],

  values: (context, given) => ({
    ...common(context, podLogs(context, given), { memory: "256Mi", varlog: true }),
    controller: {
      type: "daemonset",
      priorityClassName: "system-node-critical", // without it a full node is a node whose logs are lost
      ...EVERY_LINUX_NODE,
      // On the node, so that logs are not sent twice after a restart.
      volumes: { extra: [{ name: "data", hostPath: { path: DATA, type: "DirectoryOrCreate" } }] },
    },
  }),

  manifests: (context) =>
    alertRules(context, "alloy", "alloy", [
      {
        name: "AlloyDropsLogs",
        when: "sum by (pod, reason) (rate(loki_write_dropped_entries_total[5m])) > 0",
        during: "15m",
        summary: "{{ $labels.pod }} loses logs: {{ $labels.reason }}",
      },
    ]),

  further_charts: [
    {
      chart: "alloy_events",
      order: "after",
      included: (_context, { kubernetes_events }) => kubernetes_events,
      values: (context, given) => ({
        ...common(context, events(context, given), { memory: "128Mi", varlog: false }),
        fullnameOverride: "alloy-events",
        global: { podSecurityContext: { runAsNonRoot: true, runAsUser: 473, runAsGroup: 473, fsGroup: 473 } }, // the image's user
        controller: {
          type: "deployment",
          replicas: 1, // two would send each event twice
          tolerations: SYSTEM_TOLERATIONS,
          volumes: { extra: [{ name: "data", emptyDir: {} }] },
        },
      }),
    },
  ],
});
