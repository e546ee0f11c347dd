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
  "accepts the switch if it is off, or the addon is": {
    addons:
      "goldilocks: { enabled: true, values: { metrics-server: { enabled: false } } }\nvertical_pod_autoscaler_enabled: true",
    reports: [],
  },
});
