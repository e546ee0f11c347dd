import { NodeLaunchTemplate } from "../../../constructs/workers/node-launch-template";
import { ownerOf } from "../../../fleet/plan/owner";
import { clusterOf } from "../../support/cluster";
import { groupOf } from "../../support/props";
import { synth } from "../../support/synth";

const group = groupOf({ name: "general", root_volume: { size_gib: 120, iops: 4000, throughput_mib: 250 } });

type Props = ConstructorParameters<typeof NodeLaunchTemplate>[2];

function synthTemplate(own: Partial<Props> = {}) {
  const owner = ownerOf(clusterOf({ common: { tags: { CostCenter: "42", Owner: "somebody else" } } }));
  const props = { owner, group, securityGroupIds: ["sg-node"], imageId: undefined, userData: undefined, ...own };
  return synth((scope) => new NodeLaunchTemplate(scope, "launch-template", props)).only("aws_launch_template");
}

const tags = {
  CostCenter: "42",
  Cluster: "reference.eks.example.com",
  Tier: "production",
  Owner: "team-reference",
  ManagedBy: "terraform",
  Name: "reference-eks-example-com-general",
};

describe("NodeLaunchTemplate", () => {
  test("starts nodes with an encrypted volume, metadata that pods cannot reach, and one security group", () => {
    expect(synthTemplate()).toEqual({
      name: "reference-eks-example-com-general",
      update_default_version: true,
      metadata_options: {
        http_endpoint: "enabled",
        http_tokens: "required",
        http_put_response_hop_limit: 1,
        instance_metadata_tags: "disabled",
      },
      vpc_security_group_ids: ["sg-node"],
      block_device_mappings: [
        {
          device_name: "/dev/xvda",
          ebs: {
            volume_type: "gp3",
            volume_size: 120,
            iops: 4000,
            throughput: 250,
            encrypted: "true",
            delete_on_termination: "true",
          },
        },
      ],
      monitoring: { enabled: false },
      tag_specifications: [
        { resource_type: "instance", tags },
        { resource_type: "volume", tags },
        { resource_type: "network-interface", tags },
      ],
    });
  });

  test("has the settings of a self-managed group", () => {
    const own = { imageId: "ami-1", userData: '${base64encode("x")}', instanceProfileArn: "arn:profile" };

    expect(synthTemplate(own)).toMatchObject({
      image_id: "ami-1",
      user_data: '${base64encode("x")}',
      iam_instance_profile: { arn: "arn:profile" },
    });
  });

  test("has the group's options of an instance", () => {
    const asking = groupOf({
      name: "general",
      instance_name: "node",
      instance_tags: { Scanned: "yes", CostCenter: "43" },
      metadata_options: { http_put_response_hop_limit: 2 },
      detailed_monitoring: true,
      key_name: "mine",
      additional_security_group_ids: ["sg-01234567"],
      cpu_options: { core_count: 1, threads_per_core: 1 },
      private_dns_name_options: { hostname_type: "resource-name", enable_resource_name_dns_a_record: true },
      enclave_enabled: true,
      auto_recovery: "disabled",
    });
    const template = synthTemplate({ group: asking });

    expect(template).toMatchObject({
      metadata_options: { http_put_response_hop_limit: 2, http_tokens: "required" },
      monitoring: { enabled: true },
      key_name: "mine",
      vpc_security_group_ids: ["sg-node", "sg-01234567"],
      cpu_options: { core_count: 1, threads_per_core: 1 },
      private_dns_name_options: { hostname_type: "resource-name", enable_resource_name_dns_a_record: true },
      enclave_options: { enabled: true },
      maintenance_options: { auto_recovery: "disabled" },
    });
    expect((template["tag_specifications"] as { tags: unknown }[]).map((each) => each.tags)).toEqual(
      Array(3).fill({ ...tags, Scanned: "yes", CostCenter: "43", Name: "node" }),
    );
  });
});
