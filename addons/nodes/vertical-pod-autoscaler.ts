import { z } from "zod";
import { defineHelmAddon, type Manifest } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { monitored } from "../parts/monitoring";
import { resources, SYSTEM_TOLERATIONS } from "../parts/pods";

const options = z.strictObject({
  apply_recommendations: z
    .boolean()
    .describe("Changes the requests of pods as their VerticalPodAutoscaler sets it. false only recommends."),
});

/** Returns the values of one of the three Deployments. The chart's `minAvailable: 1` would block drains at one replica. */
function deployment({ service_level }: AddonContext, memory: string) {
  return {
    replicas: service_level.replicas,
    podDisruptionBudget: { enabled: true, minAvailable: null, maxUnavailable: 1 },
    priorityClassName: "system-cluster-critical",
    tolerations: SYSTEM_TOLERATIONS,
    resources: resources("50m", memory),
  };
}

/** Monitor of the three Deployments. The chart has none. */
const MONITOR: Manifest = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PodMonitor",
  metadata: { name: "vertical-pod-autoscaler", namespace: "kube-system" },
  spec: {
    selector: { matchLabels: { "app.kubernetes.io/instance": "vertical-pod-autoscaler" } },
    podMetricsEndpoints: [{ port: "prometheus" }],
  },
};

/** Recommends requests for CPU and memory, and can set them. */
export const verticalPodAutoscaler = defineHelmAddon({
  name: "vertical_pod_autoscaler",
  summary: "Recommends and sets resource requests of pods",
  namespace: "kube-system",
  release_notes: {
    "https://kubernetes.github.io/autoscaler/vertical-pod-autoscaler":
      "https://github.com/kubernetes/autoscaler/releases/tag/vertical-pod-autoscaler-chart-", // 0.13.0
  },
  requires: ["metrics_server"],
  after: ["coredns"],
  conflicts_with: [],
  installed_also: { charts: ["vpa"] },
  singleton: true,
  api_groups: ["autoscaling.k8s.io"],
  crds: "installed_once",
  wait: false, // its webhook lets pods through while it is not there
  options,
  values: (context, { apply_recommendations }) => ({
    recommender: deployment(context, "500Mi"),
    updater: { enabled: apply_recommendations, ...deployment(context, "500Mi") },
    admissionController: {
      enabled: apply_recommendations,
      ...deployment(context, "256Mi"),
      certGen: { tolerations: SYSTEM_TOLERATIONS, resources: resources("10m", "64Mi") }, // jobs that make its certificate
    },
  }),
  manifests_after: ["kube_prometheus_stack"],
  manifests: (context) => (monitored(context) ? [MONITOR] : []),
});
