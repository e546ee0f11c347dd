import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { AWS_AUDIENCE } from "../../fleet/accounts/federations";
import { type RoleLevel, roleArnOf } from "../../fleet/accounts/roles";
import type { Account } from "../../fleet/model/cluster";
import { ExpectedError } from "../../language/expected-error";
import { type CiContext, required } from "./context";
import { subjectMistake } from "./token-subject";

/** Names the session in AWS: what CloudTrail shows beside the role. */
const SESSION_CHARACTERS = /[^\w+=,.@-]/g;
const LONGEST_SESSION = 64;

/**
 * Returns the variables with which the AWS SDK, Terraform and the AWS CLI get the credentials of an account's role. There is no stored
 * key: the token of the job is exchanged, and expires with it.
 *
 * @param tokenFile where the token is kept, readable by its owner only
 */
export async function roleVariables(
  context: CiContext,
  account: Account,
  tokenFile: string,
): Promise<Readonly<Record<string, string>>> {
  const { identity } = context;
  if (identity === "none")
    throw new ExpectedError("the job has no identity, so it cannot use AWS. FLEET_IDENTITY names one");
  const role = roleArnOf(account, identity);
  if (role === undefined)
    throw new ExpectedError(`account ${account.name} has no role to ${identity}. Set roles.${identity} in its file`);
  const token = await fetchToken(context);
  const mistake = context.system === "github" && token !== undefined ? subjectMistake(account, token) : undefined;
  if (mistake !== undefined) throw new ExpectedError(mistake);
  const variables = { ...variablesOf(identity, role), AWS_ROLE_SESSION_NAME: sessionName(context) };
  if (token === undefined) return variables; // the pod's or the machine's own identity
  mkdirSync(dirname(tokenFile), { recursive: true });
  writeFileSync(tokenFile, token, { mode: 0o600 });
  return { ...variables, AWS_ROLE_ARN: role, AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile };
}

/** A role that only reads cannot lock the state, and its plan is not applied. */
function variablesOf(identity: RoleLevel, role: string): Readonly<Record<string, string>> {
  return {
    TF_VAR_role_arn: role,
    ...(identity === "plan" && { TF_CLI_ARGS_plan: "-lock=false", FLEET_STATE_ROLE: role }),
  };
}

function sessionName({ identity, runner }: CiContext): string {
  return `fleet-${identity}-${runner}`.replaceAll(SESSION_CHARACTERS, "-").slice(-LONGEST_SESSION);
}

/** Returns the token of the job; undefined if the system gives credentials in another way. */
async function fetchToken(context: CiContext): Promise<string | undefined> {
  if (context.system === "github") return githubToken(context);
  return context.variable("FLEET_ID_TOKEN");
}

/** Requests a new token for each role, because a token expires within minutes. */
async function githubToken(context: CiContext): Promise<string> {
  const url = required(context, "ACTIONS_ID_TOKEN_REQUEST_URL");
  const response = await fetch(`${url}${url.includes("?") ? "&" : "?"}audience=${AWS_AUDIENCE}`, {
    headers: { authorization: `bearer ${required(context, "ACTIONS_ID_TOKEN_REQUEST_TOKEN")}` },
  });
  const body: unknown = response.ok ? await response.json() : undefined;
  const value = typeof body === "object" && body !== null && "value" in body ? body.value : undefined;
  if (typeof value !== "string")
    throw new ExpectedError(
      `GitHub gave no token (HTTP ${response.status}). The job requires permissions: id-token: write`,
    );
  return value;
}
