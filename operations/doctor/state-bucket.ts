import type { Account, Cluster } from "../../fleet/model/cluster";
import { isMap } from "../../language/plain-map";
import { type Answer, type Aws, unseen } from "./answer";
import { commonCure } from "./common-cure";
import type { Check } from "./report";

/** A run that was killed leaves its lock, and the next one stops at it. */
export function checkLocks({ account: { state }, name }: Cluster, aws: Aws): Check {
  const check = `${name}: locks`;
  const answer = aws([
    "s3api",
    "list-objects-v2",
    "--bucket",
    state.bucket,
    "--region",
    state.region,
    "--prefix",
    `${name}/`,
  ]);
  if ("failed" in answer) return unseen(check, answer.failed, `s3:ListBucket on ${state.bucket}`);
  const objects = Array.isArray(answer.value["Contents"]) ? answer.value["Contents"] : [];
  const locks = objects.filter(isMap).filter(({ Key }) => String(Key).endsWith(".tflock"));
  const [lock] = locks;
  if (lock === undefined) return { name: check, result: "ok", found: "none", cure: null };
  return {
    name: check,
    result: "problem",
    found: locks.map(({ Key, LastModified }) => `${Key} since ${LastModified}`).join(", "),
    cure: `If no run is under way, fleet plan ${name} shows the lock's id and who holds it. docs/operations/locks.md shows how to unlock`,
  };
}

export function checkBucket(account: Account, aws: Aws): Check[] {
  const { name, state } = account;
  const check = `${name}: state bucket`;
  const { bucket, region } = state;
  const head = aws(["s3api", "head-bucket", "--bucket", bucket, "--region", region]);
  if ("failed" in head) {
    const cure = commonCure(head.failed) ?? bucketCure(account, head.failed);
    return [{ name: check, result: "problem", found: `${bucket}: ${head.failed}`, cure }];
  }
  const elsewhere = head.value["BucketRegion"] ?? region;
  if (elsewhere !== region)
    return [
      {
        name: check,
        result: "problem",
        found: `${bucket} is in ${elsewhere}, not in ${region}`,
        cure: `Set state.region to ${elsewhere} in accounts/${name}.yaml`,
      },
    ];
  return [
    { name: check, result: "ok", found: bucket, cure: null },
    checkKey(account, aws(["s3api", "get-bucket-encryption", "--bucket", bucket, "--region", region])),
    checkVersioning(account, aws(["s3api", "get-bucket-versioning", "--bucket", bucket, "--region", region])),
  ];
}

/** Returns what to do about a bucket that cannot be listed. S3 answers to a HEAD with a status only. */
function bucketCure({ bootstrap, name, state: { bucket, region } }: Account, failed: string): string {
  const correct = `correct state.bucket in accounts/${name}.yaml`;
  if (failed.includes("(403)") || failed.includes("AccessDenied"))
    return `Allow s3:ListBucket on ${bucket} to your role. If the bucket is in another account, ${correct}`;
  return bootstrap === undefined
    ? `Create ${bucket} in ${region}: fleet bootstrap ${name} does it with bootstrap in accounts/${name}.yaml (docs/operations/bootstrap-an-account.md). If the bucket has another name, ${correct}`
    : `Run fleet bootstrap ${name}, which creates ${bucket} in ${region}, with the credentials of an administrator. If the bucket has another name, ${correct}`;
}

function checkVersioning({ name: account, state: { bucket, region } }: Account, answer: Answer): Check {
  const name = `${account}: state bucket, versioning`;
  if ("failed" in answer) return unseen(name, answer.failed, `s3:GetBucketVersioning on ${bucket}`);
  const status = String(answer.value["Status"] ?? "off");
  if (status === "Enabled") return { name, result: "ok", found: "on", cure: null };
  return {
    name,
    result: "problem",
    found: status,
    cure: `Without versions, a state that is lost or overwritten is gone. Run aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled --region ${region}`,
  };
}

/** S3 encrypts every bucket; with a key of the account, reading the state requires a right to the key as well. */
function checkKey({ name: account, state: { bucket } }: Account, answer: Answer): Check {
  const name = `${account}: state bucket, key`;
  if ("failed" in answer) return unseen(name, answer.failed, `s3:GetEncryptionConfiguration on ${bucket}`);
  const text = JSON.stringify(answer.value);
  if (text.includes("aws:kms")) return { name, result: "ok", found: "KMS", cure: null };
  return {
    name,
    result: "problem",
    found: "a key of S3",
    cure: `Everyone who may read the bucket reads the secrets in the states. Encrypt ${bucket} with a KMS key: fleet bootstrap ${account} does it (docs/operations/bootstrap-an-account.md)`,
  };
}
