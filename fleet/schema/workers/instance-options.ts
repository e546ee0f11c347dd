import { z } from "zod";
import { instanceProfileArn, policyArn, roleArn } from "../../../language/words/arns";
import { keyPairName, securityGroupId } from "../../../language/words/aws-ids";
import { iamStatement } from "../../../language/words/iam";
import { ipv4Block } from "../../../language/words/network";
import { tagMap, tagValue } from "../../../language/words/tags";

/** What an instance is besides its type and its image. */
export const instanceOptions = {
  instance_name: tagValue
    .min(1)
    .nullable()
    .describe("Tag Name of the group's instances; null takes the cluster's and the group's names."),
  instance_tags: tagMap.describe("Further tags of the group's instances, their volumes and network interfaces."),
  metadata_options: z
    .strictObject({
      http_put_response_hop_limit: z
        .int()
        .min(1)
        .max(64)
        .describe(
          "Hops that an answer of the instance metadata service may take. With 1 it does not reach pods; with 2 every pod can have the node's role. Tokens are always required.",
        ),
    })
    .describe("The instance metadata service."),
  detailed_monitoring: z.boolean().describe("EC2's metrics each minute instead of each five; costs by the instance."),
  key_name: keyPairName
    .nullable()
    .describe(
      "EC2 key pair for SSH, which comes by remote_access, by one of additional_security_group_ids or through Session Manager. null for none: a shell of Session Manager needs none.",
    ),
  public_key: z
    .string()
    .regex(
      /^(?:ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]{40,}={0,2}(?: [\w.@+-]{1,100})?$/,
      "must be a public key for SSH, such as ssh-ed25519 AAAA… name@host",
    )
    .nullable()
    .describe("Public key for SSH, of which a key pair is made for the group; instead of key_name. null for none."),
  remote_access: z
    .strictObject({
      cidrs: z.array(ipv4Block()).optional().describe("IPv4 ranges that may; left out, none."),
      source_security_group_ids: z
        .array(securityGroupId)
        .optional()
        .describe("Security groups, such as a bastion's, whose instances may; left out, none."),
    })
    .refine(({ cidrs = [], source_security_group_ids = [] }) => cidrs.length + source_security_group_ids.length > 0, {
      error: "lets nobody in: name cidrs or source_security_group_ids",
    })
    .nullable()
    .describe(
      "Who may reach the group's nodes by SSH (of Windows by RDP): makes a security group for it. null for nobody. Needs key_name or public_key.",
    ),
  session_manager: z
    .boolean()
    .describe("Lets Session Manager open a shell on the nodes, for who may use it, by AmazonSSMManagedInstanceCore."),
  additional_security_group_ids: z
    .array(securityGroupId)
    .max(4)
    .describe(
      "Security groups that exist, besides the one of all nodes; an interface takes five. None may have the tag kubernetes.io/cluster/<name>: the load balancer controller expects one that has.",
    ),
  additional_policy_arns: z
    .array(policyArn)
    .max(7)
    .describe(
      "IAM policies of the nodes besides those that a node needs; IAM takes ten a role. Pods should have a role of their own instead.",
    ),
  additional_policy_statements: z
    .array(iamStatement)
    .describe(
      "What else the nodes may do: statements of an inline policy of their role. Pods should have a role of their own instead.",
    ),
  iam_role_arn: roleArn
    .nullable()
    .describe(
      "IAM role that exists, in place of one that is made for the group; null makes one. It needs what a node needs.",
    ),
  instance_profile_arn: instanceProfileArn
    .nullable()
    .describe(
      "Instance profile that exists and holds iam_role_arn, for a self-managed group; null makes one. EKS makes those of managed groups.",
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
          "1 switches off simultaneous multithreading; null leaves it as the instance type has it. Goes with core_count.",
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
        .describe("Names instances by their address or by their id; null takes what the subnet says."),
      enable_resource_name_dns_a_record: z
        .boolean()
        .describe("Answers queries for names by id with the IPv4 address; goes with resource-name."),
    })
    .describe("Names of instances in the VPC's DNS."),
  enclave_enabled: z.boolean().describe("Lets instances give a part of themselves to Nitro Enclaves."),
  auto_recovery: z
    .enum(["default", "disabled"])
    .nullable()
    .describe("Whether EC2 moves an instance whose host fails; null leaves it to EC2, which does."),
};
