import { clusterAutoscaler } from "../../../addons/nodes/cluster-autoscaler";
import { messagesIn } from "../../support/definition";
import { contextOf, LEVELS, manifestsOf, monitoredContext, optionsOf, reportsOf, valuesOf } from "../support/context";

test("has these values in the reference cluster", () => {
  expect(
    valuesOf(clusterAutoscaler, contextOf(), { expander: "most-pods", scale_down_delay_after_add_minutes: 0 }),
  ).toEqual({
    fullnameOverride: "cluster-autoscaler",
    cloudProvider: "aws",
    awsRegion: "eu-west-1",
    autoDiscovery: {
      clusterName: "demo",
      tags: ["k8s.io/cluster-autoscaler/enabled=true", "k8s.io/cluster-autoscaler/demo"],
    },
    rbac: { serviceAccount: { name: "cluster-autoscaler" } },
    replicaCount: 2,
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "app.kubernetes.io/instance": "cluster-autoscaler" } },
      },
    ],
    tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    resources: { requests: { cpu: "100m", memory: "600Mi" }, limits: { memory: "600Mi" } },
    dnsPolicy: "Default",
    securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
    containerSecurityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
    },
    customArgs: ["--emit-per-nodegroup-metrics=true"],
    extraArgs: {
      expander: "most-pods",
      "balance-similar-node-groups": true,
      "balancing-ignore-label_1": "eks.amazonaws.com/sourceLaunchTemplateId",
      "balancing-ignore-label_2": "eks.amazonaws.com/sourceLaunchTemplateVersion",
      "skip-nodes-with-local-storage": false,
      "skip-nodes-with-system-pods": false,
      "scale-down-utilization-threshold": 0.5,
      "scale-down-unneeded-time": "10m",
      "scale-down-delay-after-add": "0m",
    },
  });
});

test("has the replicas of the service level", () => {
  expect(valuesOf(clusterAutoscaler, contextOf({ service_level: LEVELS.one }))["replicaCount"]).toBe(1);
});

test("is installed before Prometheus, and scraped once Prometheus exists", () => {
  expect(clusterAutoscaler.after).toEqual(["coredns"]);
  expect(clusterAutoscaler.manifests_after).toEqual(["kube_prometheus_stack"]);
  expect(manifestsOf(clusterAutoscaler)).toEqual([]);
  expect(manifestsOf(clusterAutoscaler, monitoredContext)).toEqual([
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      metadata: { name: "cluster-autoscaler", namespace: "kube-system" },
      spec: {
        selector: { matchLabels: { "app.kubernetes.io/instance": "cluster-autoscaler" } },
        endpoints: [{ port: "http", interval: "30s" }],
      },
    },
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: { name: "cluster-autoscaler", namespace: "kube-system", labels: { prometheus: "platform" } },
      spec: {
        groups: [
          {
            name: "cluster-autoscaler",
            rules: [
              {
                alert: "ClusterAutoscalerPodsWithoutRoom",
                expr: "cluster_autoscaler_unschedulable_pods_count > 0",
                for: "30m",
                labels: { severity: "warning" },
                annotations: {
                  summary: "Pods have found no node for 30 minutes: a group is at max_size, or no group fits them",
                  runbook_url: "https://example.com/runbooks#clusterautoscalerpodswithoutroom",
                },
              },
              {
                alert: "WorkerGroupAtMaxSize",
                expr: "max by (node_group) (cluster_autoscaler_node_group_target_count) >= (max by (node_group) (cluster_autoscaler_node_group_max_count) > 0)",
                for: "1h",
                labels: { severity: "warning" },
                annotations: {
                  summary: "The group {{ $labels.node_group }} has been at its max_size for an hour: it cannot grow",
                  runbook_url: "https://example.com/runbooks#workergroupatmaxsize",
                },
              },
            ],
          },
        ],
      },
    },
  ]);
});

describe("priorities", () => {
  const check = (differences: Parameters<typeof optionsOf<typeof clusterAutoscaler.options>>[1]) =>
    reportsOf(clusterAutoscaler, contextOf(), optionsOf(clusterAutoscaler, differences));
  const priorities = [
    { priority: 50, groups: ["^eks-spot-.*"] },
    { priority: 1, groups: [".*"] },
  ];

  test("are in the chart's ConfigMap, and among groups of equal priority the least wasteful one grows", () => {
    const values = valuesOf(clusterAutoscaler, contextOf(), { expander: "priority", priorities });

    expect(values["expanderPriorities"]).toEqual({ "50": ["^eks-spot-.*"], "1": [".*"] });
    expect(values["extraArgs"]).toMatchObject({ expander: "priority,least-waste" });
    expect(valuesOf(clusterAutoscaler)).not.toHaveProperty("expanderPriorities");
  });

  test("are required by the expander priority, and have no effect with another one", () => {
    const path = ["options", "priorities"];

    expect(check({ expander: "priority", priorities })).toEqual([]);
    expect(check({ expander: "priority" })).toEqual([
      { path, message: "is required, because the expander is priority. List which groups grow first" },
    ]);
    expect(check({ priorities })).toEqual([
      {
        path,
        message: "has no effect because the expander is least-waste. Remove it, or set expander: priority",
      },
    ]);
    expect(check({ expander: "priority", priorities: [...priorities, { priority: 1, groups: ["a"] }] })).toEqual([
      {
        path: [...path, 2, "priority"],
        message: "is 1, which another item has too. List the groups of both in one item",
      },
    ]);
  });

  test("name groups by patterns", () => {
    expect(() => check({ expander: "priority", priorities: [{ priority: 1, groups: ["("] }] })).toThrow(
      "must be a regular expression",
    );
  });
});

test("reports nothing about priorities if the expander was refused", () => {
  const addons =
    "cluster_autoscaler: { options: { expander: prioritty, priorities: [{ priority: 1, groups: [.*] }] } }";

  expect(messagesIn({ addons })).toEqual([
    'tfvars.addons.cluster_autoscaler.options.expander: must be one of least-waste, least-nodes, most-pods, random, priority, got "prioritty"',
  ]);
});

test("runs the image that the release pins", () => {
  const images = { cluster_autoscaler: "v1.36.1" };

  expect(valuesOf(clusterAutoscaler, contextOf({ images }))["image"]).toEqual({ tag: "v1.36.1" });
});
