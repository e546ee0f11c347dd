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

describe("a cluster whose nodes are all Auto Mode's", () => {
  const messages = (lines: string, more = ""): string[] =>
    problemsOf({
      "clusters/a.example.com.yaml": `meta: { CLUSTER_NAME: a.example.com }
tfvars:
  common: { aws_region: us-east-1 }
  workers: []
  cluster:
    auto_mode: { enabled: true${more} }
${lines}`,
    }).map((problem) => problem.replace("clusters/a.example.com.yaml:", ""));
  const OFF = `  addons:
    coredns_enabled: false
    aws_ebs_csi_driver_enabled: false
    cluster_autoscaler_enabled: false
    aws_load_balancer_controller_enabled: false
`;
  const included = (place: string, addon: string, why: string): string =>
    `${place}: is not needed because all nodes are Auto Mode's, which ${why}. Set ${addon}_enabled: false`;

  test("refuses addons that Auto Mode includes, at its switch where the addon is on by default", () => {
    expect(messages("")).toEqual(
      [
        ["aws_ebs_csi_driver", "has its own volume driver, ebs.csi.eks.amazonaws.com"] as const,
        ["aws_load_balancer_controller", "creates load balancers for the class eks.amazonaws.com/alb"] as const,
        ["cluster_autoscaler", "adds and removes nodes itself"] as const,
        ["coredns", "runs DNS on every node"] as const,
      ].map(([addon, why]) => included(`6:27 tfvars.addons.${addon}.enabled`, addon, why)),
    );
    expect(messages(`${OFF}    eks_node_monitoring_agent_enabled: true\n    kured_enabled: true\n`)).toEqual([
      included(
        "12:40 tfvars.addons.eks_node_monitoring_agent_enabled",
        "eks_node_monitoring_agent",
        "watches its nodes itself",
      ),
      included(
        "13:20 tfvars.addons.kured_enabled",
        "kured",
        "replaces its nodes by newer ones, and their disks cannot be written",
      ),
    ]);
  });

  test("refuses settings of the core add-ons that Auto Mode includes", () => {
    const lines = "    vpc_cni: { version: v1.20.4-eksbuild.2 }\n    kube_proxy: { values: { mode: nftables } }\n";
    expect(messages(`${lines}${OFF}`)).toEqual([
      "7:25 tfvars.cluster.vpc_cni.version: has no effect because all nodes are Auto Mode's, which has its own vpc-cni. Remove it",
      "8:27 tfvars.cluster.kube_proxy.values: has no effect because all nodes are Auto Mode's, which has its own kube-proxy. Remove it",
    ]);
  });

  test("requires default classes for an addon with volumes", () => {
    const concourse =
      "    concourse: { enabled: true, options: { main_team: { local_user: a }, database: { host: d.a.b, port: 1, name: a, sslmode: disable } } }\n";
    expect(messages(`${OFF}${concourse}`)).toEqual([
      "12:27 tfvars.addons.concourse.enabled: requires a volume for each worker, but nothing provides volumes. To fix this, set tfvars.cluster.auto_mode.default_classes: true",
    ]);
    expect(messages(`${OFF}${concourse}`, ", default_classes: true")).toEqual([]);
  });
});
