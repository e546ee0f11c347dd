import { karpenter } from "../../../addons/nodes/karpenter";
import { contextOf, LEVELS, manifestsOf, monitoredContext, permissionsOf, valuesOf } from "../support/context";

test("finds its cluster and its queue, and resolves names without CoreDNS", () => {
  expect(valuesOf(karpenter, contextOf({ service_level: LEVELS.three, private_network: true }))).toEqual({
    serviceAccount: { name: "karpenter" },
    replicas: 3,
    dnsPolicy: "Default",
    controller: { resources: { requests: { cpu: "250m", memory: "1Gi" }, limits: { memory: "1Gi" } } },
    settings: {
      clusterName: "demo",
      eksControlPlane: true,
      interruptionQueue: "demo-karpenter",
      isolatedVPC: true,
      featureGates: { spotToSpotConsolidation: false, nodeRepair: false },
    },
  });
  expect(
    valuesOf(karpenter, contextOf(), { node_repair: true, spot_to_spot_consolidation: true })["settings"],
  ).toMatchObject({ featureGates: { spotToSpotConsolidation: true, nodeRepair: true }, isolatedVPC: false });
});

test("does not count the addresses of the first interface if pods have their own subnets", () => {
  expect(valuesOf(karpenter, contextOf({ pods_in_own_subnets: true }))["settings"]).toMatchObject({
    reservedENIs: "1",
  });
});

test("has its CRDs in a chart of their own, which is installed first", () => {
  expect(karpenter.skip_crds).toBe(true);
  expect(karpenter.further_charts?.map(({ chart, order }) => [chart, order])).toEqual([["karpenter_crd", "before"]]);
});

test("may pass one role to nodes, and read one queue", () => {
  const resources = Object.fromEntries(permissionsOf(karpenter).map(({ resources: each, sid }) => [sid, each]));

  expect(resources["GiveNodesTheirRole"]).toEqual(["arn:aws:iam::111111111111:role/demo-karpenter-node"]);
  expect(resources["HearWhatEnds"]).toEqual(["arn:aws:sqs:eu-west-1:111111111111:demo-karpenter"]);
});

test("is scraped only if Prometheus is installed", () => {
  expect(manifestsOf(karpenter)).toEqual([]);
  expect(manifestsOf(karpenter, monitoredContext).map(({ kind }) => kind)).toEqual([
    "ServiceMonitor",
    "PrometheusRule",
  ]);
});
