import { CoreAddons } from "../../../constructs/cluster/core-addons";
import type { Cluster, Tfvars } from "../../../fleet/model/cluster";
import { clusterOf, eks, network, type Part, workerOf } from "../../support/cluster";
import { controlPlaneProps } from "../../support/props";
import { synth } from "../../support/synth";

function synthAddons(
  cluster: Part<Tfvars["cluster"]> = {},
  rest: Partial<Cluster> = {},
  networking: Part<Tfvars["networking"]> = {},
) {
  const { owner, plan, settings } = controlPlaneProps(clusterOf({ cluster, networking }, rest));
  const props = {
    owner,
    plan,
    vpcCni: settings.vpc_cni,
    clusterName: "demo",
    network: { ...network, subnet_ids: { ...network.subnet_ids, pod: { "eu-west-1a": "subnet-pod-a" } } },
    nodeSecurityGroupId: "sg-node",
  };
  return synth((scope) => new CoreAddons(scope, "addons", props));
}

describe("CoreAddons", () => {
  test("are exactly those that nodes require, at the release's versions", () => {
    const addons = Object.values(synthAddons().all("aws_eks_addon"));

    expect(addons.map((addon) => `${addon["addon_name"]} ${addon["addon_version"]}`)).toEqual([
      "eks-pod-identity-agent v1.3.10-eksbuild.2",
      "kube-proxy v1.35.6-eksbuild.1",
      "vpc-cni v1.23.0-eksbuild.1",
    ]);
  });

  test("kube-proxy has EKS's defaults", () => {
    expect(synthAddons().only("aws_eks_addon", "kube-proxy")).toEqual({
      cluster_name: "demo",
      addon_name: "kube-proxy",
      addon_version: "v1.35.6-eksbuild.1",
      resolve_conflicts_on_create: "NONE",
      resolve_conflicts_on_update: "OVERWRITE",
      preserve: true,
      configuration_values: "{}", // left out, the provider would keep what an earlier definition said
      timeouts: { create: "25m", update: "25m", delete: "10m" },
    });
  });

  test("vpc-cni enforces network policies, with its own role, which is created first", () => {
    const tf = synthAddons();
    const addon = tf.only("aws_eks_addon", "vpc-cni");

    expect(addon).toEqual({
      cluster_name: "demo",
      addon_name: "vpc-cni",
      addon_version: "v1.23.0-eksbuild.1",
      resolve_conflicts_on_create: "NONE",
      resolve_conflicts_on_update: "OVERWRITE",
      preserve: true,
      configuration_values: expect.any(String),
      timeouts: { create: "25m", update: "25m", delete: "10m" },
      pod_identity_association: [
        { role_arn: `\${${tf.addresses("aws_iam_role")[0]}.arn}`, service_account: "aws-node" },
      ],
      depends_on: [
        tf.addresses("aws_eks_addon")[0],
        ...tf.addresses("aws_iam_role"),
        ...tf.addresses("aws_iam_role_policy_attachment"),
      ],
    });
    expect(JSON.parse(String(addon["configuration_values"]))).toEqual({
      enableNetworkPolicy: "true",
      livenessProbeTimeoutSeconds: 10,
      readinessProbeTimeoutSeconds: 10,
      resources: { requests: { cpu: "25m" } },
    });
  });

  test("the CNI's role trusts its service account in this cluster", () => {
    const tf = synthAddons();

    expect(JSON.parse(String(tf.only("aws_iam_role")["assume_role_policy"])).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:RequestTag/eks-cluster-arn": eks.arn,
            "aws:RequestTag/kubernetes-namespace": "kube-system",
            "aws:RequestTag/kubernetes-service-account": "aws-node",
          },
        },
      },
    ]);
    expect(tf.only("aws_iam_role_policy_attachment")["policy_arn"]).toBe(
      "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
    );
  });

  test("the definition's values override the defaults and keep the others", () => {
    const tf = synthAddons({
      vpc_cni: { values: { enableNetworkPolicy: "false", resources: { limits: { cpu: "1" } } } },
      kube_proxy: { values: { mode: "ipvs" } },
    });

    expect(JSON.parse(String(tf.only("aws_eks_addon", "vpc-cni")["configuration_values"]))).toEqual({
      enableNetworkPolicy: "false",
      livenessProbeTimeoutSeconds: 10,
      readinessProbeTimeoutSeconds: 10,
      resources: { requests: { cpu: "25m" }, limits: { cpu: "1" } },
    });
    expect(tf.only("aws_eks_addon", "kube-proxy")["configuration_values"]).toBe('{"mode":"ipvs"}');
  });

  test("the definition's values are passed to the add-on without a change, in any order of keys", () => {
    const valuesOf = (values: Readonly<Record<string, string>>) =>
      synthAddons({ kube_proxy: { values } }).only("aws_eks_addon", "kube-proxy")["configuration_values"];

    expect(valuesOf({ mode: "ipvs", env: "${HOST}" })).toBe('{"env":"$${HOST}","mode":"ipvs"}');
    expect(valuesOf({ env: "a", mode: "ipvs" })).toBe(valuesOf({ mode: "ipvs", env: "a" }));
  });

  test("vpc-cni enables addresses of Windows pods in a cluster with Windows nodes", () => {
    const windows = { ...workerOf({ name: "windows" }), ami_type: "WINDOWS_CORE_2022_x86_64" } as const;
    const cluster = clusterOf({ workers: [workerOf({ name: "linux" }), windows] });
    const { owner, plan, settings } = controlPlaneProps(cluster);
    const props = {
      owner,
      plan,
      vpcCni: settings.vpc_cni,
      clusterName: "demo",
      network,
      nodeSecurityGroupId: "sg-node",
    };
    const tf = synth((scope) => new CoreAddons(scope, "addons", props));

    expect(JSON.parse(String(tf.only("aws_eks_addon", "vpc-cni")["configuration_values"]))).toMatchObject({
      enableWindowsIpam: "true",
    });
  });

  test("refuses a release without a version in place of using the newest", () => {
    const release = {
      name: "broken",
      kubernetes: { ami_release_version: "1.35.6-20260714", eks_addons: {} },
      charts: {},
    };

    expect(() => synthAddons({}, { release })).toThrow(
      "release broken has no version of the EKS add-on eks-pod-identity-agent",
    );
  });

  test("the definition's version and policies override the release's", () => {
    const tf = synthAddons({
      kube_proxy: {
        version: "v1.35.9-eksbuild.3",
        resolve_conflicts_on_create: "OVERWRITE",
        resolve_conflicts_on_update: "PRESERVE",
        preserve: false,
      },
    });

    expect(tf.only("aws_eks_addon", "kube-proxy")).toMatchObject({
      addon_version: "v1.35.9-eksbuild.3",
      resolve_conflicts_on_create: "OVERWRITE",
      resolve_conflicts_on_update: "PRESERVE",
      preserve: false,
    });
  });

  test("the agent of Pod Identity runs on hybrid nodes too", () => {
    const configuration = (cluster: Parameters<typeof synthAddons>[0]) =>
      synthAddons(cluster).only("aws_eks_addon", "pod-identity-agent")["configuration_values"];

    expect(configuration({ remote_networks: { node_cidrs: ["10.61.0.0/20"] } })).toBe(
      '{"daemonsets":{"hybrid":{"create":true}}}',
    );
    expect(configuration({})).toBe("{}");
  });

  test("another CNI replaces vpc-cni, which has no role then", () => {
    const tf = synthAddons({ vpc_cni: { enabled: false }, kube_proxy: { enabled: false } });

    expect(Object.values(tf.all("aws_eks_addon")).map((addon) => addon["addon_name"])).toEqual([
      "eks-pod-identity-agent",
    ]);
    expect(tf.addresses("aws_iam_role")).toEqual([]);
  });
});

