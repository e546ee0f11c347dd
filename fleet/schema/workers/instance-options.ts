import { z } from "zod";
import { instanceProfileArn, policyArn, roleArn } from "../../../language/words/arns";
import { keyPairName, securityGroupId } from "../../../language/words/aws-ids";
import { iamStatement } from "../../../language/words/iam";
import { ipv4Block } from "../../../language/words/network";
import { tagMap, tagValue } from "../../../language/words/tags";

/** Settings of an instance besides its type and its image. */
export const instanceOptions = {
  instance_name: tagValue
    .min(1)
    .nullable()
    .describe("Tag Name of the group's instances; null uses the names of the cluster and the group."),
  instance_tags: tagMap.describe("Further tags of the group's instances, their volumes and network interfaces."),
  metadata_options: z
    .strictObject({
      http_put_response_hop_limit: z
        .int()
        .min(1)
        .max(64)
        .describe(
          "Hops that a response of the instance metadata service may travel. With 1, it does not reach pods. With 2, every pod can have the node's role. Tokens are always required.",
        ),
    })
    .describe("The instance metadata service."),
  detailed_monitoring: z.boolean().describe("EC2's metrics each minute instead of each five; costs by the instance."),
  key_name: keyPairName
    .nullable()
    .describe(
      "EC2 key pair for SSH, by remote_access, by one of additional_security_group_ids or through Session Manager. null for none. A shell of Session Manager does not require one.",
    ),
  public_key: z
    .string()
    .regex(
      /^(?:ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]{40,}={0,2}(?: [\w.@+-]{1,100})?$/,
      "must be a public key for SSH, such as ssh-ed25519 AAAA… name@host",
    )
    .nullable()
    .describe(
      "Public key for SSH, from which a key pair is created for the group, instead of key_name. Changing it replaces the nodes of the group. null for none.",
    ),
  remote_access: z
    .strictObject({
      cidrs: z.array(ipv4Block()).optional().describe("IPv4 ranges that may reach the nodes. Default: none."),
      source_security_group_ids: z
        .array(securityGroupId)
        .optional()
        .describe("Security groups, such as a bastion's, whose instances may reach the nodes. Default: none."),
    })
    .refine(({ cidrs = [], source_security_group_ids = [] }) => cidrs.length + source_security_group_ids.length > 0, {
      error: "allows no access. Set cidrs or source_security_group_ids",
    })
    .nullable()
    .describe(
      "Access to the group's nodes by SSH, or by RDP on Windows. Creates a security group for it. null for none. Requires key_name or public_key.",
    ),
  session_manager: z
    .boolean()
    .describe("Lets authorized users open a shell on the nodes by Session Manager, with AmazonSSMManagedInstanceCore."),
  additional_security_group_ids: z
    .array(securityGroupId)
    .max(4)
    .describe(
      "Existing security groups, in addition to the one of all nodes; an interface supports 5. None may have the tag kubernetes.io/cluster/<name>, because the load balancer controller requires exactly one group with it.",
    ),
  additional_policy_arns: z
    .array(policyArn)
    .max(7)
    .describe(
      "IAM policies of the nodes, in addition to those that every node requires. IAM accepts 10 in a role. Pods should have their own role.",
    ),
  additional_policy_statements: z
    .array(iamStatement)
    .describe(
      "Further permissions of the nodes: statements of an inline policy of their role. Pods should have their own role.",
    ),
  iam_role_arn: roleArn
    .nullable()
    .describe("Existing IAM role with the permissions that a node requires; null creates one for the group."),
  instance_profile_arn: instanceProfileArn
    .nullable()
    .describe(
      "Existing instance profile of iam_role_arn, for a self-managed group; null creates one. EKS creates the profiles of managed groups.",
    ),
  cpu_options: z
    .strictObject({
      core_count: z.int().min(1).max(448).nullable().describe("Cores of the instance type that run; null for all."),
      threads_per_core: z
        .int()
        .min(1)
        .max(2)
        .nullable()
        .describe(
          "1 disables simultaneous multithreading; null uses the default of the instance type. Requires core_count.",
        ),
      amd_sev_snp: z
        .enum(["enabled", "disabled"])
        .nullable()
        .describe("AMD's encrypted memory (SEV-SNP), of the families c6a, m6a and r6a; null is without."),
    })
    .describe("The processors of a group of one instance type."),
  private_dns_name_options: z
    .strictObject({
      hostname_type: z
        .enum(["ip-name", "resource-name"])
        .nullable()
        .describe("Names instances by their address or by their id; null uses the setting of the subnet."),
      enable_resource_name_dns_a_record: z
        .boolean()
        .describe("Answers DNS queries for names by id with the IPv4 address. Requires resource-name."),
    })
    .describe("Names of instances in the VPC's DNS."),
  enclave_enabled: z.boolean().describe("Enables Nitro Enclaves on the instances."),
  auto_recovery: z
    .enum(["default", "disabled"])
    .nullable()
    .describe("Recovers an instance whose host fails; null leaves it to EC2, whose default is to recover it."),
};
