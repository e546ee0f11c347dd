import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA as S3BucketVersioning } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type PolicyDocumentStatement, policyJson } from "../iam/policy";

/** What encrypts a bucket: a key of its own that the account's IAM policies and these statements let use, a key that exists, or S3. */
export type BucketEncryption =
  | { readonly by: "own key"; readonly statements: readonly PolicyDocumentStatement[] }
  | { readonly by: "existing key"; readonly arn: string }
  | { readonly by: "s3" };

export interface PrivateBucketProps {
  readonly name: string;
  readonly partition: string;
  readonly account_id: string;
  /** Days after which objects go; null keeps them until whoever wrote them deletes them. */
  readonly expire_days: number | null;
  readonly encryption: BucketEncryption;
  /** Whom of outside the account's IAM the bucket lets in, such as a service that writes logs. */
  readonly statements: readonly PolicyDocumentStatement[];
}

/**
 * A bucket for what must outlive its writer, such as backups and logs: encrypted, versioned, closed to the public and to plain
 * HTTP. S3 refuses to delete a bucket that holds something, so a destroy never takes backups or logs with it.
 */
export class PrivateBucket extends Construct {
  readonly name: string;
  /** Null where S3's own key encrypts it. */
  readonly keyArn: string | null;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const { name, partition, expire_days, statements } = props;
    const keyArn = this.key(props);
    const resource = new S3Bucket(this, "Resource", { bucket: name, forceDestroy: false });
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
                bucketKeyEnabled: true, // one call of KMS for many objects
              },
        ],
      }),
      new S3BucketLifecycleConfiguration(this, "lifecycle", { bucket, rule: lifecycleRules(expire_days) }),
    ];
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

  private key({ account_id, encryption, name, partition }: PrivateBucketProps): string | null {
    switch (encryption.by) {
      case "s3":
        return null;
      case "existing key":
        return encryption.arn;
      case "own key": {
        const key = new KmsKey(this, "key", {
          description: `Encrypts the bucket ${name}`,
          enableKeyRotation: true,
          deletionWindowInDays: 30, // the longest: what is in a bucket without its key is lost
          policy: policyJson([
            {
              Sid: "Account", // IAM policies of the account say who uses it
              Effect: "Allow",
              Principal: { AWS: `arn:${partition}:iam::${account_id}:root` },
              Action: "kms:*",
              Resource: "*",
            },
            ...encryption.statements,
          ]),
        });
        new KmsAlias(this, "alias", { name: `alias/s3/${name}`, targetKeyId: key.keyId });
        return key.arn;
      }
      default: {
        const unknown: never = encryption;
        throw new TypeError(`encryption ${JSON.stringify(unknown)} is not known`);
      }
    }
  }
}

/** Versioned objects take room twice: what was deleted goes for good after a week, and so do uploads that never ended. */
function lifecycleRules(expireDays: number | null) {
  return [
    {
      id: "tidy",
      status: "Enabled",
      filter: [{ prefix: "" }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
      noncurrentVersionExpiration: [{ noncurrentDays: 7 }],
      ...(expireDays === null ? {} : { expiration: [{ days: expireDays }] }),
    },
  ];
}
