import { z } from "zod";
import { policyArn, roleArn } from "../../language/words/arns";
import { iamStatement } from "../../language/words/iam";
import { dnsLabel, objectName } from "../../language/words/kubernetes";
import { itemName } from "../../language/words/names";

/** Permissions of a created role. */
export const grants = {
  managed_policy_arns: z.array(policyArn).max(20).optional().describe("IAM policies of the role, at most 20."),
  statements: z
    .array(iamStatement)
    .optional()
    .describe("Further permissions of the role: statements of an inline policy."),
};

export const serviceAccountRoles = z
  .array(
    z.strictObject({
      name: itemName(32).describe(
        "Name of the role, with the cluster's name in front. It is part of a state address, so renaming it replaces the role.",
      ),
      namespace: dnsLabel.describe("Namespace of the service account."),
      service_account: objectName.describe("Kubernetes service account whose pods get the role."),
      by: z
        .enum(["pod_identity", "irsa"])
        .describe(
          "pod_identity: EKS Pod Identity, which does not require changes to the service account. irsa: the cluster's OIDC provider, for pods that Pod Identity does not support, such as on Fargate. irsa requires the annotation eks.amazonaws.com/role-arn on the service account.",
        ),
      ...grants,
      permissions_boundary: policyArn
        .optional()
        .describe("Permissions boundary of this role. Default: the one of common.iam."),
      role_arn: roleArn
        .optional()
        .describe("An existing role, which is not changed. By default, a role is created. pod_identity only."),
      target_role_arn: roleArn
        .optional()
        .describe(
          "Role, usually of another account, that Pod Identity assumes next and that pods then have. It must trust the first role. pod_identity only.",
        ),
      disable_session_tags: z
        .boolean()
        .optional()
        .describe(
          "true: sessions have no tags for the cluster, the namespace and the service account. Set it for policies that are too large with these tags. A created role then trusts every association in the account, because only the tags tell them apart. Default: false. pod_identity only.",
        ),
    }),
  )
  .describe("AWS roles for the service accounts of teams. The service accounts of addons have their own roles.");
