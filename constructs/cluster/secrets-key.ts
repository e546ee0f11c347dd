import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Op, type Postcondition, propertyAccess, TerraformSelf } from "cdktf";
import { Construct } from "constructs";
import type { Tfvars } from "../../fleet/model/cluster";
import type { Owner } from "../../fleet/plan/owner";
import { type PolicyDocumentStatement, policyJson } from "../iam/policy";
import { type ControlPlaneRole, KEY_USE } from "./control-plane-role";

/** Everything except the use of the key: an administrator does not need to read what it encrypts. */
const ADMINISTRATION = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:RevokeGrant",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
] as const;

export interface SecretsKeyProps {
  readonly owner: Owner;
  readonly settings: Tfvars["cluster"]["kms"];
  /** True if no plan may delete the key. */
  readonly deletionProtection: boolean;
  readonly usedBy: ControlPlaneRole;
}

/** The KMS key that encrypts the cluster's secrets. */
export class SecretsKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: SecretsKeyProps) {
    super(scope, id);
    const { deletionProtection, owner, settings, usedBy } = props;
    const { name, slug } = owner;
    const key = new KmsKey(this, "Resource", {
      description: `Encrypts the Kubernetes secrets of ${name}`,
      enableKeyRotation: true,
      rotationPeriodInDays: settings.rotation_period_days,
      deletionWindowInDays: settings.deletion_window_days,
      policy: keyPolicy(props),
      tags: { Name: slug },
      // Without the key, the cluster's secrets are lost, and EKS does not prevent its deletion.
      ...(deletionProtection && { lifecycle: { preventDestroy: true } }),
      dependsOn: [...usedBy.ready], // KMS refuses a policy that names a role which does not exist yet
    });
    new KmsAlias(this, "alias", { name: `alias/eks/${slug}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}

/** Returns the ARN of the key that the definition names, or of a new one; undefined if AWS's own key encrypts the secrets. */
export function secretsKeyArn(scope: Construct, props: SecretsKeyProps): string | undefined {
  const { enabled, key_arn } = props.settings;
  if (!enabled) return undefined;
  return key_arn ?? new SecretsKey(scope, "secrets-key", props).arn;
}

/**
 * Returns a condition that fails if the cluster uses another key: EKS cannot change it, so a plan must not go on to delete a key
 * that the cluster still uses. It compares what the cluster has, because Terraform ignores changes of this attribute.
 */
export function keepsItsKey(keyArn: string): Postcondition {
  return {
    condition: Op.eq(propertyAccess(TerraformSelf.getAny("encryption_config"), [0, "provider", 0, "key_arn"]), keyArn),
    errorMessage:
      "EKS cannot change the key that encrypts the secrets of a cluster, and this cluster uses another key. Set kms.key_arn to the key of the cluster, or to null if this program created the key.",
  };
}

/**
 * Returns the key's policy. It never names the caller: a plan must not depend on who runs it. The account's root stands for IAM:
 * without it, a key whose administrators are deleted could not be managed.
 */
function keyPolicy({ owner, settings, usedBy }: SecretsKeyProps): string {
  const { accountId, partition } = owner;
  const { administrators } = settings;
  const byAdministrators: PolicyDocumentStatement = {
    Sid: "Administrators",
    Effect: "Allow",
    Principal: { AWS: administrators },
    Action: ADMINISTRATION,
    Resource: "*",
  };
  return policyJson([
    {
      Sid: "Account",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    ...(administrators.length === 0 ? [] : [byAdministrators]),
    {
      Sid: "ControlPlane",
      Effect: "Allow",
      Principal: { AWS: usedBy.literalArn },
      Action: KEY_USE,
      Resource: "*",
    },
  ]);
}
