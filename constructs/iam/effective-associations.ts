import type { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { DataResource, type ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

/** Seconds until a new association is effective. AWS's API reference says "several", and gives no limit. */
const SECONDS = 15;

/**
 * Waits until new associations of EKS Pod Identity are effective. EKS decides when it creates a pod whether the pod gets credentials,
 * and a pod that comes too early never gets them. Neither the API nor the provider reports that an association is effective.
 */
export function effective(
  scope: Construct,
  associations: readonly EksPodIdentityAssociation[],
): readonly ITerraformDependable[] {
  if (associations.length === 0) return [];
  const wait = new DataResource(scope, "identity-effective", {
    triggersReplace: Object.fromEntries(associations.map((each) => [each.node.id, each.associationId])),
    provisioners: [{ type: "local-exec", command: `sleep ${SECONDS}` }],
  });
  return [wait];
}
