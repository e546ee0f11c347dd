import { z } from "zod";
import { statement } from "../../../language/words/iam-grants";
import { cidrText, policyArnText, resourceIdText, roleArnText, tagMap } from "../../../language/words/words";

const profileArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:iam::\d{12}:instance-profile\/[\w+=,.@/-]{1,512}$/,
    "must be the ARN of an instance profile, such as arn:aws:iam::111111111111:instance-profile/nodes",
  );

/** What an instance is besides its type and its image. */
export const instanceOptions = {
  instance_name: z
    .string()
    .regex(/^[\p{L}\p{N} _.:/=+@-]{1,256}$/u, "must be at most 256 letters, digits, spaces and any of _.:/=+@-")
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
  key_name: z
    .string()
    .regex(/^[\w .:/=+@-]{1,255}$/, "must be the name of an EC2 key pair")
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
      cidrs: z.array(cidrText()).optional().describe("IPv4 ranges that may; left out, none."),
      source_security_group_ids: z
        .array(resourceIdText("sg", "a security group"))
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
    .array(
      z
        .string()
        .regex(/^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/, "must be the id of a security group, such as sg-0123456789abcdef0"),
    )
    .max(4)
    .describe(
      "Security groups that exist, besides the one of all nodes; an interface takes five. None may have the tag kubernetes.io/cluster/<name>: the load balancer controller expects one that has.",
    ),
  additional_policy_arns: z
    .array(policyArnText)
    .max(7)
    .describe(
      "IAM policies of the nodes besides those that a node needs; IAM takes ten a role. Pods should have a role of their own instead.",
    ),
  additional_policy_statements: z
    .array(statement)
    .describe(
      "What else the nodes may do: statements of an inline policy of their role. Pods should have a role of their own instead.",
    ),
  iam_role_arn: roleArnText
    .nullable()
    .describe(
      "IAM role that exists, in place of one that is made for the group; null makes one. It needs what a node needs.",
    ),
  instance_profile_arn: profileArn
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
