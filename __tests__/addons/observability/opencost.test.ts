import { opencost } from "../../../addons/observability/opencost";
import { contextOf, permissionsOf, valuesOf } from "../support/context";

test("queries the Prometheus of kube_prometheus_stack, and requires it", () => {
  expect(opencost.requires).toEqual(["kube_prometheus_stack"]);
  expect(valuesOf(opencost)["opencost"]).toMatchObject({
    exporter: { defaultClusterId: "demo" },
    mcp: { enabled: false },
    metrics: { serviceMonitor: { enabled: true } },
    prometheus: {
      internal: {
        enabled: true,
        serviceName: "kube-prometheus-stack-prometheus",
        namespaceName: "monitoring",
        port: 9090,
      },
    },
    ui: { enabled: true },
  });
  expect(valuesOf(opencost, contextOf(), { ui: false })["opencost"]).toMatchObject({ ui: { enabled: false } });
});

test("has AWS permissions only to find unused resources", () => {
  expect(permissionsOf(opencost)).toEqual([]);
  expect(permissionsOf(opencost, contextOf(), { unattached_resources: true })).toEqual([
    {
      sid: "ListWhatNothingUses",
      actions: ["ec2:DescribeAddresses", "ec2:DescribeVolumes"],
      resources: ["*"],
    },
  ]);
});
