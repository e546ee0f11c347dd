import { catalogue } from "../../addons/catalogue";
import type { Addon } from "../../addons/contract/addon";
import { EVERY_NODE } from "../../addons/parts/pods";
import { valueAt } from "../../language/plain-map";
import { contextOf, optionsOf } from "./support/context";

/** DaemonSets of EKS add-ons, whose manifests EKS writes: the drivers' node pods, the agents, and none of the others. */
const OF_EKS: Readonly<Record<string, number>> = {
  amazon_cloudwatch_observability: 1,
  aws_ebs_csi_driver: 1,
  aws_efs_csi_driver: 1,
  aws_fsx_csi_driver: 1,
  aws_mountpoint_s3_csi_driver: 1,
  coredns: 0,
  eks_node_monitoring_agent: 1,
  snapshot_controller: 0,
};

/** A chart whose DaemonSet is critical without values, and one whose values of a DaemonSet are used only if it copies files. */
const NOT_BY_VALUES: Readonly<Record<string, number>> = { nodelocal_dns: 1, velero: 0 };

/** The device plugin runs on nodes with a GPU only. */
const NOT_ON_EVERY_NODE: readonly string[] = ["nvidia_device_plugin"];

const context = contextOf();

/** Counts the pods that values place on every node: those that tolerate every taint, or that are critical to their node. */
function everyNode(values: unknown): number {
  if (typeof values !== "object" || values === null) return 0;
  const tolerates = JSON.stringify(valueAt(values, "tolerations")) === JSON.stringify(EVERY_NODE);
  if (tolerates || valueAt(values, "priorityClassName") === "system-node-critical") return 1;
  return Object.values(values).reduce((sum: number, value) => sum + everyNode(value), 0);
}

function inValues(addon: Addon, options: unknown): number {
  const further = (addon.kind === "helm" ? addon.further_charts : undefined) ?? [];
  return [
    addon.values(context, options),
    ...further
      .filter((chart) => chart.included?.(context, options) ?? true)
      .map((chart) => chart.values(context, options)),
  ].reduce((sum: number, values) => sum + everyNode(values), 0);
}

const declared = (addon: Addon, options: unknown) => addon.daemon_pods?.(options, {}) ?? 0;

const HELM = Object.values<Addon>(catalogue).filter(
  ({ kind, name }) => kind === "helm" && !NOT_ON_EVERY_NODE.includes(name),
);

test("every chart that has pods on every node declares their number", () => {
  const counts = (count: (addon: Addon) => number) =>
    Object.fromEntries(HELM.map((addon) => [addon.name, count(addon)]));

  expect(counts((addon) => declared(addon, optionsOf(addon)))).toEqual(
    counts((addon) => NOT_BY_VALUES[addon.name] ?? inValues(addon, optionsOf(addon))),
  );
});

test("every EKS add-on declares the number of its pods on every node", () => {
  const eks = Object.values<Addon>(catalogue).filter(({ kind }) => kind === "eks");

  expect(Object.fromEntries(eks.map((addon) => [addon.name, declared(addon, optionsOf(addon))]))).toEqual(OF_EKS);
});

describe("the number of pods on every node depends on options and values", () => {
  const { amazon_cloudwatch_observability, kube_prometheus_stack, opentelemetry_collector, velero } = catalogue;
  const both = <Differences>(addon: Addon, differences: Differences) => {
    const options = optionsOf(addon, differences as never);
    return [declared(addon, options), inValues(addon, options)];
  };

  test("on the collector's mode", () => {
    expect(both(opentelemetry_collector, { mode: "daemonset" })).toEqual([1, 1]);
    expect(both(opentelemetry_collector, { mode: "deployment" })).toEqual([0, 0]);
  });

  test("on the way in which Velero copies volumes", () => {
    expect(declared(velero, optionsOf(velero, { volumes: "files" }))).toBe(1);
    expect(declared(velero, optionsOf(velero, { volumes: "none" }))).toBe(0);
  });

  test("on Fluent Bit in Container Insights", () => {
    const options = optionsOf(amazon_cloudwatch_observability, { container_logs: true });
    expect(declared(amazon_cloudwatch_observability, options)).toBe(2);
  });

  test("on values that leave out the node exporter", () => {
    const options = optionsOf(kube_prometheus_stack);
    expect(kube_prometheus_stack.daemon_pods?.(options, { nodeExporter: { enabled: false } })).toBe(0);
  });
});
