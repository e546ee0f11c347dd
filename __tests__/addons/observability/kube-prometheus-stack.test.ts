import type { Values } from "../../../addons/contract/addon";
import type { AddonContext } from "../../../addons/contract/addon-context";
import { kubePrometheusStack } from "../../../addons/observability/kube-prometheus-stack";
import { contextOf, LEVELS, manifestsOf, valuesOf } from "../support/context";

const withVolumes = contextOf({ enabled: ["aws_ebs_csi_driver"] });

function prometheusSpec(context: AddonContext, given: { retention_days?: number; volume_gib?: number } = {}): Values {
  const { prometheusSpec } = valuesOf(kubePrometheusStack, context, given)["prometheus"] as { prometheusSpec: Values };
  return prometheusSpec;
}

const volume = (gib: number) => ({
  volumeClaimTemplate: {
    spec: {
      storageClassName: "gp3",
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: `${gib}Gi` } },
    },
  },
});

test("has these values in the reference cluster", () => {
  expect(prometheusSpec(withVolumes)).toEqual({
    replicas: 2,
    retention: "15d",
    retentionSize: "40GiB",
    storageSpec: volume(50),
    externalLabels: { cluster: "demo", region: "eu-west-1", tier: "production" },
    serviceMonitorSelectorNilUsesHelmValues: false,
    podMonitorSelectorNilUsesHelmValues: false,
    probeSelectorNilUsesHelmValues: false,
    ruleSelectorNilUsesHelmValues: false,
    scrapeConfigSelectorNilUsesHelmValues: false,
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "app.kubernetes.io/name": "prometheus" } },
      },
    ],
    priorityClassName: "system-cluster-critical",
    tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    resources: { requests: { cpu: "200m", memory: "1Gi" } },
  });
});

test.each([
  [LEVELS.one, { replicas: 1, retention: "7d", retentionSize: "16GiB", storageSpec: volume(20) }],
  [LEVELS.three, { replicas: 3, retention: "30d", retentionSize: "80GiB", storageSpec: volume(100) }],
])("the service level %p decides on replicas, retention and volume", (service_level, expected) => {
  const context = contextOf({ service_level, enabled: ["aws_ebs_csi_driver"] });
  const { prometheus } = valuesOf(kubePrometheusStack, context) as { prometheus: Values };

  expect(prometheusSpec(context)).toMatchObject(expected);
  expect(prometheus["podDisruptionBudget"]).toEqual({ enabled: true, minAvailable: null, maxUnavailable: 1 });
});

test("the definition overrides the service level's days and GiB", () => {
  const given = { retention_days: 90, volume_gib: 1 };

  expect(prometheusSpec(withVolumes, given)).toMatchObject({
    retention: "90d",
    retentionSize: "1GiB",
    storageSpec: volume(1),
  });
});

test("keeps metrics in the pod without the EBS driver", () => {
  expect(prometheusSpec(contextOf())["storageSpec"]).toEqual({});
});

test("does not scrape parts that EKS hides, and has no alerts about them", () => {
  expect(valuesOf(kubePrometheusStack)).toMatchObject({
    kubeEtcd: { enabled: false },
    kubeScheduler: { enabled: false },
    kubeControllerManager: { enabled: false },
    defaultRules: {
      rules: { etcd: false, kubeControllerManager: false, kubeSchedulerAlerting: false, kubeSchedulerRecording: false },
      additionalRuleLabels: { sla: "production" },
    },
  });
});

test("has no password in its values: the chart generates one, or an existing Secret contains it", () => {
  const grafana = {
    enabled: true,
    additionalDataSources: [],
    env: { GF_AUTH_ANONYMOUS_ENABLED: "false" },
    serviceAccount: { name: "kube-prometheus-stack-grafana" },
    tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    resources: { requests: { cpu: "50m", memory: "512Mi" }, limits: { memory: "512Mi" } },
    sidecar: { resources: { requests: { cpu: "10m", memory: "128Mi" }, limits: { memory: "128Mi" } } },
  };

  expect(valuesOf(kubePrometheusStack)["grafana"]).toEqual(grafana);
  expect(valuesOf(kubePrometheusStack, contextOf(), { grafana_admin_secret: "grafana-admin" })["grafana"]).toEqual({
    ...grafana,
    admin: { existingSecret: "grafana-admin" },
  });
});

test("reads only labelled rules if the option is on, and its own have the label", () => {
  const { prometheus, defaultRules } = valuesOf(kubePrometheusStack, contextOf(), { rules: "labelled" });
  const { prometheusSpec: spec } = prometheus as { prometheusSpec: Values };

  expect(spec["ruleSelector"]).toEqual({ matchExpressions: [{ key: "prometheus", operator: "Exists" }] });
  expect(spec).not.toHaveProperty("ruleSelectorNilUsesHelmValues");
  expect(defaultRules).toMatchObject({ labels: { prometheus: "platform" } });
});

