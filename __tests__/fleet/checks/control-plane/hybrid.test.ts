import { messagesIn, testReports } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const NODES = "remote_networks: { node_cidrs: [10.61.0.0/16] }\n";

describe("networks of hybrid nodes", () => {
  testReports({
    "do not overlap the VPC, the Services or each other": {
      networking: "vpc_cidr: 10.50.0.0/16",
      cluster: `remote_networks:
  node_cidrs: [10.50.128.0/20, 172.20.4.0/22, 10.61.0.0/16, 10.61.8.0/22]
  pod_cidrs: [10.61.4.0/22]`,
      reports: [
        "12:20 tfvars.cluster.remote_networks.node_cidrs[0]: 10.50.128.0/20 overlaps vpc_cidr 10.50.0.0/16. Use a range that does not overlap",
        "12:36 tfvars.cluster.remote_networks.node_cidrs[1]: 172.20.4.0/22 overlaps service_ipv4_cidr 172.20.0.0/16. Use a range that does not overlap",
        "12:65 tfvars.cluster.remote_networks.node_cidrs[3]: 10.61.8.0/22 overlaps node_cidrs 10.61.0.0/16. Use a range that does not overlap",
        "13:19 tfvars.cluster.remote_networks.pod_cidrs[0]: 10.61.4.0/22 overlaps node_cidrs 10.61.0.0/16. Use a range that does not overlap",
      ],
    },
    "are private": {
      cluster: "remote_networks: { node_cidrs: [198.51.100.0/24] }",
      reports: [
        "9:37 tfvars.cluster.remote_networks.node_cidrs[0]: must be in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, but is 198.51.100.0/24. EKS accepts no other ranges",
      ],
    },
    "hide no mistake behind a refused range": {
      cluster: "remote_networks: { node_cidrs: [10.61.0.0, 198.51.100.0/24] }",
      reports: [
        '9:37 tfvars.cluster.remote_networks.node_cidrs[0]: must be an IPv4 CIDR block, such as 10.20.0.0/16, got "10.61.0.0"',
        "9:48 tfvars.cluster.remote_networks.node_cidrs[1]: must be in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, but is 198.51.100.0/24. EKS accepts no other ranges",
      ],
    },
    "of pods require those of nodes": {
      cluster: "remote_networks: { pod_cidrs: [10.61.4.0/22] }",
      reports: [
        "9:35 tfvars.cluster.remote_networks.pod_cidrs: requires node_cidrs. Set the ranges of the nodes too, or remove the ranges of their pods",
      ],
    },
    "are not for an IPv6 cluster": {
      networking: "ip_family: ipv6",
      cluster: NODES,
      reports: [
        "12:36 tfvars.cluster.remote_networks.node_cidrs: must be empty, because ip_family is ipv6. EKS supports hybrid nodes only with IPv4",
      ],
    },
  });
});

describe("credentials of hybrid nodes", () => {
  testReports({
    "are accepted for policies": {
      cluster: `${NODES}hybrid_nodes: { credential_provider: SSM, managed_policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess] }`,
      reports: [],
    },
    "by IAM Roles Anywhere are accepted with a trust anchor": {
      cluster: `${NODES}hybrid_nodes: { credential_provider: IAM_ROLES_ANYWHERE, trust_anchor_arn: "arn:aws:rolesanywhere:us-east-1:111111111111:trust-anchor/01234567-89ab-cdef-0123-456789abcdef" }`,
      reports: [],
    },
    "require a network": {
      cluster: "hybrid_nodes: { credential_provider: SSM }",
      reports: [
        "9:42 tfvars.cluster.hybrid_nodes.credential_provider: requires remote_networks.node_cidrs. Set the ranges of the nodes, or remove it",
      ],
    },
    "are required for policies": {
      cluster: "hybrid_nodes: { managed_policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess] }",
      reports: [
        "9:42 tfvars.cluster.hybrid_nodes.managed_policy_arns: has no effect because credential_provider is not set. Remove it, or set credential_provider",
      ],
    },
    "by IAM Roles Anywhere require a trust anchor": {
      cluster: `${NODES}hybrid_nodes: { credential_provider: IAM_ROLES_ANYWHERE }`,
      reports: [
        "10:42 tfvars.cluster.hybrid_nodes.credential_provider: requires trust_anchor_arn. Otherwise the role would trust any certificate",
      ],
    },
    "by SSM have no trust anchor": {
      cluster: `${NODES}hybrid_nodes: { credential_provider: SSM, trust_anchor_arn: "arn:aws:rolesanywhere:us-east-1:111111111111:trust-anchor/01234567-89ab-cdef-0123-456789abcdef" }`,
      reports: [
        "10:65 tfvars.cluster.hybrid_nodes.trust_anchor_arn: has no effect because credential_provider is not IAM_ROLES_ANYWHERE. Remove it",
      ],
    },
  });
});

