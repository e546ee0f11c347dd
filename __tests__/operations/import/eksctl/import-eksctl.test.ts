import { parse, stringify } from "yaml";
import { importEksctl } from "../../../../operations/import/eksctl/import-eksctl";
import { readConfig } from "../../../../operations/import/eksctl/read-config";
import { account } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const HEAD = { apiVersion: "eksctl.io/v1alpha5", kind: "ClusterConfig" };
const METADATA = { name: "a-b", region: "eu-west-1", version: "1.35" };
const ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
const DESTINATION = {
  name: "a-b",
  owner: "platform",
  account: { name: "open", id: "222222222222" },
  partition: "aws",
  tier: "development",
  releaseModel: undefined,
  entryNames: new Map<string, string>(),
};

type Json = Readonly<Record<string, unknown>>;

function imported(config: Json, zones: readonly string[] = ZONES) {
  const { root } = readConfig("c.yaml", Buffer.from(stringify({ ...HEAD, metadata: METADATA, ...config })));
  if (root === undefined) throw new Error("the config of the test is wrong");
  return importEksctl(root, "c.yaml", DESTINATION, zones);
}

const definition = (config: Json, zones?: readonly string[]) =>
  (parse(imported(config, zones).text) as { readonly tfvars: Readonly<Record<string, Json>> }).tfvars;

const firstGroup = (group: Json, managed = false) =>
  (
    definition({ [managed ? "managedNodeGroups" : "nodeGroups"]: [{ name: "ng", ...group }] })[
      "workers"
    ] as unknown as readonly Json[]
  )[0];

describe("eksctl's defaults", () => {
  const { cluster, networking, workers } = definition({ nodeGroups: [{ name: "ng" }] });

  test("a VPC without a range is 192.168.0.0/16, cut into eighths, the public subnets first", () => {
    expect(networking).toMatchObject({
      vpc_cidr: "192.168.0.0/16",
      nat_gateways: "single",
      subnet_tiers: ["private", "public"],
      subnet_ranges: {
        public: { "eu-west-1a": "192.168.0.0/19", "eu-west-1b": "192.168.32.0/19", "eu-west-1c": "192.168.64.0/19" },
        private: {
          "eu-west-1a": "192.168.96.0/19",
          "eu-west-1b": "192.168.128.0/19",
          "eu-west-1c": "192.168.160.0/19",
        },
      },
    });
  });

  test("the API is public for everybody, and not private", () => {
    expect(cluster).toMatchObject({
      endpoint_public_access: true,
      endpoint_private_access: false,
      public_access_cidrs: ["0.0.0.0/0"],
      service_ipv4_cidr: "10.100.0.0/16",
      authentication_mode: "API_AND_CONFIG_MAP",
      kms: { enabled: false },
      enabled_cluster_log_types: [],
    });
  });

  test("a group has 2 m5.large nodes with 80 GiB in public subnets", () => {
    expect((workers as unknown as readonly Json[])[0]).toMatchObject({
      kind: "self_managed",
      instance_type: "m5.large",
      subnet_tier: "public",
      associate_public_ip_address: true,
      min_size: 2,
      max_size: 2,
      root_volume: { size_gib: 80 },
      metadata_options: { http_put_response_hop_limit: 2 },
    });
  });

  test("zones that the file does not name are counted, because eksctl chose them at random", () => {
    expect(definition({}, [])["networking"]).toMatchObject({ availability_zones: 3 });
    expect(imported({}, []).notes.join()).toContain("eksctl chose 3 at random");
  });

  test("no addon of the tier's platform is installed, and metrics-server is", () => {
    expect(definition({ nodeGroups: [{ name: "ng" }] })["addons"]).toEqual({
      platform: "none",
      aws_ebs_csi_driver_enabled: false,
      cluster_autoscaler_enabled: false,
      aws_load_balancer_controller_enabled: false,
    });
  });
});

