import { problemsOf, SMALLEST } from "../../../support/definitions";

const CLUSTER = `meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common:
    aws_region: us-east-1
`;

const said = (lines: string) => problemsOf({ "clusters/a.example.com.yaml": `${CLUSTER}${lines}` });

describe("a cluster without nodes", () => {
  test("needs a profile that takes CoreDNS", () => {
    const off = ["aws_ebs_csi_driver", "cluster_autoscaler", "metrics_server", "aws_load_balancer_controller"];
    const switches = off.map((addon) => `    ${addon}_enabled: false\n`).join("");
    const profile = (selector: string) =>
      `  workers: []\n  fargate_profiles:\n    - name: all\n      selectors: [${selector}]\n  addons:\n${switches}`;

    expect(said(profile("{ namespace: default }"))).toEqual([
      "clusters/a.example.com.yaml:6:12 tfvars.workers: has no group, so nothing can run: add one, at least `- name: general`; or let a Fargate profile take CoreDNS (namespace kube-system, label k8s-app: kube-dns)",
    ]);
    expect(said(profile("{ namespace: kube-system, labels: { k8s-app: kube-dns } }"))).toEqual([]);
  });
});

describe("profiles", () => {
  test("by selectors that EKS takes", () => {
    expect(
      said(`  workers:
    - name: general
  fargate_profiles:
    - name: web
      selectors:
        - { namespace: Web }
        - { namespace: web, labels: { a: x, b: x, c: x, d: x, e: x, f: x } }
    - name: none
      selectors: []
`),
    ).toEqual([
      'clusters/a.example.com.yaml:11:24 tfvars.fargate_profiles[web].selectors[0].namespace: must be a namespace, or several such as team-*, got "Web"',
      "clusters/a.example.com.yaml:12:37 tfvars.fargate_profiles[web].selectors[1].labels: must have at most 5 labels, because EKS accepts no more, got 6",
      "clusters/a.example.com.yaml:14:18 tfvars.fargate_profiles[none].selectors: must have at least 1 item, got none",
    ]);
  });

  test("in zones that there are", () => {
    expect(
      said(`  workers:
    - name: general
  fargate_profiles:
    - name: web
      selectors: [{ namespace: web }]
      availability_zones: [us-east-1a, us-east-1z, us-east-1a]
`),
    ).toEqual([
      'clusters/a.example.com.yaml:11:40 tfvars.fargate_profiles[web].availability_zones[1]: "us-east-1z" is not a zone of the cluster\'s network. Did you mean "us-east-1a"? Its zones: us-east-1a, us-east-1b, us-east-1c',
      "clusters/a.example.com.yaml:11:52 tfvars.fargate_profiles[web].availability_zones[2]: names us-east-1a twice: name each zone once",
    ]);
  });

  test("by names that EKS does not keep for itself", () => {
    expect(
      said(`  workers:
    - name: general
  fargate_profiles:
    - { name: eks-web, selectors: [{ namespace: web }] }
    - { name: web-eks-a, selectors: [{ namespace: web }] }
`),
    ).toEqual([
      'clusters/a.example.com.yaml:9:15 tfvars.fargate_profiles[eks-web].name: must not begin with eks-, which EKS reserves, got "eks-web". Use another name',
    ]);
  });

  test("in subnets that lead to a registry", () => {
    const profile = "  fargate_profiles:\n    - { name: web, selectors: [{ namespace: web }], subnet_tier: intra }\n";
    const groups = "  workers:\n    - name: general\n";

    expect(said(`${groups}${profile}`)).toEqual([
      "clusters/a.example.com.yaml:9:66 tfvars.fargate_profiles[web].subnet_tier: leaves pods without a way to ecr.api, ecr.dkr: they could pull no image. Take private, name endpoints of those in interface_endpoints and gateway_endpoints, or route 0.0.0.0/0 of the tier intra to a transit gateway or a VPN",
    ]);
    expect(said(`${groups}${profile}  networking: { interface_endpoints: [ecr.api, ecr.dkr] }\n`)).toEqual([]);
  });

  test("in subnets that there are", () => {
    const profile = "  fargate_profiles:\n    - { name: web, selectors: [{ namespace: web }], subnet_tier: intra }\n";
    const existing =
      "    existing_vpc: { vpc_id: vpc-0a1b2c3d4e5f60718, subnet_tags: { private: { Network: data } } }\n";

    expect(
      said(`  workers: [{ name: general }]\n${profile}  networking:\n    subnet_tiers: [private, public]\n`),
    ).toEqual([
      "clusters/a.example.com.yaml:8:66 tfvars.fargate_profiles[web].subnet_tier: the network has no intra subnets. Add intra to networking.subnet_tiers, or use another tier",
    ]);
    expect(said(`  workers: [{ name: general }]\n${profile}  networking:\n${existing}`)).toEqual([
      "clusters/a.example.com.yaml:8:66 tfvars.fargate_profiles[web].subnet_tier: the network has no intra subnets. List them in existing_vpc.subnet_ids.intra or existing_vpc.subnet_tags.intra, or use another tier",
    ]);
  });
});

