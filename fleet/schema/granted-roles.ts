import { z } from "zod";
import { policyArn, roleArn } from "../../language/words/arns";
import { iamStatement } from "../../language/words/iam";
import { dnsLabel, objectName } from "../../language/words/kubernetes";
import { itemName } from "../../language/words/names";

/** What a role of ours may do. */
export const grants = {
  managed_policy_arns: z.array(policyArn).max(20).optional().describe("IAM policies that the role gets; IAM takes 20."),
  statements: z.array(iamStatement).optional().describe("What else the role may do: statements of an inline policy."),
};

export const serviceAccountRoles = z
  .array(
    z.strictObject({
      name: itemName(32).describe(
        "Name of the role, after the cluster's; it is part of a state address, so renaming it replaces the role.",
      ),
      namespace: dnsLabel.describe("Namespace of the service account."),
      service_account: objectName.describe("Kubernetes service account whose pods get the role."),
      by: z
        .enum(["pod_identity", "irsa"])
        .describe(
          "pod_identity: EKS Pod Identity, which needs nothing on the service account. irsa: the cluster's OIDC provider, for pods that Pod Identity does not serve, as on Fargate; the service account needs the annotation eks.amazonaws.com/role-arn.",
        ),
      ...grants,
      permissions_boundary: policyArn
        .optional()
        .describe("IAM policy that bounds this role; absent for that of common.iam."),
      role_arn: roleArn
        .optional()
        .describe(
          "A role that exists already, and is not changed; absent for one that is made here. pod_identity only.",
        ),
      target_role_arn: roleArn
        .optional()
        .describe(
          "Role, mostly of another account, that Pod Identity assumes next, and pods then have; it must trust the first one. pod_identity only.",
        ),
      disable_session_tags: z
        .boolean()
        .optional()
        .describe(
          "true: sessions have no tags of the cluster, the namespace and the service account, which some policies are too large for. A role made here then trusts every association of the account, because only the tags tell them apart. Absent for false. pod_identity only.",
        ),
    }),
  )
  .describe("AWS roles for teams' own service accounts; addons have theirs anyway.");
