import { testReports } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const autoMode = (keys: string) => ({ cluster: `auto_mode: { ${keys} }` });

testReports({
  "refuses classes where Auto Mode is not decided": {
    ...autoMode("default_classes: true, custom_node_classes: true"),
    reports: ["default_classes", "custom_node_classes"].map(
      (key, index) =>
        `9:${[35, 62][index]} tfvars.cluster.auto_mode.${key}: has no effect because auto_mode.enabled is null. Remove it, or set auto_mode.enabled: true`,
    ),
  },
  "requires a pool or custom classes": {
    ...autoMode("enabled: true, node_pools: []"),
    reports: [
      "9:45 tfvars.cluster.auto_mode.node_pools: leaves Auto Mode without a role for its nodes. Add a pool, or set custom_node_classes: true",
    ],
  },
  "refuses a pool that is listed twice": {
    ...autoMode("enabled: true, node_pools: [system, system]"),
    reports: ["9:54 tfvars.cluster.auto_mode.node_pools[1]: lists system twice. Remove one of them"],
  },
  "refuses default classes beside a worker group": {
    ...autoMode("enabled: true, default_classes: true"),
    reports: [
      "9:50 tfvars.cluster.auto_mode.default_classes: requires a cluster whose nodes are all Auto Mode's, because addons create classes with the same names for other nodes. Remove it",
    ],
  },
});

test("refuses addons that Auto Mode includes, at the switch of Auto Mode", () => {
  const yaml = `meta: { CLUSTER_NAME: a.example.com }
tfvars:
  common: { aws_region: us-east-1 }
  cluster: { auto_mode: { enabled: true } }
  workers: []
  addons: { coredns_enabled: false, aws_load_balancer_controller_enabled: false, aws_ebs_csi_driver_enabled: false }
`;
  expect(problemsOf({ "clusters/a.example.com.yaml": yaml })).toEqual([
    "clusters/a.example.com.yaml:4:36 tfvars.addons.cluster_autoscaler.enabled: is not needed because all nodes are Auto Mode's, which adds and removes nodes itself. Set cluster_autoscaler_enabled: false",
  ]);
});
