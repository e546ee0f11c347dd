import { type NodePool, nodePoolManifests } from "../../../constructs/addons/node-pool-manifests";
import { NodePools } from "../../../constructs/addons/node-pools";
import { nodePoolDefaults } from "../../../fleet/schema/node-pools";
import { clusterOf, eks, network } from "../../support/cluster";
import { defaultsOf } from "../../support/definitions";
import { synth } from "../../support/synth";

const plain = clusterOf({ common: { tags: { CostCenter: "4711" } } });
const kubernetes = { ...plain.release.kubernetes, bottlerocket_version: "1.62.1-ea1afdd6" };
const cluster = { ...plain, release: { ...plain.release, kubernetes } };

function pool(settings: Partial<NodePool> = {}): NodePool {
  const defaults = nodePoolDefaults.parse(defaultsOf("tfvars.node_pool_defaults"));
  return { ...defaults, name: "general", limits: { vcpus: 100, memory_gib: null }, ...settings };
}

const place = { subnet_ids: ["subnet-a", "subnet-b"], security_group_id: "sg-node" };
const manifests = (settings: Partial<NodePool> = {}) => {
  const [nodeClass, nodePool] = nodePoolManifests(cluster, pool(settings), place);
  return { nodeClass, nodePool };
};

describe("A pool of Karpenter", () => {
  test("is a NodePool with limits", () => {
    expect(manifests().nodePool).toEqual({
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata: { name: "general" },
      spec: {
        template: {
          metadata: { labels: {} },
          spec: {
            nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "general" },
            requirements: [
              { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
              { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
              { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] },
              { key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["c", "m", "r"] },
              { key: "karpenter.k8s.aws/instance-generation", operator: "Gt", values: ["2"] },
            ],
            expireAfter: "336h",
          },
        },
        disruption: {
          consolidationPolicy: "WhenEmptyOrUnderutilized",
          consolidateAfter: "5m",
          budgets: [{ nodes: "10%" }],
        },
        limits: { cpu: "100" },
      },
    });
  });

  test("is an EC2NodeClass of the release's image, one security group and closed metadata", () => {
    expect(manifests().nodeClass).toEqual({
      apiVersion: "karpenter.k8s.aws/v1",
      kind: "EC2NodeClass",
      metadata: { name: "general" },
      spec: {
        amiSelectorTerms: [{ alias: "al2023@v20260714" }],
        instanceProfile: "reference-eks-example-com-karpenter-node",
        subnetSelectorTerms: [{ id: "subnet-a" }, { id: "subnet-b" }],
        securityGroupSelectorTerms: [{ id: "sg-node" }],
        tags: {
          CostCenter: "4711",
          Cluster: "reference.eks.example.com",
          Tier: "production",
          Owner: "team-reference",
          ManagedBy: "terraform",
        },
        blockDeviceMappings: [
          {
            deviceName: "/dev/xvda",
            ebs: {
              volumeSize: "80Gi",
              volumeType: "gp3",
              iops: 3000,
              throughput: 125,
              encrypted: true,
              deleteOnTermination: true,
            },
          },
        ],
        metadataOptions: {
          httpEndpoint: "enabled",
          httpProtocolIPv6: "disabled",
          httpPutResponseHopLimit: 1,
          httpTokens: "required",
        },
        associatePublicIPAddress: false,
        detailedMonitoring: false,
      },
    });
  });

  test("takes what lies between its vCPUs, the bounds included, and what the definition says itself", () => {
    const { nodePool } = manifests({
      instance_categories: [],
      instance_generation_greater_than: null,
      min_vcpus: 4,
      max_vcpus: 32,
      availability_zones: ["eu-west-1a"],
      requirements: [{ key: "karpenter.k8s.aws/instance-family", operator: "In", values: ["m7i"], min_values: 1 }],
    });

    expect(nodePool).toHaveProperty("spec.template.spec.requirements", [
      { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
      { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
      { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] },
      { key: "topology.kubernetes.io/zone", operator: "In", values: ["eu-west-1a"] },
      { key: "karpenter.k8s.aws/instance-cpu", operator: "Gt", values: ["3"] },
      { key: "karpenter.k8s.aws/instance-cpu", operator: "Lt", values: ["33"] },
      { key: "karpenter.k8s.aws/instance-family", operator: "In", values: ["m7i"], minValues: 1 },
    ]);
  });

  test("on Bottlerocket has its size on the second disk", () => {
    const { nodeClass } = manifests({ ami_family: "Bottlerocket" });

    expect(nodeClass).toMatchObject({
      spec: {
        amiSelectorTerms: [{ alias: "bottlerocket@v1.62.1" }],
        blockDeviceMappings: [
          { deviceName: "/dev/xvda", ebs: { volumeSize: "4Gi" } },
          { deviceName: "/dev/xvdb", ebs: { volumeSize: "80Gi" } },
        ],
      },
    });
  });
});

test("A pool of EKS Auto Mode names its own class, labels and role", () => {
  const { nodeClass, nodePool } = manifests({ kind: "auto_mode" });

  expect(nodeClass).toMatchObject({
    apiVersion: "eks.amazonaws.com/v1",
    kind: "NodeClass",
    spec: {
      role: "reference-eks-example-com-auto-custom-node",
      ephemeralStorage: { size: "80Gi", iops: 3000, throughput: 125 },
    },
  });
  expect(Object.keys(nodeClass?.["spec"] ?? {}).sort()).toEqual([
    "ephemeralStorage",
    "role",
    "securityGroupSelectorTerms",
    "subnetSelectorTerms",
    "tags",
  ]);
  expect(nodePool).toHaveProperty("spec.template.spec.nodeClassRef", {
    group: "eks.amazonaws.com",
    kind: "NodeClass",
    name: "general",
  });
  expect(nodePool).toHaveProperty("spec.template.spec.requirements.3.key", "eks.amazonaws.com/instance-category");
});

describe("The pools of a definition", () => {
  const tf = synth(
    (scope) =>
      new NodePools(scope, "node-pools", {
        cluster: clusterOf({ node_pools: [pool(), pool({ name: "zonal", availability_zones: ["eu-west-1b"] })] }),
        network,
        eks,
        after: [],
      }),
  );

  test("are a release each, in the private subnets of their zones", () => {
    const releases = Object.values(tf.all("helm_release"));
    const subnets = releases.map((release) => [
      release["name"],
      JSON.parse(String((release["values"] as string[])[0])).manifests[0].spec.subnetSelectorTerms,
    ]);

    expect(subnets).toEqual([
      ["node-pool-general", [{ id: "subnet-private-a" }, { id: "subnet-private-b" }, { id: "subnet-private-c" }]],
      ["node-pool-zonal", [{ id: "subnet-private-b" }]],
    ]);
  });
});
