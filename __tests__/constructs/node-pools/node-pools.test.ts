import { nodePoolManifests } from "../../../constructs/node-pools/node-pool-manifests";
import { NodePools } from "../../../constructs/node-pools/node-pools";
import { type NodePool, planNodePools } from "../../../fleet/plan/node-pools-plan";
import { ownerOf } from "../../../fleet/plan/owner";
import { nodePoolDefaults } from "../../../fleet/schema/node-pools/node-pools";
import { clusterOf } from "../../support/cluster";
import { defaultsOf } from "../../support/definitions";
import { nodePoolsProps } from "../../support/props";
import { synth } from "../../support/synth";

const plain = clusterOf({ common: { tags: { CostCenter: "4711" } } });
const kubernetes = { ...plain.release.kubernetes, bottlerocket_version: "1.62.1-ea1afdd6" };
const cluster = { ...plain, release: { ...plain.release, kubernetes } };

function pool(settings: Partial<NodePool> = {}): NodePool {
  const defaults = nodePoolDefaults.parse(defaultsOf("tfvars.node_pool_defaults"));
  return {
    ...defaults,
    name: "general",
    limits: { vcpus: 100, memory_gib: null, nodes: null, resources: {} },
    ...settings,
  };
}

const place = { subnetIds: ["subnet-a", "subnet-b"], securityGroupId: "sg-node" };
const manifests = (settings: Partial<NodePool> = {}) => {
  const [plan] = planNodePools({ ...cluster, tfvars: { ...cluster.tfvars, node_pools: [pool(settings)] } });
  if (plan === undefined) throw new Error("no pool is planned");
  const [nodeClass, nodePool] = nodePoolManifests(plan, place, ownerOf(cluster).tags);
  return { nodeClass, nodePool };
};

