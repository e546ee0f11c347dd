import { clusterOverprovisioner } from "../../../addons/nodes/cluster-overprovisioner";
import { contextOf, optionsOf, reportsOf, valuesOf } from "../support/context";

test("each reserve consists of pods that give way, and no priority class becomes the default", () => {
  const gpu = {
    name: "gpu",
    replicas: 2,
    cpu: "500m",
    memory: "2Gi",
    node_selector: { pool: "gpu" },
    tolerations: [{ key: "gpu", operator: "Exists" }],
  };

  expect(valuesOf(clusterOverprovisioner, contextOf(), { reserves: [gpu] })).toMatchObject({
    priorityClassOverprovision: { name: "overprovisioning", value: -1 },
    priorityClassDefault: { enabled: false },
    deployments: [
      {
        name: "gpu",
        replicaCount: 2,
        nodeSelector: { pool: "gpu" },
        tolerations: [{ key: "gpu", operator: "Exists" }],
        resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { cpu: "500m", memory: "2Gi" } },
      },
    ],
  });
});

test.each(["cluster_autoscaler", "karpenter"])("%s adds a node again after the room is used", (name) => {
  const given = optionsOf(clusterOverprovisioner);

  expect(reportsOf(clusterOverprovisioner, contextOf({ enabled: [name] }), given)).toEqual([]);
  expect(reportsOf(clusterOverprovisioner, contextOf(), given)).toEqual([
    {
      path: ["enabled"],
      message:
        "reserves capacity that nothing replaces once it is used. Enable one of cluster_autoscaler, karpenter, or set cluster_overprovisioner_enabled: false",
    },
  ]);
});
