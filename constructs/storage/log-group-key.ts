import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { Construct } from "constructs";
import type { Owner } from "../../fleet/plan/owner";
import { policyJson } from "../iam/policy";
import { leaveBehind } from "./left-behind";

export interface LogGroupKeyProps {
  readonly owner: Owner;
  /** own creates a key. An ARN names an existing key. null leaves the encryption to CloudWatch. */
  readonly key: string | null;
  readonly logGroupName: string;
  readonly description: string;
  /** Name of the alias, without `alias/`. */
  readonly alias: string;
  /** Days between the deletion of the key and its end. */
  readonly deletionDays: number;
}

/** Returns the ARN of the key that encrypts a log group, and that CloudWatch can use for this group only; null for CloudWatch's key. */
export function logGroupKey(scope: Construct, id: string, props: LogGroupKeyProps): string | null {
  const { alias, deletionDays, description, key: wanted, logGroupName, owner } = props;
  if (wanted !== "own") {
    // Events that an earlier own key encrypted stay readable.
    leaveBehind(scope, [id], (parent, child) => new KmsKey(parent, child, {}));
    return wanted;
  }
  const { accountId, partition, region, serviceDomain } = owner;
  const key = new KmsKey(scope, id, {
    description,
    enableKeyRotation: true,
    deletionWindowInDays: deletionDays,
    policy: policyJson([
      {
        Sid: "Account", // IAM policies of the account grant reading
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "CloudWatchLogs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.${serviceDomain}` },
        Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: {
          ArnEquals: {
            "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName}`,
          },
        },
      },
    ]),
  });
  new KmsAlias(scope, `${id}-alias`, { name: `alias/${alias}`, targetKeyId: key.keyId });
  return key.arn;
}
