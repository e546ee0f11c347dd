import { catalogue } from "../../addons/catalogue";
import type { Addon } from "../../addons/contract/addon";
import { contextOf, optionsOf } from "./support/context";

/** Charts that make their pods critical themselves. */
const BY_THE_CHART = [
  "aws_load_balancer_controller",
  "aws_node_termination_handler",
  "cluster_autoscaler",
  "descheduler",
  "karpenter",
  "metrics_server",
  "node_problem_detector",
  "nodelocal_dns",
  "nvidia_device_plugin",
];

/** Addons that nothing else depends on: they must not push a team's pods off a full cluster. */
const OF_NO_PRIORITY = [
  "cluster_overprovisioner", // of the lowest
  "concourse",
  "github_actions_runners",
  "goldilocks",
  "headlamp",
  "loki",
  "opencost",
  "reloader",
  "tempo",
];

const HELM = Object.values<Addon>(catalogue).filter(({ kind }) => kind === "helm");

test("an addon that others depend on is critical for its cluster or node, and the exceptions are listed", () => {
  const without = HELM.filter(
    (addon) => !/"system-(?:cluster|node)-critical"/.test(JSON.stringify(addon.values(contextOf(), optionsOf(addon)))),
  ).map(({ name }) => name);

  expect(without.sort()).toEqual([...BY_THE_CHART, ...OF_NO_PRIORITY].sort());
});

test("Prometheus, Alertmanager and their exporters are critical, and Grafana is not", () => {
  const values = JSON.parse(
    JSON.stringify(catalogue.kube_prometheus_stack.values(contextOf(), optionsOf(catalogue.kube_prometheus_stack))),
  );

  expect({
    prometheus: values.prometheus.prometheusSpec.priorityClassName,
    alertmanager: values.alertmanager.alertmanagerSpec.priorityClassName,
    states: values["kube-state-metrics"].priorityClassName,
    nodes: values["prometheus-node-exporter"].priorityClassName,
    grafana: values.grafana.priorityClassName,
  }).toEqual({
    prometheus: "system-cluster-critical",
    alertmanager: "system-cluster-critical",
    states: "system-cluster-critical",
    nodes: "system-node-critical",
    grafana: undefined,
  });
});
