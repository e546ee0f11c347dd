import type { EndpointCallers, ServiceEndpoint } from "../../fleet/plan/network-plan";
import type { Owner } from "../../fleet/plan/owner";
import { type PolicyDocumentStatement, policyJson } from "../iam/policy";

/** AWS's own buckets, which nodes read without credentials of the account: by presigned addresses, or anonymously. */
function awsBuckets(region: string): readonly string[] {
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
 * Returns the policy of an endpoint. It admits only principals of the account or the organization, so that stolen credentials of
 * another account cannot carry data out. Undefined if anybody may use the endpoint, which is AWS's default policy.
 */
export function endpointPolicyOf(
  { partition, region }: Pick<Owner, "partition" | "region">,
  callers: EndpointCallers,
  service: ServiceEndpoint["service"],
): string | undefined {
  const own = ownCondition(callers);
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
    statements.push({
      Sid: "BucketsOfAws",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "s3:GetObject",
      Resource: awsBuckets(region).map((bucket) => `arn:${partition}:s3:::${bucket}/*`),
    });
  }
  if (service === "sts") {
    statements.push({
      Sid: "WebIdentities", // a pod that exchanges its token for a role (IRSA) has no principal yet; the role is in the account
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Resource: "*",
      Condition: { StringEquals: own.resource },
    });
  }
  return policyJson(statements);
}

function ownCondition(callers: EndpointCallers) {
  switch (callers.of) {
    case "anyone":
      return undefined;
    case "account":
      return { principal: { "aws:PrincipalAccount": callers.id }, resource: { "aws:ResourceAccount": callers.id } };
    case "organization":
      return { principal: { "aws:PrincipalOrgID": callers.id }, resource: { "aws:ResourceOrgID": callers.id } };
    default:
      return callers satisfies never;
  }
}
