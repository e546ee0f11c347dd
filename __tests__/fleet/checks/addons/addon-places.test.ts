import { withoutPlace } from "../../../../fleet/checks/addons/addon-places";
import { testMessages } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

/** Returns the reports about a Deployment and a DaemonSet on a cluster with these groups of nodes and with Fargate. */
const reportsWith = (workers: string) =>
  problemsOf({
    "clusters/a.example.com.yaml": `meta: { CLUSTER_NAME: a.example.com }
tfvars:
  common: { aws_region: us-east-1 }
  workers: ${workers}
  fargate_profiles: [{ name: system, selectors: [{ namespace: kube-system }] }]
  addons:
    aws_ebs_csi_driver_enabled: false
    aws_load_balancer_controller_enabled: false
    cluster_autoscaler_enabled: false
    metrics_server_enabled: false
    eks_node_monitoring_agent_enabled: true
    headlamp_enabled: true
`,
  }).map((report) => report.replace(/^\S+ /, ""));

const noLinux = (nodes: string): string =>
  `tfvars.addons.headlamp_enabled: its pods run on Linux, but the cluster has only ${nodes}. Select the namespace headlamp in a Fargate profile, add a group of Linux nodes, or set headlamp_enabled: false`;

test("Fargate alone does not run addons of nodes, nor addons in namespaces without a profile", () => {
  expect(reportsWith("[]")).toEqual([
    "tfvars.addons.eks_node_monitoring_agent_enabled: runs a pod on every node, but the cluster has only Fargate. Add a group of Linux nodes, or set eks_node_monitoring_agent_enabled: false",
    noLinux("Fargate"),
  ]);
});

test("Windows nodes do not run addons whose pods run on Linux", () => {
  expect(reportsWith("[{ name: windows, ami_type: WINDOWS_CORE_2022_x86_64 }]")).toContain(noLinux("Windows nodes"));
});

test("Linux nodes run all of them", () => {
  expect(reportsWith("[{ name: general, max_size: 1 }]")).toEqual([]);
});

describe("an addon that calls AWS", () => {
  const noRole = (addon: string, profile: string, namespace: string): string =>
    `tfvars.addons.${addon}.enabled: calls AWS with a role of EKS Pod Identity, which Fargate does not support, but the profile ${profile} selects its namespace ${namespace}. Narrow the profile by labels, or set ${addon}_enabled: false`;
  const selecting = (selector: string) => ({ fargate_profiles: `- { name: some, selectors: [${selector}] }` });

  testMessages({
    "runs on nodes if a profile selects other pods of its namespace": {
      ...selecting("{ namespace: kube-system, labels: { k8s-app: kube-dns } }"),
      reports: [],
    },
    // The scheduler of Fargate would also schedule their DaemonSets, whose pods find no node.
    "is refused if a profile selects its namespace": {
      ...selecting("{ namespace: kube-* }"),
      reports: [
        noRole("aws_ebs_csi_driver", "some", "kube-system"),
        noRole("cluster_autoscaler", "some", "kube-system"),
      ],
    },
    "runs on Fargate if its options require no role": {
      ...selecting("{ namespace: flux-system }"),
      addons: "flux: { enabled: true, options: { ecr_repositories: [] } }",
      reports: [],
    },
    "is refused on Fargate if its options require a role": {
      ...selecting("{ namespace: flux-system }"),
      addons: "flux: { enabled: true, options: { ecr_repositories: [charts/*] } }",
      reports: [noRole("flux", "some", "flux-system")],
    },
  });
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
