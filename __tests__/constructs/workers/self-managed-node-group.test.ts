import { SelfManagedNodeGroup } from "../../../constructs/workers/self-managed-node-group";
import type { Cluster, Worker } from "../../../fleet/model/cluster";
import { clusterOf, type Part, workerOf } from "../../support/cluster";
import { groupProps } from "../../support/props";
import { synth } from "../../support/synth";

function synthGroup(settings: Part<Worker> = {}, rest: Partial<Cluster> = {}) {
  const worker = workerOf({ name: "spot", spot_price: 0.05, ...settings });
  const cluster = clusterOf({ workers: [worker] }, rest);
  return synth((scope) => new SelfManagedNodeGroup(scope, "spot", groupProps("self_managed", worker, cluster)));
}

function distribution(settings: Part<Worker>) {
  const policy = synthGroup(settings).only("aws_autoscaling_group")["mixed_instances_policy"];
  return (policy as { instances_distribution: unknown }).instances_distribution;
}

describe("SelfManagedNodeGroup", () => {
  test("of Bottlerocket boots the release's image, with the cluster in TOML", () => {
    const tf = synthGroup({ ami_type: "BOTTLEROCKET_x86_64" });
    const template = tf.only("aws_launch_template");

    expect(Object.values(tf.at("data", "aws_ssm_parameter") as object)).toMatchObject([
      { name: "/aws/service/bottlerocket/aws-k8s-1.35/x86_64/1.62.1-ea1afdd6/image_id" },
    ]);
    expect(template["user_data"]).toContain('cluster-name = \\"reference-eks-example-com\\"\\n');
    expect(tf.only("aws_eks_access_entry")["type"]).toBe("EC2_LINUX");
  });

  test("of Windows boots its custom image, and has an access entry of type Windows", () => {
    const tf = synthGroup({ ami_type: "CUSTOM", ami_family: "WINDOWS", ami_id: "ami-01234567" });

    expect(tf.at("data", "aws_ssm_parameter")).toBeUndefined();
    expect(tf.only("aws_launch_template")["image_id"]).toBe("ami-01234567");
    expect(tf.only("aws_eks_access_entry")["type"]).toBe("EC2_WINDOWS");
  });

  test("refuses an EKS image for Windows, which cannot be pinned", () => {
    expect(() => synthGroup({ ami_type: "WINDOWS_CORE_2022_x86_64" })).toThrow(
      "WINDOWS_CORE_2022_x86_64 has no parameter that always holds the same image",
    );
  });

  test("uses an existing role, in its own instance profile or an existing one", () => {
    const iam_role_arn = "arn:aws:iam::111111111111:role/teams/nodes";
    const instance_profile_arn = "arn:aws:iam::111111111111:instance-profile/nodes";
    const made = synthGroup({ iam_role_arn });
    const taken = synthGroup({ iam_role_arn, instance_profile_arn });

    expect(made.addresses("aws_iam_role")).toEqual([]);
    expect(made.only("aws_eks_access_entry")["principal_arn"]).toBe(iam_role_arn);
    expect(made.only("aws_iam_instance_profile")).toEqual({
      name: "reference-eks-example-com-self-managed-node-spot",
      role: "nodes",
    });
    expect(taken.addresses("aws_iam_instance_profile")).toEqual([]);
    expect(taken.only("aws_launch_template")["iam_instance_profile"]).toEqual({ arn: instance_profile_arn });
  });

  test("renders only the keys that its definition sets", () => {
    const tf = synthGroup({ instance_types: ["m6i.large", "m5.large"] });
    const [template] = tf.addresses("aws_launch_template");

    expect(tf.only("aws_autoscaling_group")).toEqual({
      name: "reference-eks-example-com-spot",
      vpc_zone_identifier: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
      min_size: 1,
      max_size: 3,
      mixed_instances_policy: {
        instances_distribution: {
          on_demand_allocation_strategy: "prioritized",
          on_demand_base_capacity: 0,
          on_demand_percentage_above_base_capacity: 0,
          spot_allocation_strategy: "price-capacity-optimized",
          spot_max_price: "0.05",
        },
        launch_template: {
          launch_template_specification: {
            launch_template_id: `\${${template}.id}`,
            version: `\${${template}.latest_version}`,
          },
          override: [{ instance_type: "m6i.large" }, { instance_type: "m5.large" }],
        },
      },
      capacity_rebalance: true,
      suspended_processes: ["AZRebalance"],
      health_check_type: "EC2",
      health_check_grace_period: 300,
      instance_refresh: { strategy: "Rolling", preferences: { min_healthy_percentage: 67 } },
      tag: expect.any(Array),
      depends_on: expect.any(Array),
    });
  });

  test.each([
    [
      "a bid buys spot alone",
      { spot_price: 0.2 },
      { on_demand_percentage_above_base_capacity: 0, spot_max_price: "0.2" },
    ],
    [
      "spot without a bid",
      { spot_price: null, capacity_type: "SPOT" },
      { on_demand_percentage_above_base_capacity: 0 },
    ],
    ["on-demand throughout", { spot_price: null }, { on_demand_percentage_above_base_capacity: 100 }],
    [
      "a base and a share",
      { on_demand_base_capacity: 2, on_demand_percentage_above_base_capacity: 25 },
      { on_demand_base_capacity: 2, on_demand_percentage_above_base_capacity: 25 },
    ],
    [
      "no share, which is a value",
      { spot_price: null, on_demand_percentage_above_base_capacity: 0 },
      { on_demand_percentage_above_base_capacity: 0 },
    ],
    ["another strategy", { spot_allocation_strategy: "lowest-price" }, { spot_allocation_strategy: "lowest-price" }],
  ] as const)("mixes capacity: %s", (_what, settings, expected) => {
    expect(distribution(settings)).toMatchObject(expected);
  });

  test("of fixed size is balanced among its zones by Auto Scaling", () => {
    expect(synthGroup({ autoscaling: false }).only("aws_autoscaling_group")).not.toHaveProperty("suspended_processes");
  });

  test("has no maximum price if the definition sets none", () => {
    expect(distribution({ spot_price: null })).not.toHaveProperty("spot_max_price");
  });

  test("has capacity rebalancing for spot instances only", () => {
    expect(synthGroup({ spot_price: null }).only("aws_autoscaling_group")["capacity_rebalance"]).toBe(false);
  });

  test("of fixed size keeps desired_size, and min_size without it", () => {
    const desired = (settings: Part<Worker>) =>
      synthGroup({ autoscaling: false, ...settings }).only("aws_autoscaling_group")["desired_capacity"];

    expect(desired({ desired_size: 2 })).toBe(2);
    expect(desired({ desired_size: 0, min_size: 0 })).toBe(0);
    expect(desired({ min_size: 3 })).toBe(3);
  });

  test("that is autoscaled starts with desired_size, and ignores later sizes of the autoscaler", () => {
    const started = synthGroup({ min_size: 0, desired_size: 1 }).only("aws_autoscaling_group");
    const other = synthGroup({ min_size: 0 }).only("aws_autoscaling_group");

    expect(started).toMatchObject({ desired_capacity: 1, lifecycle: { ignore_changes: ["desired_capacity"] } });
    expect(other).not.toHaveProperty("desired_capacity");
    expect(other).not.toHaveProperty("lifecycle");
  });

  test("starts the release's image and joins by nodeadm", () => {
    const tf = synthGroup({ ami_type: "AL2023_ARM_64_STANDARD" });
    const [id = "", ...others] = Object.keys(tf.at("data", "aws_ssm_parameter") as object);

    expect(others).toEqual([]);
    expect(tf.at("data", "aws_ssm_parameter", id)).toMatchObject({
      name: "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/arm64/standard/amazon-eks-node-al2023-arm64-standard-1.35-v20260714/image_id",
    });
    expect(tf.only("aws_launch_template")).toMatchObject({
      image_id: `\${data.aws_ssm_parameter.${id}.insecure_value}`, // not by EC2 when an instance starts
      user_data: expect.stringContaining("apiVersion: node.eks.aws/v1alpha1"),
      iam_instance_profile: { arn: `\${${tf.addresses("aws_iam_instance_profile")[0]}.arn}` },
    });
  });

  test("has an access entry before its first node starts", () => {
    const tf = synthGroup();

    expect(tf.only("aws_eks_access_entry")).toEqual({
      cluster_name: "reference-eks-example-com",
      principal_arn: `\${${tf.addresses("aws_iam_role")[0]}.arn}`,
      type: "EC2_LINUX",
    });
    expect(tf.only("aws_autoscaling_group")["depends_on"]).toEqual(
      expect.arrayContaining([
        ...tf.addresses("aws_eks_access_entry"),
        ...tf.addresses("aws_iam_role"),
        ...tf.addresses("aws_iam_role_policy_attachment"),
      ]),
    );
    expect(tf.addresses("aws_iam_role_policy_attachment")).toHaveLength(3);
  });

  test("tags nodes with the cluster, and the group for the autoscaler", () => {
    const tags = synthGroup({
      labels: { tier: "spot" },
      taints: [{ key: "spot", value: "true", effect: "NoSchedule" }],
    }).only("aws_autoscaling_group")["tag"] as readonly { key: string; value: string; propagate_at_launch: boolean }[];
    const of = (propagated: boolean) =>
      Object.fromEntries(
        tags.filter((tag) => tag.propagate_at_launch === propagated).map(({ key, value }) => [key, value]),
      );

    expect(of(true)).toEqual({
      Name: "reference-eks-example-com-spot",
      "kubernetes.io/cluster/reference-eks-example-com": "owned",
      "k8s.io/cluster/reference-eks-example-com": "owned",
    });
    expect(of(false)).toEqual({
      Cluster: "reference.eks.example.com",
      Tier: "production",
      Owner: "team-reference",
      ManagedBy: "terraform",
      "k8s.io/cluster-autoscaler/enabled": "true",
      "k8s.io/cluster-autoscaler/reference-eks-example-com": "owned",
      "k8s.io/cluster-autoscaler/node-template/label/tier": "spot",
      "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage": "70Gi",
      "k8s.io/cluster-autoscaler/node-template/taint/spot": "true:NoSchedule",
    });
  });

  test("uses EC2's service name of China", () => {
    const trust = synthGroup({}, { partition: "aws-cn" }).only("aws_iam_role")["assume_role_policy"];

    expect(JSON.parse(String(trust)).Statement[0].Principal).toEqual({ Service: "ec2.amazonaws.com.cn" });
  });
});
