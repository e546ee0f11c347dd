import { ManagedNodeGroup } from "../../../constructs/workers/managed-node-group";
import type { Tfvars, Worker } from "../../../fleet/model/cluster";
import { clusterOf, type Part, workerOf } from "../../support/cluster";
import { groupProps } from "../../support/props";
import { synth } from "../../support/synth";

function synthGroup(settings: Part<Worker> = {}, tfvars: Part<Tfvars> = {}) {
  const worker = workerOf({ name: "general", ...settings });
  const cluster = clusterOf({ ...tfvars, workers: [worker] });
  return synth((scope) => new ManagedNodeGroup(scope, "general", groupProps("managed", worker, cluster)));
}

function nameOf(settings: Part<Worker> = {}, tfvars: Part<Tfvars> = {}) {
  return synthGroup(settings, tfvars).only("aws_eks_node_group")["node_group_name"];
}

describe("ManagedNodeGroup", () => {
  test("renders only the keys that its definition sets", () => {
    const tf = synthGroup({ labels: { tier: "general" } });
    const [template] = tf.addresses("aws_launch_template");

    expect(tf.only("aws_eks_node_group")).toEqual({
      cluster_name: "reference-eks-example-com",
      node_group_name: "general-d9f8f06b",
      node_role_arn: `\${${tf.addresses("aws_iam_role")[0]}.arn}`,
      subnet_ids: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
      version: "1.35",
      release_version: "1.35.6-20260714",
      ami_type: "AL2023_x86_64_STANDARD",
      capacity_type: "ON_DEMAND",
      instance_types: ["m6i.large"],
      launch_template: { id: `\${${template}.id}`, version: `\${${template}.latest_version}` },
      scaling_config: { min_size: 1, desired_size: expect.stringMatching(/^\$\{max\(/), max_size: 3 },
      update_config: { max_unavailable_percentage: 33 },
      labels: { tier: "general" },
      taint: [],
      depends_on: [...tf.addresses("aws_iam_role"), ...expectAttachments(tf)],
      lifecycle: { create_before_destroy: true },
    });
  });

  test.each([
    ["BOTTLEROCKET_ARM_64", "m7g.large", "1.62.1-ea1afdd6"],
    ["WINDOWS_CORE_2022_x86_64", "m6i.large", "1.35-2026.04.18"],
  ] as const)("of %s has the release of that operating system", (ami_type, type, release_version) => {
    const group = synthGroup({ ami_type, instance_types: [type] }).only("aws_eks_node_group");

    expect(group).toMatchObject({ ami_type, release_version, version: "1.35" });
  });

  test("refuses an image that the release does not pin", () => {
    const worker = workerOf({ name: "general", ami_type: "BOTTLEROCKET_x86_64" });
    const { release } = clusterOf();
    const { bottlerocket_version: _, ...kubernetes } = release.kubernetes;
    const cluster = clusterOf({ workers: [worker] }, { release: { ...release, kubernetes } });

    expect(() =>
      synth((scope) => new ManagedNodeGroup(scope, "general", groupProps("managed", worker, cluster))),
    ).toThrow("release 2026.10 pins no image for BOTTLEROCKET_x86_64");
  });

  test("with a custom image sends EKS no image, and passes its nodes the cluster to join", () => {
    const tf = synthGroup({ ami_type: "CUSTOM", ami_family: "AL2023", ami_id: "ami-01234567" });
    const template = tf.only("aws_launch_template");

    for (const key of ["ami_type", "release_version", "version"]) {
      expect(Object.keys(tf.only("aws_eks_node_group"))).not.toContain(key);
    }
    expect(template["image_id"]).toBe("ami-01234567");
    expect(template["user_data"]).toContain("name: reference-eks-example-com\\n");
  });

  test("uses EKS's image and user data", () => {
    const template = synthGroup().only("aws_launch_template");

    for (const key of ["image_id", "user_data", "iam_instance_profile", "instance_type"]) {
      expect(Object.keys(template)).not.toContain(key);
    }
  });

  test("its nodes have the group's own role, without the CNI's permissions", () => {
    const tf = synthGroup();

    expect(tf.only("aws_iam_role")["name"]).toBe("reference-eks-example-com-node-general");
    expect(Object.values(tf.all("aws_iam_role_policy_attachment")).map((each) => each["policy_arn"])).toEqual([
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
      "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    ]);
  });

  test.each([
    ["NoSchedule", "NO_SCHEDULE"],
    ["PreferNoSchedule", "PREFER_NO_SCHEDULE"],
    ["NoExecute", "NO_EXECUTE"],
  ] as const)("spells the taint effect %s as %s", (effect, spelled) => {
    const tf = synthGroup({ taints: [{ key: "gpu", value: "true", effect }] });

    expect(tf.only("aws_eks_node_group")["taint"]).toEqual([{ key: "gpu", value: "true", effect: spelled }]);
  });

  test("keeps its name when its custom image changes, because the template's new version rolls it", () => {
    const own = { ami_type: "CUSTOM", ami_family: "AL2023" } as const;

    expect(nameOf({ ...own, ami_id: "ami-01234567" })).toBe(nameOf({ ...own, ami_id: "ami-76543210" }));
  });

  test.each([
    ["desired_size, where it says one", { min_size: 1, desired_size: 2 }, 2],
    ["no node, where it says none", { min_size: 0, desired_size: 0 }, 0],
    ["min_size otherwise", { min_size: 3, desired_size: null }, 3],
  ])("of fixed size keeps %s", (_what, sizes, desired) => {
    const group = synthGroup({ autoscaling: false, ...sizes }).only("aws_eks_node_group");

    expect(group["scaling_config"]).toMatchObject({ desired_size: desired });
    expect(group["lifecycle"]).toEqual({ create_before_destroy: true });
  });

  test("keeps its name when the pod limit of its nodes changes, which is not set for EKS's images", () => {
    const prefixes = { cluster: { vpc_cni: { prefix_delegation: true } } } as const;
    const custom = { ami_type: "CUSTOM", ami_family: "AL2023", ami_id: "ami-01234567" } as const;

    expect(synthGroup(custom, prefixes).only("aws_launch_template")["user_data"]).toContain("maxPods: 110\\n");
    expect(nameOf(custom, prefixes)).toBe(nameOf(custom));
    expect(synthGroup({}, prefixes).only("aws_launch_template")["user_data"]).toBeUndefined();
  });

  test("that is autoscaled keeps the nodes that it has, within its sizes, and starts at desired_size", () => {
    const tf = synthGroup({ min_size: 0, desired_size: 2 });
    const group = tf.only("aws_eks_node_group");
    const [[list = ""] = []] = [Object.keys(tf.at("data", "aws_eks_node_groups") as object)];
    const [[now = ""] = []] = [Object.keys(tf.at("data", "aws_eks_node_group") as object)];

    expect(group["scaling_config"]).toEqual({
      min_size: 0,
      desired_size: `\${max(0, min(3, coalesce(one(data.aws_eks_node_group.${now}[*].scaling_config[0].desired_size), 2)))}`,
      max_size: 3,
    });
    expect(tf.at("data", "aws_eks_node_groups", list)).toMatchObject({ cluster_name: "reference-eks-example-com" });
    expect(tf.at("data", "aws_eks_node_group", now)).toMatchObject({
      cluster_name: "reference-eks-example-com",
      node_group_name: group["node_group_name"],
      count: `\${contains(data.aws_eks_node_groups.${list}.names, "${group["node_group_name"]}") ? 1 : 0}`,
    });
  });

  test("adds the autoscaler's tags to the Auto Scaling group that EKS creates", () => {
    const tf = synthGroup({
      labels: { "example.com/gpu": "a10" },
      taints: [{ key: "gpu", value: "true", effect: "NoSchedule" }],
    });
    const tags = Object.values(tf.all("aws_autoscaling_group_tag"));

    expect(new Set(tags.map((tag) => tag["autoscaling_group_name"]))).toEqual(
      new Set([`\${${tf.addresses("aws_eks_node_group")[0]}.resources[0].autoscaling_groups[0].name}`]),
    );
    expect(tags.map((tag) => tag["tag"])).toEqual([
      { key: "k8s.io/cluster-autoscaler/enabled", value: "true", propagate_at_launch: false },
      {
        key: "k8s.io/cluster-autoscaler/node-template/label/example.com/gpu",
        value: "a10",
        propagate_at_launch: false,
      },
      {
        key: "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage",
        value: "70Gi",
        propagate_at_launch: false,
      },
      {
        key: "k8s.io/cluster-autoscaler/node-template/taint/gpu",
        value: "true:NoSchedule",
        propagate_at_launch: false,
      },
      { key: "k8s.io/cluster-autoscaler/reference-eks-example-com", value: "owned", propagate_at_launch: false },
    ]);
  });

  test("of fixed size overrides EKS's tag for the autoscaler", () => {
    const tf = synthGroup({ autoscaling: false, labels: { a: "b" } });

    expect(tf.only("aws_autoscaling_group_tag")).toEqual({
      autoscaling_group_name: `\${${tf.addresses("aws_eks_node_group")[0]}.resources[0].autoscaling_groups[0].name}`,
      tag: { key: "k8s.io/cluster-autoscaler/enabled", value: "false", propagate_at_launch: false },
    });
  });

  test("uses spot capacity if the definition sets it", () => {
    expect(synthGroup({ capacity_type: "SPOT" }).only("aws_eks_node_group")["capacity_type"]).toBe("SPOT");
  });

  test("runs in the zones it names", () => {
    const group = synthGroup({ availability_zones: ["eu-west-1b"] }).only("aws_eks_node_group");

    expect(group["subnet_ids"]).toEqual(["subnet-private-b"]);
  });

  test("refuses a zone that the network does not have, and names its zones", () => {
    expect(() => synthGroup({ availability_zones: ["eu-west-1z"] })).toThrow(
      "zone eu-west-1z has no private subnet: eu-west-1a, eu-west-1b, eu-west-1c (at test/general)",
    );
  });

  test.each([
    ["image type", { ami_type: "AL2023_ARM_64_STANDARD" }, {}],
    ["way of buying", { capacity_type: "SPOT" }, {}],
    ["instance types", { instance_types: ["m6i.xlarge"] }, {}],
    ["zones", { availability_zones: ["eu-west-1a"] }, {}],
    ["image of the user's own", { ami_type: "CUSTOM", ami_family: "AL2023", ami_id: "ami-01234567" }, {}],
    ["role that exists", { iam_role_arn: "arn:aws:iam::111111111111:role/nodes" }, {}],
    ["subnets' ranges", {}, { networking: { vpc_cidr: "10.1.0.0/16" } }],
  ] as const)("another %s changes the group's name, because it replaces the group", (_what, settings, tfvars) => {
    expect(nameOf(settings, tfvars)).toMatch(/^general-[0-9a-f]{8}$/);
    expect(nameOf(settings, tfvars)).not.toBe(nameOf());
  });

  test.each([
    ["sizes", { min_size: 2, max_size: 9 }],
    ["labels", { labels: { a: "b" } }],
    ["taints", { taints: [{ key: "a", value: "b", effect: "NoExecute" }] }],
    ["root volume", { root_volume: { size_gib: 200 } }],
    ["kubelet", { kubelet: { max_pods: 20 } }],
    ["scripts", { pre_bootstrap_script: "date" }],
    ["further policies", { additional_policy_arns: ["arn:aws:iam::aws:policy/Audit"] }],
    ["options of an instance", { detailed_monitoring: true, key_name: "mine", instance_name: "node" }],
    ["pace of updates", { max_unavailable_percentage: 50 }],
    ["scaling", { autoscaling: false }],
  ] as const)("other %s keep the group's name, because EKS changes them in place", (_what, settings) => {
    expect(nameOf(settings)).toBe(nameOf());
  });
});

function expectAttachments(tf: ReturnType<typeof synthGroup>): unknown[] {
  const attachments = tf.addresses("aws_iam_role_policy_attachment");
  expect(attachments).toHaveLength(3);
  return attachments.map(() => expect.stringMatching(/^aws_iam_role_policy_attachment\./));
}

test("uses an existing launch template without a change, and another template replaces the group", () => {
  const launch_template = { id: "lt-0123456789abcdef0", version: 3 };
  const tf = synthGroup({ launch_template });

  expect(tf.addresses("aws_launch_template")).toEqual([]);
  expect(tf.only("aws_eks_node_group")).toMatchObject({
    launch_template: { id: "lt-0123456789abcdef0", version: "3" },
    instance_types: ["m6i.large"],
  });
  expect(nameOf({ launch_template: { ...launch_template, version: 4 } })).toBe(nameOf({ launch_template }));
  expect(nameOf({ launch_template: { ...launch_template, id: "lt-01234567" } })).not.toBe(nameOf({ launch_template }));
});

test("does not set image and instance type if the template has them", () => {
  const group = synthGroup({
    ami_type: "CUSTOM",
    ami_family: "AL2023",
    launch_template: { id: "lt-0123456789abcdef0", version: 3, has_instance_type: true },
  }).only("aws_eks_node_group");

  for (const key of ["instance_types", "ami_type", "release_version", "version"]) expect(group[key]).toBeUndefined();
});