testReports({
  "accepts both endpoints without hybrid nodes": {
    cluster: "endpoint_public_access: true\npublic_access_cidrs: [198.51.100.0/24]",
    reports: [],
  },
  "accepts the private endpoint alone with hybrid nodes": { cluster: NODES, reports: [] },
  "refuses both endpoints with hybrid nodes": {
    cluster: `${NODES}endpoint_public_access: true\npublic_access_cidrs: [198.51.100.0/24]`,
    reports: [
      "10:29 tfvars.cluster.endpoint_public_access: must be false, because hybrid nodes use the private endpoint. With both endpoints, hybrid nodes resolve the name of the API to the public one, and webhooks time out",
    ],
  },
});

test("refuses networks of hybrid nodes in a secondary range of the VPC", () => {
  const messages = messagesIn({
    networking: "secondary_cidr_blocks: [10.61.0.0/16]",
    cluster: "remote_networks: { node_cidrs: [10.61.4.0/22] }",
  });

  expect(messages).toContain(
    "tfvars.cluster.remote_networks.node_cidrs[0]: 10.61.4.0/22 overlaps secondary_cidr_blocks 10.61.0.0/16. Use a range that does not overlap",
  );
});

describe("addons that require EC2, in a cluster whose nodes are all outside of AWS", () => {
  const hybridOnly = (more: string, cluster = "node_cidrs: [10.61.0.0/16] }"): string[] =>
    problemsOf({
      "clusters/a.example.com.yaml": `meta: { CLUSTER_NAME: a.example.com }
tfvars:
  common: { aws_region: us-east-1 }
  workers: []
  cluster: { remote_networks: { ${cluster} }
${more}`,
    });
  const at = "clusters/a.example.com.yaml";
  const refused = (addon: string, why: string): string =>
    `tfvars.addons.${addon}: ${why}, and all nodes of this cluster are outside of AWS. Set ${addon.split(/_enabled|\.enabled/)[0]}_enabled: false, or add a worker group`;

  test("are refused at their switch", () => {
    const addons = "aws_ebs_csi_driver_enabled: true, aws_mountpoint_s3_csi_driver_enabled: true";

    expect(hybridOnly(`  addons: { ${addons}, cluster_autoscaler_enabled: true }\n`)).toEqual([
      `${at}:6:41 ${refused("aws_ebs_csi_driver_enabled", "attaches volumes to instances of EC2")}`,
      `${at}:6:85 ${refused("aws_mountpoint_s3_csi_driver_enabled", "mounts buckets on instances of EC2")}`,
      `${at}:6:119 ${refused("cluster_autoscaler_enabled", "scales groups of instances")}`,
    ]);
  });

  test("are accepted with nodes of Karpenter", () => {
    const profile =
      "  fargate_profiles: [{ name: k, selectors: [{ namespace: kube-system, labels: { app.kubernetes.io/name: karpenter } }] }]\n";
    const addons = "  addons: { karpenter_enabled: true, cluster_autoscaler_enabled: false }\n";

    const pools = "  node_pools: [{ name: p, limits: { vcpus: 10 } }]\n";

    expect(hybridOnly(`${profile}${addons}${pools}`)).toEqual([]);
  });

  test("are accepted with nodes of EKS Auto Mode", () => {
    const autoMode = "node_cidrs: [10.61.0.0/16] }, auto_mode: { enabled: true, node_pools: [general-purpose] }";
    const addons =
      "  addons: { cluster_autoscaler_enabled: false, aws_ebs_csi_driver_enabled: false, aws_load_balancer_controller_enabled: false, aws_mountpoint_s3_csi_driver_enabled: true }\n";

    expect(hybridOnly(addons, autoMode)).toEqual([]);
  });

  test("are refused at the networks of the nodes if a layer enables them", () => {
    expect(hybridOnly("")).toEqual([
      `${at}:5:45 ${refused("aws_ebs_csi_driver.enabled", "attaches volumes to instances of EC2")}`,
      `${at}:5:45 ${refused("cluster_autoscaler.enabled", "scales groups of instances")}`,
    ]);
  });
});