describe("how pods get their addresses", () => {
  const valuesOf = (vpc_cni: object, networking: Part<Tfvars["networking"]> = {}) => {
    const tf = synthAddons({ vpc_cni }, {}, networking);
    return JSON.parse(String(tf.only("aws_eks_addon", "vpc-cni")["configuration_values"])) as Record<string, unknown>;
  };
  const PODS = { subnet_tiers: ["private", "pod"], secondary_cidr_blocks: ["100.64.0.0/16"] } as const;

  test.each([
    [{ prefix_delegation: true }, { ENABLE_PREFIX_DELEGATION: "true" }],
    [{ warm_eni_target: 0 }, { WARM_ENI_TARGET: "0" }],
    [
      { warm_ip_target: 2, minimum_ip_target: 10 },
      { WARM_IP_TARGET: "2", MINIMUM_IP_TARGET: "10" },
    ],
    [{ warm_prefix_target: 3 }, { WARM_PREFIX_TARGET: "3" }],
    [{ external_snat: true }, { AWS_VPC_K8S_CNI_EXTERNALSNAT: "true" }],
    [{}, undefined],
  ])("%j becomes %j", (settings, env) => {
    expect(valuesOf(settings)["env"]).toEqual(env);
  });

  test("network policies can be off", () => {
    expect(valuesOf({ network_policy: false })["enableNetworkPolicy"]).toBe("false");
  });

  test("with a tier for pods, from the pod subnet of the node's zone, with the nodes' security group", () => {
    const values = valuesOf({}, PODS);

    expect(values["env"]).toEqual({
      AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true",
      ENI_CONFIG_LABEL_DEF: "topology.kubernetes.io/zone",
    });
    expect(values["eniConfig"]).toEqual({
      create: true,
      region: "eu-west-1",
      subnets: { "eu-west-1a": { id: "subnet-pod-a", securityGroups: ["sg-node"] } },
    });
  });

  test("with a tier for pods, but from the nodes' subnet if custom_networking is false", () => {
    expect(valuesOf({ custom_networking: false }, PODS)).not.toHaveProperty("eniConfig");
  });

  test("in an IPv6 cluster with a policy of its own in place of AWS's", () => {
    const tf = synthAddons({}, {}, { ip_family: "ipv6" });

    expect(tf.addresses("aws_iam_role_policy_attachment")).toEqual([]);
    expect(JSON.parse(String(tf.only("aws_iam_role_policy", "vpc-cni-ipv6")["policy"])).Statement).toEqual([
      {
        Effect: "Allow",
        Action: [
          "ec2:AssignIpv6Addresses",
          "ec2:DescribeInstances",
          "ec2:DescribeInstanceTypes",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:DescribeTags",
        ],
        Resource: "*",
      },
      { Effect: "Allow", Action: "ec2:CreateTags", Resource: "arn:aws:ec2:*:*:network-interface/*" },
    ]);
    expect(tf.only("aws_eks_addon", "vpc-cni")["depends_on"]).toContain(tf.addresses("aws_iam_role_policy")[0]);
  });
});
