import type { Manifest } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { alertData, alertRules } from "../parts/monitoring";
import alerts from "./platform.alerts.json";

const ALERTS = alertData.parse(alerts);

/** Labels of Helm's own Secrets, one for each revision. kube-state-metrics shows only the labels that are listed here. */
export const HELM_SECRET_LABELS = "secrets=[name,owner,status]";

/** Alerts of the chart that the platform's own alerts replace, so that one fault sends one message. */
export const REPLACED_ALERTS = [
  "KubeJobFailed",
  "KubeNodeNotReady",
  "KubeNodePressure",
  "KubePersistentVolumeFillingUp",
  "KubePersistentVolumeInodesFillingUp",
  "KubePodNotReady",
] as const;

/** Metrics of the VPC CNI, which assigns every pod's address. */
const AWS_NODE: Manifest = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PodMonitor",
  metadata: { name: "aws-node", namespace: "monitoring" },
  spec: {
    selector: { matchLabels: { "k8s-app": "aws-node" } },
    namespaceSelector: { matchNames: ["kube-system"] },
    podMetricsEndpoints: [
      {
        port: "metrics", // 61678
        interval: "30s",
        relabelings: [{ sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" }],
      },
    ],
  },
};

/** Returns the alerts that every cluster has, whatever runs on it. Addons bring the alerts about themselves. */
export function platformAlerts(context: AddonContext): readonly Manifest[] {
  return [AWS_NODE, ...alertRules(context, "platform", "monitoring", ALERTS)];
}
