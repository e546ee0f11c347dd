import { withoutPlace } from "../../../../fleet/checks/addons/addon-places";
import { problemsOf } from "../../../support/definitions";

const told = (workers: string, profiles: string) =>
  problemsOf({
    "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common: { aws_region: us-east-1 }
  workers: ${workers}
  fargate_profiles: ${profiles}
  addons:
    aws_ebs_csi_driver_enabled: false
    aws_load_balancer_controller_enabled: false
    cluster_autoscaler_enabled: false
    metrics_server_enabled: false
    eks_node_monitoring_agent_enabled: true
    headlamp_enabled: true
`,
  });
const SYSTEM = "[{ name: system, selectors: [{ namespace: kube-system }] }]";

test("Fargate alone does not run addons of nodes, nor addons in namespaces without a profile", () => {
  expect(told("[]", SYSTEM)).toEqual([
    "clusters/a.example.com.yaml:12:40 tfvars.addons.eks_node_monitoring_agent_enabled: runs a pod on every node, but the cluster has only Fargate. Add a group of Linux nodes, or set eks_node_monitoring_agent_enabled: false",
    "clusters/a.example.com.yaml:13:23 tfvars.addons.headlamp_enabled: its pods run on Linux, but the cluster has only Fargate. Select the namespace headlamp in a Fargate profile, add a group of Linux nodes, or set headlamp_enabled: false",
  ]);
});

test("Windows nodes do not run them either", () => {
  expect(told("[{ name: windows, ami_type: WINDOWS_CORE_2022_x86_64 }]", SYSTEM)).toEqual(
    expect.arrayContaining([
      "clusters/a.example.com.yaml:13:23 tfvars.addons.headlamp_enabled: its pods run on Linux, but the cluster has only Windows nodes. Select the namespace headlamp in a Fargate profile, add a group of Linux nodes, or set headlamp_enabled: false",
    ]),
  );
});

test("Linux nodes run all of them", () => {
  expect(told("[{ name: general, max_size: 1 }]", SYSTEM)).toEqual([]);
});

test("pods on Fargate have no role if their chart accepts no annotation", () => {
  const content = (selector: string) => ({
    "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common: { aws_region: us-east-1 }
  workers: [{ name: general }]
  fargate_profiles: [{ name: system, selectors: [${selector}] }]
`,
  });

  expect(problemsOf(content("{ namespace: kube-system, labels: { k8s-app: kube-dns } }"))).toEqual([]);
  // Also what has DaemonSets beside: Fargate's scheduler would take those too, and find no place for them.
  expect(problemsOf(content("{ namespace: kube-* }")).map((line) => line.replace(/^\S+ /, ""))).toEqual(
    ["aws_ebs_csi_driver", "cluster_autoscaler"].map(
      (addon) =>
        `tfvars.addons.${addon}.enabled: calls AWS with a role of EKS Pod Identity, which Fargate does not support, but the profile system selects its namespace kube-system. Narrow the profile by labels, or set ${addon}_enabled: false`,
    ),
  );
});

test("an addon that has a role only with some options runs on Fargate without them", () => {
  const flux = (repositories: string) =>
    problemsOf({
      "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common: { aws_region: us-east-1 }
  workers: [{ name: general }]
  fargate_profiles: [{ name: flux, selectors: [{ namespace: flux-system }] }]
  addons:
    flux: { enabled: true, options: { ecr_repositories: ${repositories} } }
`,
    });

  expect(flux("[]")).toEqual([]);
  expect(flux("[charts/*]")).toEqual([
    "clusters/a.example.com.yaml:8:22 tfvars.addons.flux.enabled: calls AWS with a role of EKS Pod Identity, which Fargate does not support, but the profile flux selects its namespace flux-system. Narrow the profile by labels, or set flux_enabled: false",
  ]);
});

test.each([
  [["arm64" as const], undefined],
  [["x86_64" as const, "arm64" as const], undefined],
  [
    ["x86_64" as const],
    "its images are built for x86_64, but all nodes are arm64. Add a group that it can run on, or set some_addon_enabled: false",
  ],
])("images for %p on Arm nodes: %p", (architectures, message) => {
  const places = {
    facts: { operating_systems: ["AL2023" as const], architectures: ["arm64" as const] },
    further_nodes: false,
    onFargate: () => false,
  };

  expect(withoutPlace({ name: "some_addon", namespace: "some", architectures }, places)).toBe(message);
  expect(
    withoutPlace({ name: "some_addon", namespace: "some", architectures }, { ...places, further_nodes: true }),
  ).toBe(undefined);
});