describe("node groups", () => {
  test.each<[string, Json, Json]>([
    ["minSize alone is also the maximum", { minSize: 3 }, { min_size: 3, max_size: 3 }],
    ["desiredCapacity is the minimum and the maximum", { desiredCapacity: 4 }, { min_size: 4, max_size: 4 }],
    ["no node is a maximum of one", { desiredCapacity: 0 }, { min_size: 0, max_size: 1 }],
    ["a Graviton type has an image for Arm", { instanceType: "m7g.large" }, { ami_type: "AL2023_ARM_64_STANDARD" }],
    ["a GPU type has an image for GPUs", { instanceType: "g5.xlarge" }, { ami_type: "AL2023_x86_64_NVIDIA" }],
    [
      "Bottlerocket on Graviton",
      { instanceType: "m7g.large", amiFamily: "Bottlerocket" },
      { ami_type: "BOTTLEROCKET_ARM_64" },
    ],
    [
      "taints as a map",
      { taints: { a: "b:NoSchedule", c: "NoExecute" } },
      {
        taints: [
          { key: "a", value: "b", effect: "NoSchedule" },
          { key: "c", effect: "NoExecute" },
        ],
      },
    ],
    [
      "a key's id becomes its ARN",
      { volumeKmsKeyID: "0123" },
      { root_volume: { kms_key_arn: "arn:aws:kms:eu-west-1:222222222222:key/0123" } },
    ],
    [
      "SSH without groups is open to everybody",
      { ssh: { publicKeyName: "k" } },
      { key_name: "k", remote_access: { cidrs: ["0.0.0.0/0"] } },
    ],
    [
      "half on-demand means spot above it",
      { instancesDistribution: { instanceTypes: ["t3.small", "t3.medium"], onDemandPercentageAboveBaseCapacity: 50 } },
      { capacity_type: "SPOT", on_demand_percentage_above_base_capacity: 50, spot_allocation_strategy: "lowest-price" },
    ],
    [
      "fields of the kubelet have keys here",
      { kubeletExtraConfig: { kubeReserved: { cpu: "1" }, other: 1 } },
      { kubelet: { kube_reserved: { cpu: "1" }, extra: { other: 1 } } },
    ],
    ["a lifetime in seconds is one in days", { maxInstanceLifetime: 172_800 }, { max_instance_lifetime_days: 2 }],
  ])("%s", (_, group, expected) => {
    expect(firstGroup(group)).toMatchObject(expected);
  });

  test("a name that begins with a digit is changed, with a comment in the file", () => {
    const { text } = imported({ nodeGroups: [{ name: "1-gpu" }] });

    expect(text).toContain("- name: gpu # was 1-gpu");
  });

  test("Amazon Linux 2 is reported, and its image is not used", () => {
    const { left, text } = imported({
      nodeGroups: [{ name: "ng", amiFamily: "AmazonLinux2", ami: "ami-0123456789abcdef0" }],
    });

    expect(left.map(({ path }) => path).filter((path) => path.startsWith("nodeGroups"))).toEqual([
      "nodeGroups[ng].amiFamily",
      "nodeGroups[ng].ami",
    ]);
    expect(text).not.toContain("ami-0123456789abcdef0");
  });
});

describe("access", () => {
  test("system:masters is an administrator, and a whole account is reported", () => {
    const config = {
      iamIdentityMappings: [
        { arn: "arn:aws:iam::222222222222:role/MyAdmin", groups: ["system:masters"], username: "admin" },
        { account: "222222222222" },
      ],
    };

    expect(definition(config)["cluster"]?.["access_entries"]).toEqual([
      {
        name: "my-admin",
        principal_arn: "arn:aws:iam::222222222222:role/MyAdmin",
        access_policy: "AmazonEKSClusterAdminPolicy",
        user_name: "admin",
      },
    ]);
    expect(imported(config).left.map(({ path }) => path)).toContain("iamIdentityMappings[1].account");
  });

  test("different permissions boundaries are reported, because all roles of a cluster have one", () => {
    const role = "arn:aws:iam::222222222222:policy/";
    const { left } = imported({
      iam: { serviceRolePermissionsBoundary: `${role}a`, fargatePodExecutionRolePermissionsBoundary: `${role}b` },
    });

    expect(left.filter(({ path }) => path.includes("Boundary"))).toHaveLength(2);
  });
});

test("a policy with NotAction is reported, because a statement has no such element", () => {
  const { left } = imported({
    iam: {
      serviceAccounts: [
        { metadata: { name: "a" }, attachPolicy: { Statement: { Effect: "Allow", NotAction: "a:b", Resource: "*" } } },
      ],
    },
  });

  expect(left).toContainEqual(
    expect.objectContaining({ path: "iam.serviceAccounts[0].attachPolicy", fate: "not_translated", line: 12 }),
  );
});

test("what a file of many keys becomes is valid", () => {
  const { text } = imported({
    vpc: { clusterEndpoints: { publicAccess: true, privateAccess: true }, publicAccessCIDRs: ["192.0.2.0/24"] },
    cloudWatch: { clusterLogging: { enableTypes: ["*"], logRetentionInDays: 60 } },
    addons: [{ name: "vpc-cni", version: "latest" }, { name: "aws-ebs-csi-driver" }],
    fargateProfiles: [{ name: "fp-dev", selectors: [{ namespace: "dev", labels: { env: "dev" } }] }],
    iam: {
      podIdentityAssociations: [
        {
          namespace: "default",
          serviceAccountName: "reader",
          permissionPolicyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        },
      ],
    },
    nodeGroups: [
      { name: "ng-1", desiredCapacity: 2, privateNetworking: true, kubeletExtraConfig: { podPidsLimit: 100 } },
    ],
    managedNodeGroups: [
      {
        name: "ng-2",
        spot: true,
        instanceTypes: ["m5.large", "m5a.large"],
        minSize: 1,
        maxSize: 4,
        labels: { a: "b" },
      },
    ],
  });
  const open = account({ id: "555555555555" });
  const problems = problemsOf({ "clusters/platform/a-b.yaml": text, "accounts/open.yaml": open });

  expect(problems.filter((problem) => !problem.includes("warning:"))).toEqual([]);
});
