import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { RolesanywhereProfile } from "@cdktf/provider-aws/lib/rolesanywhere-profile";
import { Construct } from "constructs";
import { HYBRID_NODE_POLICY, SESSION_MANAGER_POLICY } from "../../aws/iam-policies";
import type { Tfvars } from "../../fleet/model/cluster";
import type { Owner } from "../../fleet/plan/owner";
import type { PolicyStatement } from "../../language/words/iam";
import type { PolicyDocumentStatement } from "../iam/policy";
import { attachedPolicies, grantedPolicy, Role, roleName } from "../iam/role";
import { serviceTrust } from "../iam/service-trust";

export interface HybridNodesProps {
  readonly owner: Owner;
  readonly settings: Tfvars["cluster"]["hybrid_nodes"];
  /** A reference, so that the access entry is created after the cluster. */
  readonly clusterName: string;
}

const PART = "hybrid-node";

/** The role of nodes outside of AWS, and the way they get it. */
export class HybridNodes extends Construct {
  constructor(scope: Construct, id: string, { clusterName, owner, settings }: HybridNodesProps) {
    super(scope, id);
    const { partition, slug } = owner;
    const { credential_provider, managed_policy_arns = [], statements = [], trust_anchor_arn } = settings;
    if (credential_provider === null) return;
    const bySsm = credential_provider === "SSM";
    const awsPolicies = [HYBRID_NODE_POLICY, ...(bySsm ? [SESSION_MANAGER_POLICY] : [])];
    const role = new Role(this, "role", {
      owner,
      part: PART,
      trust: bySsm ? ssmTrust(owner) : rolesAnywhereTrust(trust_anchor_arn ?? "", owner.serviceDomain),
      attached: attachedPolicies([
        ...awsPolicies.map((policy) => `arn:${partition}:iam::aws:policy/${policy}`),
        ...managed_policy_arns,
      ]),
      inline: grantedPolicy([...joining(owner), ...(bySsm ? leaving(owner) : []), ...statements]),
    });
    if (!bySsm) {
      new RolesanywhereProfile(this, "profile", {
        name: roleName(slug, PART),
        enabled: true,
        roleArns: [role.arn],
        acceptRoleSessionName: true, // the session has the node's name, which is also the name on its certificate
        dependsOn: [...role.ready],
      });
    }
    new EksAccessEntry(this, "access-entry", { clusterName, principalArn: role.arn, type: "HYBRID_LINUX" });
  }
}

/** Admits activations of this account only. */
function ssmTrust({ accountId, partition, region }: Owner): PolicyDocumentStatement {
  return serviceTrust("ssm.amazonaws.com", {
    condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnEquals: { "aws:SourceArn": `arn:${partition}:ssm:${region}:${accountId}:*` },
    },
  });
}

/** Admits certificates of one trust anchor, and a node only under the name on its certificate. */
function rolesAnywhereTrust(trustAnchorArn: string, serviceDomain: string): PolicyDocumentStatement {
  return {
    Effect: "Allow",
    Principal: { Service: `rolesanywhere.${serviceDomain}` },
    Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
    Condition: {
      StringEquals: { "sts:RoleSessionName": "$${aws:PrincipalTag/x509Subject/CN}" }, // IAM's, not Terraform's
      ArnEquals: { "aws:SourceArn": trustAnchorArn },
    },
  };
}

function joining({ arn }: Owner): PolicyStatement[] {
  return [
    { sid: "Join", actions: ["eks:DescribeCluster"], resources: [arn] },
    { sid: "RolesForPods", actions: ["eks-auth:AssumeRoleForPodIdentity"], resources: [arn] },
  ];
}

/** Lets a node that leaves remove itself from Systems Manager, by the tag of its activation. */
function leaving({ accountId, arn, partition }: Owner): PolicyStatement[] {
  return [
    { sid: "FindItself", actions: ["ssm:DescribeInstanceInformation"], resources: ["*"] },
    {
      sid: "Leave",
      actions: ["ssm:DeregisterManagedInstance"],
      resources: [`arn:${partition}:ssm:*:${accountId}:managed-instance/*`],
      condition: { StringEquals: { "ssm:resourceTag/EKSClusterARN": arn } },
    },
  ];
}