test("what calls AWS has its role on Fargate, where its chart takes one there", () => {
  const told = (addons: string) =>
    said(`  workers: []
  fargate_profiles:
    - name: system
      selectors:
        - { namespace: kube-system, labels: { k8s-app: kube-dns } }
        - { namespace: kube-system, labels: { app.kubernetes.io/name: karpenter } }
        - { namespace: velero }
  addons:
    aws_ebs_csi_driver_enabled: false
    cluster_autoscaler_enabled: false
${addons}`);

  // Once Karpenter runs, its nodes take the others.
  expect(told("    karpenter_enabled: true\n")).toEqual([]);
  expect(told("    velero: { enabled: true, options: { volumes: none } }\n")).toEqual([
    "clusters/a.example.com.yaml:16:24 tfvars.addons.velero.enabled: calls AWS by a role of EKS Pod Identity, which Fargate does not have, and the cluster has only Fargate: add a group of Linux nodes, or set velero_enabled: false",
  ]);
});

test("a role that exists is of the account, and is given nothing", () => {
  expect(
    said(`  workers:
    - name: general
  fargate_profiles:
    - name: web
      selectors: [{ namespace: web }]
      pod_execution_role_arn: arn:aws:iam::999999999999:role/pods
      statements: [{ actions: ["s3:GetObject"], resources: ["*"] }]
`),
  ).toEqual([
    "clusters/a.example.com.yaml:11:31 tfvars.fargate_profiles[web].pod_execution_role_arn: is a role of account 999999999999, and the cluster is in 111111111111: EKS takes one of its own",
    "clusters/a.example.com.yaml:12:19 tfvars.fargate_profiles[web].statements: has no effect on a role that exists: change it where the role is made",
  ]);
});

test("names of profiles and pools that would meet others in the state", () => {
  const yaml = `${SMALLEST}  fargate_profiles:
    - { name: web, selectors: [{ namespace: a }], statements: [{ actions: ["s3:GetObject"], resources: ["*"] }] }
    - { name: web-policy, selectors: [{ namespace: b }] }
  node_pools:
    - { name: manifests, limits: { vcpus: 10 } }
  addons: { karpenter_enabled: true, cluster_autoscaler_enabled: false }
`;

  expect(problemsOf({ "clusters/a.example.com.yaml": yaml })).toEqual([
    "clusters/a.example.com.yaml:10:15 tfvars.fargate_profiles[web-policy].name: meets what is made for web in the state, web-policy: name it otherwise",
    "clusters/a.example.com.yaml:12:15 tfvars.node_pools[manifests].name: meets a name of ours in the state, manifests: name it otherwise",
  ]);
});
