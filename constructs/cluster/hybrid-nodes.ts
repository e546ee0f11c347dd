import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { RolesanywhereProfile } from "@cdktf/provider-aws/lib/rolesanywhere-profile";
import { Construct } from "constructs";
import { HYBRID_NODE_POLICY, SESSION_MANAGER_POLICY } from "../../aws/iam-policies";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster } from "../../fleet/model/cluster";
import type { PolicyStatement } from "../../language/words/iam";
import { GrantedRole } from "../iam/granted-role";
import type { PolicyDocumentStatement } from "../iam/policy";

export interface HybridNodesProps {
  readonly cluster: Cluster;
  /** A reference, so that the entry comes after the cluster. */
  readonly clusterName: string;
  readonly clusterArn: string;
}

/** What nodes outside of AWS run as, and how they get it. */
export class HybridNodes extends Construct {
  constructor(scope: Construct, id: string, { cluster, clusterName, clusterArn }: HybridNodesProps) {
    super(scope, id);
    const { account, partition, slug, tfvars } = cluster;
    const { credential_provider, managed_policy_arns, statements, trust_anchor_arn } = tfvars.cluster.hybrid_nodes;
    if (credential_provider === null) return;
    const bySsm = credential_provider === "SSM";
    const role = new GrantedRole(this, "role", {
      name: boundedName(slug, "hybrid-node", NAME_LIMITS.iam_role),
      cluster,
      trust: bySsm
        ? [ssmTrust(cluster)]
        : [rolesAnywhereTrust(trust_anchor_arn ?? "", partition === "aws-cn" ? ".com.cn" : ".com")],
      managed_policy_arns: [
        ...[HYBRID_NODE_POLICY, ...(bySsm ? [SESSION_MANAGER_POLICY] : [])].map(
          (policy) => `arn:${partition}:iam::aws:policy/${policy}`,
        ),
        ...(managed_policy_arns ?? []),
      ],
      statements: [
        ...joining(clusterArn),
        ...(bySsm ? leaving(account.id, partition, clusterArn) : []),
        ...(statements ?? []),
      ],
    });
    if (!bySsm) {
      new RolesanywhereProfile(this, "profile", {
        name: boundedName(slug, "hybrid-node", NAME_LIMITS.iam_role),
        enabled: true,
        roleArns: [role.arn],
        acceptRoleSessionName: true, // the session's name is the node's, and the one on its certificate
        dependsOn: [...role.ready],
      });
    }
    new EksAccessEntry(this, "access-entry", { clusterName, principalArn: role.arn, type: "HYBRID_LINUX" });
  }
}

/** Activations of this account only. */
function ssmTrust({ account, partition, tfvars }: Cluster): PolicyDocumentStatement {
  return {
    Effect: "Allow",
    Principal: { Service: "ssm.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": account.id },
      ArnEquals: { "aws:SourceArn": `arn:${partition}:ssm:${tfvars.common.aws_region}:${account.id}:*` },
    },
  };
}

/** Certificates of one trust anchor, and a node only under the name that its certificate has. */
function rolesAnywhereTrust(trustAnchorArn: string, suffix: string): PolicyDocumentStatement {
  return {
    Effect: "Allow",
    Principal: { Service: `rolesanywhere.amazonaws${suffix}` },
    Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
    Condition: {
      StringEquals: { "sts:RoleSessionName": "$${aws:PrincipalTag/x509Subject/CN}" }, // IAM's, not Terraform's
      ArnEquals: { "aws:SourceArn": trustAnchorArn },
    },
  };
}

function joining(clusterArn: string): PolicyStatement[] {
  return [
    { sid: "Join", actions: ["eks:DescribeCluster"], resources: [clusterArn] },
    { sid: "RolesForPods", actions: ["eks-auth:AssumeRoleForPodIdentity"], resources: [clusterArn] },
  ];
}

/** A node that is taken out of service takes itself off Systems Manager's list: by the tag that its activation gave it. */
function leaving(accountId: string, partition: string, clusterArn: string): PolicyStatement[] {
  return [
    { sid: "FindItself", actions: ["ssm:DescribeInstanceInformation"], resources: ["*"] },
    {
      sid: "Leave",
      actions: ["ssm:DeregisterManagedInstance"],
      resources: [`arn:${partition}:ssm:*:${accountId}:managed-instance/*`],
      condition: { StringEquals: { "ssm:resourceTag/EKSClusterARN": clusterArn } },
    },
  ];
}
