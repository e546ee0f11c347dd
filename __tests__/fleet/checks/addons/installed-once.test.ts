import { testMessages } from "../../../support/definition";

const chart = (name: string): string =>
  `- { name: x, repository: "https://example.com", chart: ${name}, version: 1.0.0, namespace: x }`;

testMessages({
  "refuses a chart that an addon installs": {
    addons: "kube_prometheus_stack_enabled: true",
    extra_charts: chart("kube-prometheus-stack"),
    reports: [
      "tfvars.extra_charts[x].chart: installs the same as the addon kube_prometheus_stack. Remove it, or set kube_prometheus_stack_enabled: false",
    ],
  },
  "refuses another chart of the same software": {
    addons: "vertical_pod_autoscaler_enabled: true",
    extra_charts: chart("vpa"),
    reports: [
      "tfvars.extra_charts[x].chart: installs the same as the addon vertical_pod_autoscaler. Remove it, or set vertical_pod_autoscaler_enabled: false",
    ],
  },
  "refuses a switch of a further chart that installs an addon again": {
    addons:
      "secrets_store_csi_driver: { enabled: true, further_values: { secrets_store_csi_driver_provider_aws: { secrets-store-csi-driver: { install: true } } } }",
    reports: [
      "tfvars.addons.secrets_store_csi_driver.further_values.secrets_store_csi_driver_provider_aws.secrets-store-csi-driver.install: installs the same as the addon secrets_store_csi_driver. Remove it",
    ],
  },
  "accepts the same key in the values of another chart": {
    addons: "secrets_store_csi_driver: { enabled: true, values: { secrets-store-csi-driver: { install: true } } }",
    reports: [],
  },
  "accepts the chart of an addon that is off": { extra_charts: chart("kube-prometheus-stack"), reports: [] },
  "accepts a second chart of an addon of which a cluster can have several": {
    addons: "cluster_overprovisioner_enabled: true",
    extra_charts: chart("cluster-overprovisioner"),
    reports: [],
  },
  "refuses a switch that installs an addon again": {
    addons:
      "goldilocks: { enabled: true, values: { metrics-server: { enabled: true } } }\nvertical_pod_autoscaler_enabled: true",
    reports: [
      "tfvars.addons.goldilocks.values.metrics-server.enabled: installs the same as the addon metrics_server. Remove it",
    ],
  },
  "does not report the switch of an addon that is off": {
    addons:
      "metrics_server_enabled: false\ngoldilocks: { enabled: true, values: { metrics-server: { enabled: true } } }\nvertical_pod_autoscaler_enabled: true",
    reports: [
      "tfvars.addons.vertical_pod_autoscaler_enabled: requires metrics_server. Set metrics_server_enabled: true",
    ],
  },
  "accepts the switch if it is off": {
    addons:
      "goldilocks: { enabled: true, values: { metrics-server: { enabled: false } } }\nvertical_pod_autoscaler_enabled: true",
    reports: [],
  },
});
