import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { attachmentName } from "../../aws/iam-policies";
import type { Tfvars } from "../../fleet/model/cluster";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import { type PolicyDocumentStatement, policyJson } from "../iam/policy";
import { attachedPolicies, type InlinePolicies, Role } from "../iam/role";
import { serviceTrust } from "../iam/service-trust";

/** Actions of the control plane on the key of its secrets. */
export const KEY_USE = ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"] as const;

/** The role of the control plane. */
export interface ControlPlaneRole {
  readonly arn: string;
  /** The same ARN written out, for policy documents. What uses it depends on `ready`. */
  readonly literalArn: string;
  readonly ready: readonly ITerraformDependable[];
}

export interface ControlPlaneRoleProps {
  readonly owner: Owner;
  /** Names of AWS managed policies. */
  readonly rolePolicies: readonly string[];
  readonly settings: Pick<Tfvars["cluster"], "additional_policy_arns" | "auto_mode" | "kms" | "role_arn">;
}

/** Returns the role that the definition names, or creates one. */
export function controlPlaneRole(scope: Construct, props: ControlPlaneRoleProps): ControlPlaneRole {
  const { owner, rolePolicies, settings } = props;
  const { additional_policy_arns, auto_mode, kms, role_arn: existing } = settings;
  if (existing !== null) return { arn: existing, literalArn: existing, ready: [] };
  const inline = given({
    "role-may-tag":
      auto_mode.enabled === null
        ? undefined
        : { name: "auto-mode-tags", document: policyJson(autoModeTagging(owner.partition)) },
    // The policy of a new key names the role. An existing key's policy is left to its owner.
    "role-may-use-key":
      !kms.enabled || kms.key_arn === null
        ? undefined
        : {
            name: "secrets-key",
            document: policyJson([{ Effect: "Allow", Action: KEY_USE, Resource: kms.key_arn }]),
          },
  });
  return new Role(scope, "role", {
    owner,
    part: "control-plane",
    trust: serviceTrust("eks.amazonaws.com", {
      tagsSessions: true,
      condition: { ArnLike: { "aws:SourceArn": owner.arn } },
    }),
    awsPolicies: rolePolicies,
    policyParent: scope,
    attached: attachedPolicies(additional_policy_arns, (arn) => `role-${attachmentName(arn)}`),
    inline: inline as InlinePolicies,
  });
}

/**
 * Returns permissions that Auto Mode lacks: AWS's policies allow it to create resources with EKS's own tags only, but NodeClasses
 * add the cluster's tags, so no node would start. The conditions still require the mark of this cluster.
 */
function autoModeTagging(partition: string): readonly PolicyDocumentStatement[] {
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
