import { z } from "zod";
import { dnsLabel } from "../../language/words/kubernetes";
import { defineHelmAddon } from "../contract/addon";
import { monitored } from "../parts/monitoring";
import { ONE_AT_A_TIME, RESTRICTED_CONTAINER, replicated } from "../parts/pods";

const options = z.strictObject({
  reload_all: z
    .boolean()
    .describe(
      "Restarts every workload whose ConfigMap or Secret changes. false: only workloads with the annotation reloader.stakater.com/auto.",
    ),
  strategy: z
    .enum(["annotations", "env-vars"])
    .describe("What Reloader changes in a workload to restart it. GitOps tools revert env-vars."),
  ignored_namespaces: z.array(dnsLabel).describe("Namespaces to ignore."),
});

/** Its read-only file system has a value of its own. */
const { readOnlyRootFilesystem: _, ...CONTAINER } = RESTRICTED_CONTAINER;

/** Restarts workloads whose ConfigMaps or Secrets have changed. */
export const reloader = defineHelmAddon({
  name: "reloader",
  summary: "Rolling restarts of workloads when their ConfigMaps or Secrets change",
  namespace: "reloader",
  pod_security: "restricted",
  requires: [],
  after: ["coredns", "kube_prometheus_stack"],
  conflicts_with: [],
  served_ports: [],
  wait: false,
  options,
  values: (context, { ignored_namespaces, reload_all, strategy }) => {
    const { replicas } = context.service_level;
    return {
      reloader: {
        autoReloadAll: reload_all,
        reloadStrategy: strategy,
        ignoreNamespaces: ignored_namespaces.join(","),
        isArgoRollouts: context.enabled.argo_rollouts === true,
        enableHA: replicas > 1, // one of them leads
        readOnlyRootFileSystem: true, // with a volume for /tmp
        deployment: {
          // Memory: Reloader caches every ConfigMap and Secret of the cluster.
          ...replicated(context, "replicas", { "app.kubernetes.io/instance": "reloader" }, "20m", "512Mi"),
          containerSecurityContext: CONTAINER,
        },
        podDisruptionBudget: ONE_AT_A_TIME,
        podMonitor: { enabled: monitored(context) },
      },
    };
  },
});
