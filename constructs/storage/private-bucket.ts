import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA as S3BucketLogging } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA as S3BucketVersioning } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Owner } from "../../fleet/plan/owner";
import { type PolicyDocumentStatement, policyJson } from "../iam/policy";
import { leaveBehind } from "./left-behind";

/** The key of a bucket: a new one, which IAM policies of the account and these statements admit to; an existing one; or S3's own. */
export type BucketEncryption =
  | { readonly by: "own key"; readonly statements: readonly PolicyDocumentStatement[] }
  | { readonly by: "existing key"; readonly arn: string }
  | { readonly by: "s3" };

export interface PrivateBucketProps {
  readonly name: string;
  readonly owner: Pick<Owner, "accessLogsBucket" | "accountId" | "partition">;
  /** Days after which objects expire; null keeps them until their writer deletes them. */
  readonly expireDays: number | null;
  readonly encryption: BucketEncryption;
  /** Statements that admit principals outside of the account's IAM, such as a service that writes logs. */
  readonly statements: readonly PolicyDocumentStatement[];
}

/**
 * A bucket for backups and logs: encrypted, versioned, closed to the public and to plain HTTP. S3 refuses to delete a bucket that
 * is not empty, and its key is deleted only after it, so a destroy never makes backups or logs unreadable.
 */
export class PrivateBucket extends Construct {
  readonly name: string;
  /** Null if S3's own key encrypts it. */
  readonly keyArn: string | null;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const { expireDays, name, owner, statements } = props;
    const { accessLogsBucket, partition } = owner;
    const key = this.key(props);
    const keyArn = key === undefined ? existingKey(props) : key.arn;
    const resource = new S3Bucket(this, "Resource", {
      bucket: name,
      forceDestroy: false,
      ...(key !== undefined && { dependsOn: [key] }), // deleted before its key, or neither is
    });
    const bucket = resource.bucket;
    const settings = [
      new S3BucketVersioning(this, "versioning", { bucket, versioningConfiguration: { status: "Enabled" } }),
      new S3BucketEncryption(this, "encryption", {
        bucket,
        rule: [
          keyArn === null
            ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
            : {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
                bucketKeyEnabled: true, // one call to KMS for many objects
              },
        ],
      }),
      new S3BucketLifecycleConfiguration(this, "lifecycle", { bucket, rule: lifecycleRules(expireDays) }),
    ];
    if (accessLogsBucket !== null) {
      new S3BucketLogging(this, "logging", { bucket, targetBucket: accessLogsBucket, targetPrefix: `${name}/` });
    }
    const block = new S3BucketPublicAccessBlock(this, "public-access-block", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const policy = new S3BucketPolicy(this, "policy", {
      bucket,
      policy: policyJson([
        {
          Sid: "OnlyOverTls",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "s3:*",
          Resource: [`arn:${partition}:s3:::${name}`, `arn:${partition}:s3:::${name}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        ...statements,
      ]),
      dependsOn: [block], // S3 refuses two changes of a bucket's access at once
    });
    this.name = name;
    this.keyArn = keyArn;
    this.ready = [...settings, policy];
  }

  private key({ encryption, name, owner: { accountId, partition } }: PrivateBucketProps): KmsKey | undefined {
    if (encryption.by !== "own key") {
      // Objects that an earlier own key encrypted stay readable.
      leaveBehind(this, ["key"], (scope, id) => new KmsKey(scope, id, {}));
      return undefined;
    }
    const key = new KmsKey(this, "key", {
      description: `Encrypts the bucket ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30, // the longest that KMS accepts: without its key, the bucket's content is lost
      policy: policyJson([
        {
          Sid: "Account", // IAM policies of the account grant its use
          Effect: "Allow",
          Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
          Action: "kms:*",
          Resource: "*",
        },
        ...encryption.statements,
      ]),
    });
    new KmsAlias(this, "alias", { name: `alias/s3/${name}`, targetKeyId: key.keyId });
    return key;
  }
}

/** Keeps a bucket that an earlier configuration created at a path, with its key and its settings. */
export function leaveBucketBehind(scope: Construct, ...path: readonly [string, ...string[]]): void {
  const anyProps: PrivateBucketProps = {
    name: "left-behind",
    owner: { partition: "aws", accountId: "000000000000", accessLogsBucket: "left-behind" },
    expireDays: null,
    encryption: { by: "own key", statements: [] },
    statements: [],
  };
  leaveBehind(scope, path, (parent, id) => new PrivateBucket(parent, id, anyProps));
}

function existingKey({ encryption }: PrivateBucketProps): string | null {
  return encryption.by === "existing key" ? encryption.arn : null;
}

/** Returns rules that remove deleted versions of objects, and uploads that never ended, after a week. */
function lifecycleRules(expireDays: number | null) {
  return [
    {
      id: "tidy",
      status: "Enabled",
      filter: [{ prefix: "" }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
      noncurrentVersionExpiration: [{ noncurrentDays: 7 }],
      ...(expireDays !== null && { expiration: [{ days: expireDays }] }),
    },
  ];
}