test("upgrades its CRDs by a Job with pinned images", () => {
  expect(valuesOf(kubePrometheusStack)["crds"]).toEqual({
    enabled: true,
    upgradeJob: {
      enabled: true,
      image: { busybox: { registry: "public.ecr.aws", repository: "docker/library/busybox", tag: "1.37.0" } },
      tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
      resources: { requests: { cpu: "10m", memory: "64Mi" } },
    },
  });
});

test("the Jobs of the operator's webhook and the reloaders beside Prometheus request CPU and memory", () => {
  const resources = { requests: { cpu: "10m", memory: "64Mi" } };

  expect(valuesOf(kubePrometheusStack)["prometheusOperator"]).toMatchObject({
    admissionWebhooks: { patch: { resources } },
    prometheusConfigReloader: { resources },
  });
});

test("the node exporter runs on every node, whatever its taints", () => {
  const { tolerations } = valuesOf(kubePrometheusStack)["prometheus-node-exporter"] as Record<string, unknown>;

  expect(tolerations).toEqual([{ operator: "Exists" }]);
});

test("Grafana and Alertmanager can be left out", () => {
  expect(valuesOf(kubePrometheusStack, contextOf(), { alertmanager: false, grafana: false })).toMatchObject({
    alertmanager: { enabled: false },
    grafana: { enabled: false },
  });
});

test("distinguishes Helm's revisions, and replaces alerts of the chart by its own", () => {
  expect(valuesOf(kubePrometheusStack)).toMatchObject({
    "kube-state-metrics": { metricLabelsAllowlist: ["secrets=[name,owner,status]"] },
    defaultRules: {
      disabled: {
        KubeJobFailed: true,
        KubeNodeNotReady: true,
        KubeNodePressure: true,
        KubePersistentVolumeFillingUp: true,
        KubePersistentVolumeInodesFillingUp: true,
        KubePodNotReady: true,
      },
    },
  });
});

test("has alerts for every part of every cluster, with the severity of the service level", () => {
  const context = contextOf({ service_level: LEVELS.three, enabled: ["kube_prometheus_stack"] });
  const [podMonitor, rules] = manifestsOf(kubePrometheusStack, context);
  const spec = rules?.["spec"] as
    | { groups: { name: string; rules: { alert: string; labels: Values }[] }[] }
    | undefined;
  const groups = spec?.groups ?? [];

  expect(podMonitor?.["spec"]).toEqual({
    selector: { matchLabels: { "k8s-app": "aws-node" } },
    namespaceSelector: { matchNames: ["kube-system"] },
    podMetricsEndpoints: [
      {
        port: "metrics",
        interval: "30s",
        relabelings: [{ sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" }],
      },
    ],
  });
  expect(rules?.metadata).toEqual({ name: "platform", namespace: "monitoring", labels: { prometheus: "platform" } });
  expect(groups.map(({ name }) => name)).toEqual(["platform"]);
  expect(new Set(groups[0]?.rules.map(({ labels }) => labels["severity"]))).toEqual(new Set(["page"]));
  expect(groups[0]?.rules.map(({ alert }) => alert)).toEqual([
    "ClusterNearlyFull",
    "PodPending",
    "PodNotReady",
    "NodeNotReady",
    "NodeUnderPressure",
    "VolumeNearlyFull",
    "VolumeFullInFourDays",
    "VolumeInodesNearlyUsed",
    "IpAddressesNearlyUsed",
    "IpAddressNotAssigned",
    "HelmReleaseFailed",
    "CronJobFailed",
    "CronJobLate",
    "JobFailed",
  ]);
});

describe("links in alerts", () => {
  const links = (
    context: AddonContext,
    given: Parameters<typeof valuesOf<typeof kubePrometheusStack.options>>[2] = {},
  ) => {
    const values = valuesOf(kubePrometheusStack, context, given);
    const { alertmanagerSpec } = values["alertmanager"] as { alertmanagerSpec: Values };
    const { prometheusSpec: spec } = values["prometheus"] as { prometheusSpec: Values };
    return [alertmanagerSpec["externalUrl"], spec["externalUrl"]];
  };
  const shown = contextOf({
    published: {
      alertmanager: "https://alertmanager.demo.example.com",
      prometheus: "https://prometheus.demo.example.com",
    },
  });

  test("lead to the hosts of the UIs", () => {
    expect(links(shown)).toEqual(["https://alertmanager.demo.example.com", "https://prometheus.demo.example.com"]);
  });

  test("lead to the addresses that the definition sets", () => {
    expect(
      links(shown, { alertmanager_url: "https://a.example.com", prometheus_url: "https://p.example.com" }),
    ).toEqual(["https://a.example.com", "https://p.example.com"]);
  });

  test("are the chart's own if no UI is exposed", () => {
    expect(links(contextOf())).toEqual([undefined, undefined]);
  });
});
