import type { Account, Cluster } from "../../fleet/model/cluster";
import { isMap } from "../../language/plain-map";
import { type Answer, type Aws, answerOf } from "./answer";
import { commonCure, LOG_IN } from "./common-cure";
import { checkEndpoint } from "./control-plane";
import { checkQuotas } from "./quotas";
import type { Check } from "./report";
import { checkBucket, checkLocks } from "./state-bucket";
import type { RunCommand } from "./tools";

/**
 * Checks an account with the AWS CLI and the credentials of the caller. Nothing is changed. docs/operations/doctor.md lists the calls.
 *
 * @param clusters clusters of the account whose endpoints are checked
 */
export function checkAccount(account: Account, clusters: readonly Cluster[], run: RunCommand): Check[] {
  const aws = (args: readonly string[]): Answer => answerOf(run("aws", [...args, "--output", "json"]));
  const name = `${account.name}: credentials`;
  // A CLI without a configured region refuses the call, and STS of another partition refuses the credentials.
  const identity = aws(["sts", "get-caller-identity", "--region", account.state.region]);
  if ("failed" in identity)
    return [{ name, result: "problem", found: identity.failed, cure: commonCure(identity.failed) ?? LOG_IN }];
  const caller = String(identity.value["Arn"]);
  return [
    { name, result: "ok", found: caller, cure: null },
    ...Object.entries(account.roles).flatMap(([role, arn]) =>
      arn === undefined ? [] : [isRole(caller, arn) ? ownRole(account, role, arn) : checkRole(account, role, arn, aws)],
    ),
    ...checkBucket(account, aws),
    ...clusters.map((cluster) => checkLocks(cluster, aws)),
    ...clusters.map((cluster) => checkEndpoint(cluster, aws)),
    ...checkQuotas(account, clusters, run),
  ];
}

/** Assumes the role and forgets it. The account of the answer must be the account of the file. */
function checkRole(account: Account, role: string, arn: string, aws: Aws): Check {
  const { id, name } = account;
  const check = `${name}: role ${role}`;
  const answer = aws([
    ...["sts", "assume-role", "--role-arn", arn, "--role-session-name", "fleet-doctor"],
    ...["--region", account.state.region],
  ]);
  if ("failed" in answer)
    return {
      name: check,
      result: "problem",
      found: answer.failed,
      cure: commonCure(answer.failed) ?? trust(account, role, arn),
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

/** Returns what lets the caller assume a role, or creates it. AWS answers alike if the role does not exist. */
function trust({ bootstrap, name }: Account, role: string, arn: string): string {
  const key = `bootstrap.principals.${role === "deploy" ? "apply" : role}`;
  return bootstrap === undefined
    ? `If ${arn} does not exist, create it: docs/getting-started.md shows the roles. Otherwise let its trust policy name your own role, and let your role call sts:AssumeRole`
    : `Add the ARN of your own role to ${key} in accounts/${name}.yaml, and run fleet bootstrap ${name} with the credentials of an administrator. Your role must be allowed to call sts:AssumeRole`;
}

/** True if the caller has assumed this role. A role may not assume itself unless it trusts itself. */
function isRole(caller: string, arn: string): boolean {
  const role = arn.split("/").at(-1);
  return (
    caller.split(":")[4] === arn.split(":")[4] && caller.split(":")[5]?.startsWith(`assumed-role/${role}/`) === true
  );
}

function ownRole({ name }: Account, role: string, arn: string): Check {
  return { name: `${name}: role ${role}`, result: "ok", found: `${arn}, which the credentials are for`, cure: null };
}
