import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { Cluster } from "../../fleet/model/cluster";
import { type PolicyDocumentStatement, policyJson } from "../iam/policy";
import { type ControlPlaneRole, KEY_USE } from "./control-plane-role";

/** All of a key's life but its use: who administers a key needs not read what it encrypts. */
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
  readonly cluster: Cluster;
  readonly usedBy: ControlPlaneRole;
}

/** The KMS key that encrypts the cluster's secrets. */
export class SecretsKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { cluster, usedBy }: SecretsKeyProps) {
    super(scope, id);
    const { slug, tfvars } = cluster;
    const { kms } = tfvars.cluster;
    const key = new KmsKey(this, "Resource", {
      description: `Encrypts the Kubernetes secrets of ${cluster.name}`,
      enableKeyRotation: true,
      rotationPeriodInDays: kms.rotation_period_days,
      deletionWindowInDays: kms.deletion_window_days,
      policy: keyPolicy(cluster, usedBy.literalArn),
      tags: { Name: slug },
      // Without the key nobody reads the cluster's secrets again, and EKS does not ask before it goes.
      ...(tfvars.cluster.deletion_protection ? { lifecycle: { preventDestroy: true } } : {}),
      dependsOn: [...usedBy.ready], // KMS refuses a policy that names a role which does not exist yet
    });
    new KmsAlias(this, "alias", { name: `alias/eks/${slug}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}

/** ARN of the key that the definition names, or of one of our own; undefined where secrets are left to the key of AWS's. */
export function secretsKeyArn(scope: Construct, cluster: Cluster, usedBy: ControlPlaneRole): string | undefined {
  const { enabled, key_arn } = cluster.tfvars.cluster.kms;
  if (!enabled) return undefined;
  return key_arn ?? new SecretsKey(scope, "secrets-key", { cluster, usedBy }).arn;
}

/**
 * Says who by name, never the caller: a plan must not depend on who runs it. The account's root stands for IAM: without it, a
 * key whose administrators are gone can be managed by nobody.
 */
function keyPolicy({ account, partition, tfvars }: Cluster, roleArn: string): string {
  const { administrators } = tfvars.cluster.kms;
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
      Principal: { AWS: `arn:${partition}:iam::${account.id}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    ...(administrators.length === 0 ? [] : [byAdministrators]),
    {
      Sid: "ControlPlane",
      Effect: "Allow",
      Principal: { AWS: roleArn },
      Action: KEY_USE,
      Resource: "*",
    },
  ]);
}
