import type { AwsService } from "../../aws/aws-services";
import type { Cluster } from "../../fleet/model/cluster";
import { endpointPolicy } from "../../fleet/network/endpoints";
import { type PolicyDocumentStatement, policyJson } from "../iam/policy";

/** Buckets of AWS's own that nodes read without credentials of the account: by presigned addresses, or by none. */
function bucketsOfAws(region: string): readonly string[] {
  return [
    `prod-${region}-starport-layer-bucket`, // ECR: image layers
    `al2023-repos-${region}-de612dc2`, // packages of Amazon Linux 2023
    // Systems Manager: its agent, packages and patches
    `amazon-ssm-${region}`,
    `amazon-ssm-packages-${region}`,
    `aws-ssm-${region}`,
    `aws-ssm-distributor-file-${region}`,
    `aws-ssm-document-attachments-${region}`,
    `aws-windows-downloads-${region}`,
    `patch-baseline-snapshot-${region}`,
    `${region}-birdwatcher-prod`,
  ];
}

/**
 * Who may use an endpoint: the account's own principals, or the organization's, so that nobody's smuggled credentials carry data
 * out by it. Undefined where anybody may, which is AWS's own policy.
 */
export function endpointPolicyOf(cluster: Cluster, service: AwsService | "s3" | "dynamodb"): string | undefined {
  const own = ownCondition(cluster);
  if (own === undefined) return undefined;
  const statements: PolicyDocumentStatement[] = [
    {
      Sid: "OwnPrincipals",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "*",
      Resource: "*",
      Condition: { StringEquals: own.principal },
    },
  ];
  if (service === "s3") {
    const region = cluster.tfvars.common.aws_region;
    statements.push({
      Sid: "BucketsOfAws",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "s3:GetObject",
      Resource: bucketsOfAws(region).map((bucket) => `arn:${cluster.partition}:s3:::${bucket}/*`),
    });
  }
  if (service === "sts") {
    statements.push({
      Sid: "WebIdentities", // a pod that changes its token for a role (IRSA) is nobody's principal yet: the role is ours
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Resource: "*",
      Condition: { StringEquals: own.resource },
    });
  }
  return policyJson(statements);
}

function ownCondition({ account, tfvars }: Cluster) {
  const { networking } = tfvars;
  const policy = endpointPolicy(networking);
  switch (policy) {
    case "none":
      return undefined;
    case "account":
      return { principal: { "aws:PrincipalAccount": account.id }, resource: { "aws:ResourceAccount": account.id } };
    case "organization": {
      const id = networking.organization_id;
      if (id === null) throw new TypeError("endpoint_policy: organization without an organization_id was not refused");
      return { principal: { "aws:PrincipalOrgID": id }, resource: { "aws:ResourceOrgID": id } };
    }
    default: {
      const unknown: never = policy;
      throw new TypeError(`endpoint_policy "${unknown}" is not known`);
    }
  }
}
