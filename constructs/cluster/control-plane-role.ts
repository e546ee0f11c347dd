import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { attachmentName } from "../../aws/iam-policies";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import { controlPlanePolicies } from "../../fleet/control-plane/control-plane-policies";
import type { Cluster } from "../../fleet/model/cluster";
import { type PolicyDocumentStatement, policyJson } from "../iam/policy";
import { ServiceRole } from "../iam/service-role";

/** What the control plane does with the key of its secrets. */
export const KEY_USE = ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"] as const;

/** What the control plane runs as. */
export interface ControlPlaneRole {
  readonly arn: string;
  /** The same ARN written out, for policy documents; whoever uses it waits for `ready`. */
  readonly literalArn: string;
  readonly ready: readonly ITerraformDependable[];
}

/** The role that the definition names, or one of our own. */
export function controlPlaneRole(scope: Construct, cluster: Cluster, clusterArn: string): ControlPlaneRole {
  const existing = cluster.tfvars.cluster.role_arn;
  if (existing !== null) return { arn: existing, literalArn: existing, ready: [] };
  const { additional_policy_arns, auto_mode, kms } = cluster.tfvars.cluster;
  const role = new ServiceRole(scope, "role", {
    name: boundedName(cluster.slug, "control-plane", NAME_LIMITS.iam_role),
    cluster,
    service: "eks.amazonaws.com",
    tag_session: true,
    condition: { ArnLike: { "aws:SourceArn": clusterArn } },
    managed_policies: controlPlanePolicies(cluster.tfvars),
  });
  const mayDo = (id: string, name: string, statements: readonly PolicyDocumentStatement[]) =>
    new IamRolePolicy(scope, id, { role: role.name, name, policy: policyJson(statements) });
  const further = additional_policy_arns.map(
    (policyArn) =>
      new IamRolePolicyAttachment(scope, `role-${attachmentName(policyArn)}`, { role: role.name, policyArn }),
  );
  const inline = [
    ...(auto_mode.enabled === null ? [] : [mayDo("role-may-tag", "auto-mode-tags", autoModeTagging(cluster))]),
    // The policy of a key of ours names the role; that of an existing key is not ours to change.
    ...(!kms.enabled || kms.key_arn === null
      ? []
      : [mayDo("role-may-use-key", "secrets-key", [{ Effect: "Allow", Action: KEY_USE, Resource: kms.key_arn }])]),
  ];
  return { arn: role.arn, literalArn: role.literalArn, ready: [...role.ready, ...further, ...inline] };
}

/**
 * The policies of AWS let Auto Mode make things with EKS's own tags only: with the cluster's tags, which NodeClasses carry, no
 * node would start. What is made must still be marked as this cluster's.
 */
function autoModeTagging({ partition }: Cluster): readonly PolicyDocumentStatement[] {
  const ofCluster = { "aws:RequestTag/eks:eks-cluster-name": "$${aws:PrincipalTag/eks:eks-cluster-name}" }; // IAM's, not Terraform's
  const marked = { StringEquals: ofCluster };
  return [
    {
      Sid: "Compute",
      Effect: "Allow",
      Action: ["ec2:CreateFleet", "ec2:RunInstances", "ec2:CreateLaunchTemplate"],
      Resource: "*",
      Condition: {
        ...marked,
        StringLike: {
          "aws:RequestTag/eks:kubernetes-node-class-name": "*",
          "aws:RequestTag/eks:kubernetes-node-pool-name": "*",
        },
      },
    },
    {
      Sid: "Storage",
      Effect: "Allow",
      Action: ["ec2:CreateVolume", "ec2:CreateSnapshot"],
      Resource: ["volume", "snapshot"].map((kind) => `arn:${partition}:ec2:*:*:${kind}/*`),
      Condition: marked,
    },
    {
      Sid: "Networking",
      Effect: "Allow",
      Action: "ec2:CreateNetworkInterface",
      Resource: "*",
      Condition: { ...marked, StringLike: { "aws:RequestTag/eks:kubernetes-cni-node-name": "*" } },
    },
    {
      Sid: "LoadBalancing",
      Effect: "Allow",
      Action: [
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateRule",
        "ec2:CreateSecurityGroup",
      ],
      Resource: "*",
      Condition: marked,
    },
  ];
}
