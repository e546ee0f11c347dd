import type { Account, Cluster } from "../../fleet/model/cluster";
import { isMap } from "../../language/plain-map";
import { checkQuotas } from "./quotas";
import type { Check } from "./report";
import type { RunCommand } from "./tools";

/**
 * Checks an account with the AWS CLI and the credentials of the caller. Nothing is changed. docs/operations/doctor.md lists the calls.
 *
 * @param clusters clusters of the account whose endpoints are checked
 */
export function checkAccount(account: Account, clusters: readonly Cluster[], run: RunCommand): Check[] {
  const aws = (args: readonly string[]): Answer => answerOf(run("aws", [...args, "--output", "json"]));
  const identity = aws(["sts", "get-caller-identity"]);
  const who: Check =
    "failed" in identity
      ? {
          name: `${account.name}: credentials`,
          result: "problem",
          found: identity.failed,
          cure: "Log in to AWS, for example with aws sso login, and set AWS_PROFILE",
        }
      : { name: `${account.name}: credentials`, result: "ok", found: String(identity.value["Arn"]), cure: null };
  if (who.result !== "ok") return [who];
  return [
    who,
    ...Object.entries(account.roles).flatMap(([role, arn]) =>
      arn === undefined ? [] : [checkRole(account, role, arn, aws)],
    ),
    ...checkBucket(account, aws),
    ...clusters.map((cluster) => checkLocks(cluster, aws)),
    ...clusters.map((cluster) => checkEndpoint(cluster, aws)),
    ...checkQuotas(account, clusters, run),
  ];
}

/** The address of a control plane and the certificate of its authority; undefined if AWS does not return them. */
export function endpointOf(
  { slug, tfvars }: Cluster,
  run: RunCommand,
): { readonly url: string; readonly ca: string } | undefined {
  const region = tfvars.common.aws_region;
  const answer = answerOf(
    run("aws", ["eks", "describe-cluster", "--name", slug, "--region", region, "--output", "json"]),
  );
  const described = "failed" in answer ? undefined : answer.value["cluster"];
  if (!isMap(described) || described["status"] !== "ACTIVE" || typeof described["endpoint"] !== "string")
    return undefined;
  const authority = described["certificateAuthority"];
  const ca = isMap(authority) ? String(authority["data"]) : "";
  return { url: described["endpoint"], ca: Buffer.from(ca, "base64").toString() };
}

/** Reports whether the API of a cluster answers from here. Any answer counts, because no credentials are sent. */
export function reachCheck({ name, tfvars }: Cluster, failure: string | undefined): Check {
  const check = `${name}: API from here`;
  if (failure === undefined) return { name: check, result: "ok", found: "answers", cure: null };
  const { endpoint_public_access } = tfvars.cluster;
  return {
    name: check,
    result: "problem",
    found: failure,
    cure: endpoint_public_access
      ? "Add your address to public_access_cidrs, or connect to the VPC. The stack addons calls the API"
      : "The endpoint is private: connect to the VPC, and add your network to private_access_cidrs. docs/getting-started.md shows three ways. The stack addons calls the API",
  };
}

/** A run that was killed leaves its lock, and the next one stops at it. */
function checkLocks({ account: { state }, name }: Cluster, aws: Aws): Check {
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
  if ("failed" in answer) return { name: check, result: "skipped", found: answer.failed, cure: null };
  const objects = Array.isArray(answer.value["Contents"]) ? answer.value["Contents"] : [];
  const locks = objects.filter(isMap).filter(({ Key }) => String(Key).endsWith(".tflock"));
  const [lock] = locks;
  if (lock === undefined) return { name: check, result: "ok", found: "none", cure: null };
  return {
    name: check,
    result: "problem",
    found: locks.map(({ Key, LastModified }) => `${Key} since ${LastModified}`).join(", "),
    cure: "If no run is under way, read docs/operations/locks.md before you unlock",
  };
}

type Answer = { readonly value: Readonly<Record<string, unknown>> } | { readonly failed: string };
type Aws = (args: readonly string[]) => Answer;

function answerOf(ran: ReturnType<RunCommand>): Answer {
  if ("failed" in ran) return ran;
  try {
    const value: unknown = ran.stdout.trim() === "" ? {} : JSON.parse(ran.stdout);
    return isMap(value) ? { value } : { failed: "aws printed no JSON object" };
  } catch {
    return { failed: "aws printed no JSON" };
  }
}

