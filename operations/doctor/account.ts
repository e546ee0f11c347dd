import type { Account, Cluster } from "../../fleet/model/cluster";
import { isMap } from "../../language/plain-map";
import type { Check } from "./report";
import type { RunCommand } from "./tools";

/**
 * Asks AWS about an account, by the AWS CLI and the credentials of the caller. Nothing is changed. docs/operations/doctor.md lists the calls.
 *
 * @param clusters clusters of the account whose endpoints are looked at
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
    ...clusters.map((cluster) => checkEndpoint(cluster, aws)),
  ];
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
        cure: `Create ${bucket} in ${region}, or correct state.bucket in accounts/${name}.yaml. If access is denied, ask for s3:ListBucket`,
      },
    ];
  const versioning = aws(["s3api", "get-bucket-versioning", "--bucket", bucket, "--region", region]);
  const status = "failed" in versioning ? versioning.failed : String(versioning.value["Status"] ?? "off");
  return [
    { name: check, result: "ok", found: bucket, cure: null },
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
          cure: "Ask for eks:DescribeCluster, or look with the role deploy",
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
