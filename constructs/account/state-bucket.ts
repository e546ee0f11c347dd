import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA as S3BucketVersioning } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { stateKeyAlias } from "../../fleet/accounts/boundary";
import type { AccountPlan } from "../../fleet/accounts/plan";
import { guestStatements, type RecordsBucket } from "../../fleet/accounts/records-access";
import { policyJson } from "../iam/policy";

/**
 * Lock files have about 300 bytes, and states more: a rule of S3 can distinguish objects by their size, and not by the end of their
 * names.
 */
const LARGEST_LOCK = 1024;

/** Days that a lock that was released is kept. Each plan and apply leaves two versions of it. */
const LOCK_DAYS = 7;

/** Earlier versions of a state that are kept however old they are. */
const VERSIONS_ALWAYS = 20;

/** Days that earlier versions of states are kept in an account that sets none. */
const VERSION_DAYS = 365;

/** The bucket that holds the Terraform state of an account, and its key. Neither can be destroyed by a plan. */
export class StateBucket extends Construct {
  readonly name: string;
  readonly keyArn: string;

  constructor(scope: Construct, id: string, plan: AccountPlan) {
    super(scope, id);
    const { account, partition } = plan;
    const { bucket: name } = account.state;
    const key = new KmsKey(this, "key", {
      description: `Encrypts the Terraform state in ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30, // the longest that KMS accepts: without its key, the state is lost
      policy: keyPolicy(plan),
      lifecycle: { preventDestroy: true },
    });
    new KmsAlias(this, "alias", { name: stateKeyAlias(account), targetKeyId: key.keyId });
    const { bucket } = new S3Bucket(this, "Resource", {
      bucket: name,
      forceDestroy: false,
      lifecycle: { preventDestroy: true },
    });
    new S3BucketVersioning(this, "versioning", { bucket, versioningConfiguration: { status: "Enabled" } });
    new S3BucketOwnershipControls(this, "ownership", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    new S3BucketEncryption(this, "encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
          bucketKeyEnabled: true, // one call to KMS for many objects
        },
      ],
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: lifecycleRules(account.bootstrap.state_versions_days ?? VERSION_DAYS),
    });
    const block = new S3BucketPublicAccessBlock(this, "public-access-block", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketPolicy(this, "policy", {
      bucket,
      policy: bucketPolicy(name, partition, plan),
      dependsOn: [block], // S3 refuses two changes of a bucket's access at once
    });
    this.name = bucket;
    this.keyArn = key.arn;
  }
}

/** Returns the key's policy: the account's IAM decides. Runs are kept from changing it by their own policies. */
function keyPolicy(plan: AccountPlan): string {
  const { account, partition } = plan;
  return policyJson([
    {
      Sid: "Account",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${account.id}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    ...(ownsRecords(plan) ? guestStatements(plan.records, partition).key : []),
  ]);
}

/** True if the records of rollouts are in this bucket. Then the roles of the other accounts use it too. */
function ownsRecords(plan: AccountPlan): plan is AccountPlan & { readonly records: RecordsBucket } {
  return plan.records?.bucket === plan.account.state.bucket;
}

/** Returns the bucket's policy: TLS only, and only administrators remove versions or change how they are kept. */
function bucketPolicy(name: string, partition: string, plan: AccountPlan): string {
  const { clusterRoles, roles } = plan;
  const resources = [`arn:${partition}:s3:::${name}`, `arn:${partition}:s3:::${name}/*`];
  const everybody = { AWS: "*" };
  return policyJson([
    {
      Sid: "OnlyOverTls",
      Effect: "Deny",
      Principal: everybody,
      Action: "s3:*",
      Resource: resources,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "OnlyNewTls",
      Effect: "Deny",
      Principal: everybody,
      Action: "s3:*",
      Resource: resources,
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
    {
      Sid: "OnlyAdministratorsRemoveVersions",
      Effect: "Deny",
      Principal: everybody,
      Action: [
        "s3:DeleteBucket",
        "s3:DeleteBucketPolicy",
        "s3:DeleteObjectVersion",
        "s3:PutBucketPolicy",
        "s3:PutBucketVersioning",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
      ],
      Resource: resources,
      Condition: { ArnLike: { "aws:PrincipalArn": [...roles.map(({ arn }) => arn), ...clusterRoles] } },
    },
    ...(ownsRecords(plan) ? guestStatements(plan.records, partition).bucket : []),
  ]);
}

function lifecycleRules(versionDays: number) {
  const status = "Enabled";
  return [
    {
      id: "earlier-states",
      status,
      filter: [{ prefix: "" }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
      noncurrentVersionExpiration: [{ noncurrentDays: versionDays, newerNoncurrentVersions: VERSIONS_ALWAYS }],
    },
    {
      id: "released-locks",
      status,
      filter: [{ objectSizeLessThan: LARGEST_LOCK }],
      noncurrentVersionExpiration: [{ noncurrentDays: LOCK_DAYS }],
    },
    {
      id: "delete-markers",
      status,
      filter: [{ prefix: "" }],
      expiration: [{ expiredObjectDeleteMarker: true }],
    },
  ];
}