/** Assumes the role and forgets it. The account of the answer must be the account of the file. */
function checkRole({ id, name }: Account, role: string, arn: string, aws: Aws): Check {
  const check = `${name}: role ${role}`;
  const answer = aws(["sts", "assume-role", "--role-arn", arn, "--role-session-name", "fleet-doctor"]);
  if ("failed" in answer)
    return {
      name: check,
      result: "problem",
      found: answer.failed,
      cure: `Let your own role assume ${arn}: its trust policy must name you. docs/getting-started.md shows the roles`,
    };
  const user = answer.value["AssumedRoleUser"];
  const assumed = isMap(user) ? String(user["Arn"]) : "";
  if (assumed.split(":")[4] === id) return { name: check, result: "ok", found: arn, cure: null };
  return {
    name: check,
    result: "problem",
    found: `${arn} is in account ${assumed.split(":")[4]}, not in ${id}`,
    cure: `Correct id or roles.${role} in accounts/${name}.yaml`,
  };
}

function checkBucket({ name, state }: Account, aws: Aws): Check[] {
  const check = `${name}: state bucket`;
  const { bucket, region } = state;
  const head = aws(["s3api", "head-bucket", "--bucket", bucket, "--region", region]);
  if ("failed" in head)
    return [
      {
        name: check,
        result: "problem",
        found: `${bucket}: ${head.failed}`,
        cure: `Run fleet bootstrap ${name}, which creates ${bucket} in ${region}, or correct state.bucket in accounts/${name}.yaml. If access is denied, your role requires s3:ListBucket`,
      },
    ];
  const versioning = aws(["s3api", "get-bucket-versioning", "--bucket", bucket, "--region", region]);
  const status = "failed" in versioning ? versioning.failed : String(versioning.value["Status"] ?? "off");
  return [
    { name: check, result: "ok", found: bucket, cure: null },
    checkKey(check, bucket, aws(["s3api", "get-bucket-encryption", "--bucket", bucket, "--region", region])),
    status === "Enabled"
      ? { name: `${check}, versioning`, result: "ok", found: "on", cure: null }
      : {
          name: `${check}, versioning`,
          result: "problem",
          found: status,
          cure: `Switch on versioning of ${bucket}: without it, a state that is lost or overwritten is gone`,
        },
  ];
}

/** S3 encrypts every bucket; with a key of the account, reading the state requires a right to the key as well. */
function checkKey(check: string, bucket: string, answer: Answer): Check {
  const name = `${check}, key`;
  if ("failed" in answer) return { name, result: "skipped", found: answer.failed, cure: null };
  const text = JSON.stringify(answer.value);
  if (text.includes("aws:kms")) return { name, result: "ok", found: "KMS", cure: null };
  return {
    name,
    result: "problem",
    found: "a key of S3",
    cure: `Encrypt ${bucket} with a KMS key: fleet bootstrap does it. Otherwise everyone who may read the bucket reads the secrets in the states`,
  };
}

function checkEndpoint({ account, name, slug, tfvars }: Cluster, aws: Aws): Check {
  const check = `${name}: control plane`;
  const answer = aws(["eks", "describe-cluster", "--name", slug, "--region", tfvars.common.aws_region]);
  if ("failed" in answer)
    return answer.failed.includes("ResourceNotFoundException")
      ? { name: check, result: "skipped", found: `not in ${account.name} yet`, cure: null }
      : {
          name: check,
          result: "problem",
          found: answer.failed,
          cure: "Allow eks:DescribeCluster to your role, or use credentials of the role deploy",
        };
  const described = answer.value["cluster"];
  const status = isMap(described) ? String(described["status"]) : "unknown";
  const version = isMap(described) ? String(described["version"]) : "unknown";
  const wanted = tfvars.cluster.kubernetes_version;
  if (status !== "ACTIVE")
    return {
      name: check,
      result: "problem",
      found: status,
      cure: "Wait until EKS has finished, or look at its events",
    };
  return version === wanted
    ? { name: check, result: "ok", found: `${status}, Kubernetes ${version}`, cure: null }
    : {
        name: check,
        result: "problem",
        found: `Kubernetes ${version}, and the definition has ${wanted}`,
        cure: `fleet plan ${name} shows the difference; fleet deploy ${name} applies it`,
      };
}
