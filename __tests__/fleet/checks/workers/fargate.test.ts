import { messagesIn, type Sections, testReports } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const WEB = "name: web, selectors: [{ namespace: web }]";
const profile = (keys: string): Pick<Sections, "fargate_profiles"> => ({ fargate_profiles: `- { ${WEB}, ${keys} }` });
const INTRA = profile("subnet_tier: intra");

testReports({
  "refuses selectors that EKS does not accept": {
    fargate_profiles: `- name: web
  selectors:
    - { namespace: Web }
    - { namespace: web, labels: { a: x, b: x, c: x, d: x, e: x, f: x } }
    - { namespace: web, labels: { a: x, b: x, c: x, d: x, e: x } }
- name: none
  selectors: []`,
    reports: [
      '11:24 tfvars.fargate_profiles[web].selectors[0].namespace: must be a namespace, or several such as team-*, got "Web"',
      "12:37 tfvars.fargate_profiles[web].selectors[1].labels: must have at most 5 labels, because EKS accepts no more, got 6",
      "15:18 tfvars.fargate_profiles[none].selectors: must have at least 1 item, got none",
    ],
  },
  "refuses zones outside the network, and a zone twice": {
    ...profile("availability_zones: [us-east-1a, us-east-1z, us-east-1a]"),
    reports: [
      '9:86 tfvars.fargate_profiles[web].availability_zones[1]: "us-east-1z" is not a zone of the cluster\'s network. Did you mean "us-east-1a"? Its zones: us-east-1a, us-east-1b, us-east-1c',
      "9:98 tfvars.fargate_profiles[web].availability_zones[2]: lists us-east-1a twice. Remove one of them",
    ],
  },
  "accepts private subnets": { ...profile("subnet_tier: private"), reports: [] },
  "leaves it to the network to report that there are no private subnets": {
    ...profile("subnet_tier: private"),
    networking: "subnet_tiers: [intra, public]",
    reports: ["11:19 tfvars.networking.subnet_tiers: must have private, because nodes use its subnets"],
  },
  "refuses a name that EKS reserves": {
    fargate_profiles:
      "- { name: eks-web, selectors: [{ namespace: web }] }\n- { name: web-eks-a, selectors: [{ namespace: web }] }",
    reports: [
      '9:15 tfvars.fargate_profiles[eks-web].name: must not begin with eks-, which EKS reserves, got "eks-web". Use another name',
    ],
  },
  "refuses subnets without a way to a registry": {
    ...INTRA,
    reports: [
      "9:66 tfvars.fargate_profiles[web].subnet_tier: intra leaves pods without a route to ecr.api, ecr.dkr, so they could not pull images. Use private, add these services to interface_endpoints and gateway_endpoints, or route 0.0.0.0/0 of the tier intra to a transit gateway or a VPN",
    ],
  },
  "accepts subnets with endpoints of the registry": {
    ...INTRA,
    networking: "interface_endpoints: [ecr.api, ecr.dkr]",
    reports: [],
  },
  "refuses a tier that the network does not have": {
    ...INTRA,
    networking: "subnet_tiers: [private, public]",
    reports: [
      "9:66 tfvars.fargate_profiles[web].subnet_tier: the network has no intra subnets. Add intra to networking.subnet_tiers, or use another tier",
    ],
  },
  "refuses a tier that the existing VPC does not have": {
    ...INTRA,
    networking: "existing_vpc: { vpc_id: vpc-0a1b2c3d4e5f60718, subnet_tags: { private: { Network: data } } }",
    reports: [
      "9:66 tfvars.fargate_profiles[web].subnet_tier: the network has no intra subnets. List them in existing_vpc.subnet_ids.intra or existing_vpc.subnet_tags.intra, or use another tier",
    ],
  },
});

test("refuses a role of another account, and settings of an existing role", () => {
  const role = "pod_execution_role_arn: arn:aws:iam::999999999999:role/pods";
  const statements = '[{ actions: ["s3:GetObject"], resources: ["*"] }]';
  expect(messagesIn(profile(`${role}, statements: ${statements}`))).toEqual([
    "tfvars.fargate_profiles[web].pod_execution_role_arn: must be a role of the cluster's own account 111111111111, but is of account 999999999999",
    "tfvars.fargate_profiles[web].statements: has no effect because pod_execution_role_arn is an existing role. Remove it, and change the role where it is defined",
  ]);
});

test("refuses names of profiles and pools that conflict with other names in the state", () => {
  expect(
    messagesIn({
      worker: "min_size: 2",
      fargate_profiles: `- { name: web, selectors: [{ namespace: a }], statements: [{ actions: ["s3:GetObject"], resources: ["*"] }] }
- { name: web-policy, selectors: [{ namespace: b }] }`,
      node_pools: "- { name: manifests, limits: { vcpus: 10 } }",
      addons: "karpenter_enabled: true\ncluster_autoscaler_enabled: false",
    }),
  ).toEqual([
    "tfvars.fargate_profiles[web-policy].name: web-policy is created in the state both for web and for web-policy. Rename one of them",
    "tfvars.node_pools[manifests].name: must not be manifests, which is reserved in the state. Rename it",
  ]);
});

describe("a cluster without nodes", () => {
  const reports = (lines: string): string[] =>
    problemsOf({
      "clusters/a.example.com.yaml": `meta: { CLUSTER_NAME: a.example.com }
tfvars:
  common: { aws_region: us-east-1 }
  workers: []
  fargate_profiles:
    - name: all
      selectors:
${lines}`,
    });
  const COREDNS = "        - { namespace: kube-system, labels: { k8s-app: kube-dns } }\n";
  const ADDONS = "  addons:\n    aws_ebs_csi_driver_enabled: false\n    cluster_autoscaler_enabled: false\n";
  const NO_OTHERS = "    metrics_server_enabled: false\n    aws_load_balancer_controller_enabled: false\n";

  test("requires a profile for CoreDNS", () => {
    expect(reports(`        - { namespace: default }\n${ADDONS}${NO_OTHERS}`)).toEqual([
      "clusters/a.example.com.yaml:4:12 tfvars.workers: has no group, so no pods can run. Add a group, such as `- name: general`, or select CoreDNS with a Fargate profile (namespace kube-system, label k8s-app: kube-dns)",
    ]);
    expect(reports(`${COREDNS}${ADDONS}${NO_OTHERS}`)).toEqual([]);
  });

  test("refuses addons that call AWS, because Fargate has no Pod Identity", () => {
    const selectors = `${COREDNS}        - { namespace: kube-system, labels: { app.kubernetes.io/name: karpenter } }\n        - { namespace: velero }\n`;

    // The other addons run on the nodes that Karpenter creates.
    const pools = "  node_pools: [{ name: p, limits: { vcpus: 10 } }]\n";
    expect(reports(`${selectors}${ADDONS}    karpenter_enabled: true\n${pools}`)).toEqual([]);
    expect(reports(`${selectors}${ADDONS}    velero: { enabled: true, options: { volumes: none } }\n`)).toEqual([
      "clusters/a.example.com.yaml:14:24 tfvars.addons.velero.enabled: calls AWS with a role of EKS Pod Identity, which Fargate does not support, but the cluster has only Fargate. Add a group of Linux nodes, or set velero_enabled: false",
    ]);
  });
});