describe("A pool of Karpenter", () => {
  test("has limits of nodes and of other resources, as Karpenter names them", () => {
    const limits = { vcpus: null, memory_gib: null, nodes: 8, resources: { "nvidia.com/gpu": 4 } };

    expect(manifests({ limits }).nodePool).toMatchObject({ spec: { limits: { nodes: "8", "nvidia.com/gpu": "4" } } });
  });

  test.each([
    ["karpenter", null, "Never"],
    ["auto_mode", null, "336h"],
    ["karpenter", "24h", "24h"],
  ] as const)("of kind %s with expire_after %s has nodes that expire: %s", (kind, expire_after, expected) => {
    expect(manifests({ kind, expire_after }).nodePool).toMatchObject({
      spec: { template: { spec: { expireAfter: expected } } },
    });
  });

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

  test("leaves out the value of a taint without one, because the CRD refuses null", () => {
    const taints = [
      { key: "gpu", value: "", effect: "NoSchedule" },
      { key: "team", value: "data", effect: "NoExecute" },
    ] as const;

    expect(manifests({ taints, startup_taints: taints.slice(0, 1) }).nodePool).toMatchObject({
      spec: {
        template: {
          spec: { taints: [{ key: "gpu", effect: "NoSchedule" }, taints[1]], startupTaints: [{ key: "gpu" }] },
        },
      },
    });
    expect(JSON.stringify(manifests({ taints }).nodePool)).not.toContain('"value":""');
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

  test("selects types between its vCPUs, bounds included, and has the definition's requirements", () => {
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

  test("boots custom images, with the definition's user data, disks and placement", () => {
    const key = "arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef";
    const { nodeClass, nodePool } = manifests({
      ami_ids: ["ami-0123456789abcdef0"],
      associate_public_ip_address: true,
      additional_security_group_ids: ["sg-0123456789abcdef0"],
      capacity_reservations: [{ id: "cr-0123456789abcdef0" }, { tags: { team: "ml" } }],
      root_volume: { ...pool().root_volume, kms_key_arn: key },
      data_volumes: [
        {
          name: "cache",
          device_name: "/dev/sdf",
          size_gib: 50,
          volume_type: "io2",
          iops: 4000,
          delete_on_termination: false,
        },
      ],
      placement_group_name: "close",
      metadata_options: { http_put_response_hop_limit: 2 },
      max_pods: 40,
      kubelet: {
        ...pool().kubelet,
        kube_reserved: { cpu: "100m" },
        eviction_max_pod_grace_period_seconds: 60,
        pods_per_core: 4,
      },
      annotations: { "example.com/a": "b" },
    });

    expect(nodePool).toHaveProperty("spec.template.metadata", { labels: {}, annotations: { "example.com/a": "b" } });
    expect(nodeClass?.["spec"]).toMatchObject({
      amiFamily: "AL2023",
      amiSelectorTerms: [{ id: "ami-0123456789abcdef0" }],
      associatePublicIPAddress: true,
      securityGroupSelectorTerms: [{ id: "sg-node" }, { id: "sg-0123456789abcdef0" }],
      capacityReservationSelectorTerms: [{ id: "cr-0123456789abcdef0" }, { tags: { team: "ml" } }],
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { kmsKeyID: key, encrypted: true } },
        {
          deviceName: "/dev/sdf",
          ebs: { volumeSize: "50Gi", volumeType: "io2", iops: 4000, encrypted: true, deleteOnTermination: false },
        },
      ],
      placementGroupSelector: { name: "close" },
      metadataOptions: { httpPutResponseHopLimit: 2 },
      kubelet: { maxPods: 40, podsPerCore: 4, kubeReserved: { cpu: "100m" }, evictionMaxPodGracePeriod: 60 },
    });
  });

  test.each<[Partial<NodePool>, string | undefined]>([
    [{}, undefined],
    [
      { pre_bootstrap_script: "echo hello", node_config: { containerd: { config: "[debug]" } } },
      `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="nodeadm"

--nodeadm
Content-Type: text/x-shellscript; charset="utf-8"

#!/bin/bash
echo hello

--nodeadm
Content-Type: application/node.eks.aws

---
apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  containerd:
    config: "[debug]"

--nodeadm--
`,
    ],
    [
      { ami_family: "Bottlerocket", bottlerocket_settings: { "host-containers": { admin: { enabled: true } } } },
      "[settings.host-containers.admin]\nenabled = true\n",
    ],
  ])("passes %j to its nodes", (settings, userData) => {
    const spec = manifests(settings).nodeClass?.["spec"] as { readonly userData?: string } | undefined;

    expect(spec?.userData).toBe(userData);
  });
});

test("A pool of EKS Auto Mode has the network settings of its pods, and the key of its disks", () => {
  const kms_key_arn = "arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef";

  expect(
    manifests({
      kind: "auto_mode",
      root_volume: { ...pool().root_volume, kms_key_arn },
      snat_policy: "Disabled",
      network_policy: "DefaultDeny",
      network_policy_event_logs: "Enabled",
      fips: true,
    }).nodeClass?.["spec"],
  ).toMatchObject({
    ephemeralStorage: { kmsKeyID: kms_key_arn },
    snatPolicy: "Disabled",
    networkPolicy: "DefaultDeny",
    networkPolicyEventLogs: "Enabled",
    advancedSecurity: { fips: true },
  });
});

test("A pool of EKS Auto Mode has its own class, labels and role", () => {
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
      new NodePools(
        scope,
        "node-pools",
        nodePoolsProps(
          clusterOf({
            node_pools: [
              pool(),
              pool({ name: "zonal", availability_zones: ["eu-west-1b"] }),
              pool({ name: "open", subnet_tier: "public", availability_zones: ["eu-west-1b"] }),
            ],
          }),
        ),
      ),
  );

  test("are separate releases, in the subnets of their tier and zones", () => {
    const releases = Object.values(tf.all("helm_release"));
    const subnets = releases.map((release) => [
      release["name"],
      JSON.parse(String((release["values"] as string[])[0])).manifests[0].spec.subnetSelectorTerms,
    ]);

    expect(subnets).toEqual([
      ["node-pool-general", [{ id: "subnet-private-a" }, { id: "subnet-private-b" }, { id: "subnet-private-c" }]],
      ["node-pool-open", [{ id: "subnet-public-b" }]],
      ["node-pool-zonal", [{ id: "subnet-private-b" }]],
    ]);
  });

  test("pass scripts without a change: a shell variable is no Terraform reference", () => {
    const script = "echo ${HOSTNAME} %{x}";
    const release = synth(
      (scope) =>
        new NodePools(
          scope,
          "node-pools",
          nodePoolsProps(clusterOf({ node_pools: [pool({ pre_bootstrap_script: script })] })),
        ),
    ).only("helm_release");

    expect((release["values"] as string[])[0]).toContain("echo $${HOSTNAME} %%{x}");
  });

  test("are added one by one: another pool adds its release, and changes none", () => {
    const releases = (...names: readonly string[]) =>
      synth(
        (scope) =>
          new NodePools(
            scope,
            "node-pools",
            nodePoolsProps(clusterOf({ node_pools: names.map((name) => pool({ name })) })),
          ),
      ).all();
    const before = releases("a", "b");
    const after = releases("c", "b", "a");

    expect(after).toMatchObject(before);
    expect(Object.keys(after).filter((address) => !(address in before))).toEqual([
      expect.stringMatching(/^helm_release\.node-pools_c_/),
    ]);
  });
});
