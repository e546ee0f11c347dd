import { defineHelmAddon, type Manifest, type Values } from "../contract/addon";
import type { AddonSubject } from "../contract/addon-context";
import { dashboardData } from "../contract/dashboard";
import { type AddonRule, reportItems, reportKey } from "../contract/rule";
import { monitored } from "../parts/monitoring";
import {
  disruptionBudget,
  RESTRICTED_CONTAINER,
  replicated,
  resources,
  restrictedPod,
  SYSTEM_TOLERATIONS,
} from "../parts/pods";
import { STORAGE_CLASS } from "../parts/storage-class";
import { volumesAdvice } from "../parts/volumes";
import { askedRoom, type Options, runnerOptions } from "./github-actions-options";
import { runnerTemplate } from "./github-actions-pod";
import dashboard from "./github-actions-runners.dashboard.json";

const NAMESPACE = "actions-runners";
const CONTROLLER = "gha-runner-scale-set-controller";
const CHARTS = "oci://ghcr.io/actions/actions-runner-controller-charts";
const NOTES = "https://github.com/actions/actions-runner-controller/releases/tag/gha-runner-scale-set-"; // 0.15.0, of both charts

/** Labels of the controller's pods, which its listeners do not have. */
const CONTROLLER_LABELS = {
  "app.kubernetes.io/component": "controller-manager",
  "app.kubernetes.io/instance": "github-actions-runners",
} as const;

const RUNNER_SETS = ["options", "runner_sets"] as const;

const RULES: readonly AddonRule<Options>[] = [
  (subject, { runner_sets }) =>
    reportItems(RUNNER_SETS, runner_sets, [
      ({ max_runners, min_runners }) =>
        reportKey(
          min_runners > max_runners,
          ["min_runners"],
          `must be at most max_runners (${max_runners}), but is ${min_runners}`,
        ),
      ({ container_mode }) =>
        reportKey(
          container_mode === "kubernetes" && !subject.volumes,
          ["container_mode"],
          `requires a volume for each runner, but nothing provides volumes. To fix this, ${volumesAdvice(subject)}, or use dind or none`,
        ),
      ({ container_mode, require_job_container }) =>
        reportKey(
          require_job_container !== undefined && container_mode !== "kubernetes",
          ["require_job_container"],
          `has no effect because container_mode is ${container_mode}. Remove it, or set container_mode: kubernetes`,
        ),
      ({ container_mode }) => {
        if (container_mode !== "dind") return [];
        const refuser = subject.refuses_privileged.find(({ except }) => !except.includes(NAMESPACE))?.addon;
        return reportKey(
          refuser !== undefined,
          ["container_mode"],
          `requires privileged pods, which ${refuser} refuses. Use kubernetes or none, or add ${NAMESPACE} to ${refuser}'s excluded_namespaces`,
        );
      },
    ]),
];

/** The pod that waits for a set's jobs, in the controller's namespace: without this, Pod Security lets none in. */
const LISTENER = {
  spec: {
    securityContext: restrictedPod(65532),
    terminationGracePeriodSeconds: 60, // the controller's own, which a template removes
    tolerations: SYSTEM_TOLERATIONS,
    containers: [{ name: "listener", securityContext: RESTRICTED_CONTAINER, resources: resources("20m", "128Mi") }],
  },
} as const;

/** Ports and paths of the metrics. Without these values, the chart exposes none. */
const METRICS = { controllerManagerAddr: ":8080", listenerAddr: ":8080", listenerEndpoint: "/metrics" } as const;

/** Reads the metrics of the controller and of the listeners, which count the jobs. The chart has no monitor. */
const MONITOR: Manifest = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PodMonitor",
  metadata: { name: "github-actions-runners", namespace: "arc-systems" },
  spec: {
    selector: {
      matchExpressions: [
        {
          key: "app.kubernetes.io/component",
          operator: "In",
          values: ["controller-manager", "runner-scale-set-listener"],
        },
      ],
    },
    podMetricsEndpoints: [{ port: "metrics" }],
  },
};

function setValues(context: AddonSubject, given: Options, name: string): Values {
  const set = given.runner_sets.find((each) => each.name === name);
  if (set === undefined) return {};
  return {
    githubConfigUrl: set.github_url,
    githubConfigSecret: set.github_app_secret,
    runnerScaleSetName: name,
    ...(set.runner_group !== undefined && { runnerGroup: set.runner_group }),
    minRunners: set.min_runners,
    maxRunners: set.max_runners,
    containerMode:
      set.container_mode === "kubernetes"
        ? {
            type: "kubernetes",
            kubernetesModeWorkVolumeClaim: {
              accessModes: ["ReadWriteOnce"],
              storageClassName: STORAGE_CLASS,
              resources: { requests: { storage: `${given.work_volume_gib}Gi` } },
            },
          }
        : { type: "" },
    listenerTemplate: LISTENER,
    template: runnerTemplate(context, given, set),
    // The chart would look for the controller in the cluster while it is rendered.
    controllerServiceAccount: { namespace: "arc-systems", name: CONTROLLER },
  };
}

/**
 * Runners of GitHub Actions that start with a job and end with it. The controller's CRDs are in its chart's crds/, which Helm never
 * upgrades, and no chart contains them alone: `docs/addons.md` shows what to do before a release with a newer chart.
 */
export const githubActionsRunners = defineHelmAddon({
  name: "github_actions_runners",
  summary: "Runners for GitHub Actions: one pod for each job, scaled by waiting jobs",
  namespace: "arc-systems",
  pod_security: "restricted",
  release_notes: { [`${CHARTS}/gha-runner-scale-set`]: NOTES, [`${CHARTS}/${CONTROLLER}`]: NOTES },
  requires: [],
  after: ["coredns", "aws_ebs_csi_driver", "cluster_autoscaler"],
  conflicts_with: [],
  served_ports: [],
  dashboard: dashboardData.parse(dashboard),
  api_groups: ["actions.github.com"],
  crds: "installed_once",
  wait: true, // removing a runner set requires the controller, which unregisters its runners at GitHub
  options: runnerOptions,
  checks: RULES,
  asks_room: askedRoom,
  needs_internet: () => "GitHub",
  further_charts: [
    {
      chart: "gha_runner_scale_set",
      order: "after",
      included: (_context, { runner_sets }) => runner_sets.length > 0,
      // Apart from the controller: jobs run what anybody wrote into a pull request.
      namespace: {
        name: NAMESPACE,
        pod_security: ({ runner_sets }) =>
          runner_sets.some(({ container_mode }) => container_mode === "dind") ? "privileged" : "baseline",
      },
      releases: ({ runner_sets }) => runner_sets.map(({ name }) => name),
      values: (context, given, name = "") => setValues(context, given, name),
    },
  ],

  values: (context) => ({
    fullnameOverride: CONTROLLER,
    ...replicated(context, "replicaCount", { "app.kubernetes.io/instance": "github-actions-runners" }, "50m", "256Mi"),
    serviceAccount: { name: CONTROLLER },
    flags: { logLevel: "info", logFormat: "json" },
    ...(monitored(context) && { metrics: METRICS }),
    podSecurityContext: restrictedPod(65532),
    securityContext: RESTRICTED_CONTAINER,
  }),
  manifests_after: ["kube_prometheus_stack"],
  manifests: (context) => [
    ...disruptionBudget(context, { name: CONTROLLER, namespace: "arc-systems" }, CONTROLLER_LABELS),
    ...(monitored(context) ? [MONITOR] : []),
  ],
});
