import { keda } from "../../../addons/nodes/keda";
import { contextOf, monitoredContext, optionsOf, permissionsOf, reportsOf, valuesOf } from "../support/context";

test("every part has the service level's replicas, a disruption budget that permits drains, and no CPU limit", () => {
  expect(valuesOf(keda)).toMatchObject({
    clusterName: "demo",
    crds: { install: true, additionalAnnotations: { "helm.sh/resource-policy": "keep" } },
    operator: { name: "keda-operator", replicaCount: 2 },
    metricsServer: { replicaCount: 2 },
    webhooks: { enabled: true, replicaCount: 2 },
    serviceAccount: { operator: { name: "keda-operator" } },
    podDisruptionBudget: {
      operator: { maxUnavailable: 1 },
      metricServer: { maxUnavailable: 1 },
      webhooks: { maxUnavailable: 1 },
    },
    resources: { operator: { requests: { cpu: "100m", memory: "512Mi" }, limits: { cpu: null, memory: "512Mi" } } },
    prometheus: { operator: { enabled: false, serviceMonitor: { enabled: false } } },
  });
});

test.each(["operator", "metricServer", "webhooks"])("its %s is scraped if Prometheus is installed", (part) => {
  expect(valuesOf(keda, monitoredContext)["prometheus"]).toMatchObject({
    [part]: { enabled: true, serviceMonitor: { enabled: true } },
  });
});

test("may read only what the definition lists in AWS", () => {
  const statement = {
    sid: "Queues",
    actions: ["sqs:GetQueueAttributes"],
    resources: ["arn:aws:sqs:eu-west-1:111111111111:${aws:PrincipalTag/queue}"],
  };

  expect(permissionsOf(keda)).toEqual([]);
  expect(permissionsOf(keda, contextOf(), { permissions: [statement] })).toEqual([
    { ...statement, resources: ["arn:aws:sqs:eu-west-1:111111111111:$${aws:PrincipalTag/queue}"] },
  ]);
  expect(reportsOf(keda, contextOf({ partition: "aws-cn" }), optionsOf(keda, { permissions: [statement] }))).toEqual([
    {
      path: ["options", "permissions", 0, "resources", 0],
      message:
        "must be an ARN of partition aws-cn, as the cluster's region is, got arn:aws:sqs:eu-west-1:111111111111:${aws:PrincipalTag/queue}",
    },
  ]);
});
