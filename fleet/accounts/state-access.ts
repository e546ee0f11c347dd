import { boundaryArn, stateKeyAlias } from "./boundary";
import { oidcProvidersOf } from "./identities";
import { type BootstrappedAccount, ROLE_LEVELS, type RoleLevel, roleArnOf } from "./roles";
import type { Statement } from "./statement";

/** Returns the key of the state of an account's own stack, in the account's bucket. No cluster has this name: it has no dot. */
export function accountStateKey(name: string): string {
  return `accounts/${name}.tfstate`;
}

/** True if a role of the state stands between the runs and the bucket, and `fleet bootstrap` creates it. */
export function ownStateRole({ id, state }: Pick<BootstrappedAccount, "id" | "state">): string | undefined {
  return state.role_arn !== null && state.role_arn.split(":")[4] === id ? state.role_arn : undefined;
}

/**
 * Returns the statements by which a role reaches the state. A plan only reads it and acquires no lock, because a lock is a write.
 * Other runs use the role of the state if the account has one.
 */
export function stateStatements(
  account: BootstrappedAccount,
  level: RoleLevel,
  partition: string,
): readonly Statement[] {
  const { role_arn } = account.state;
  if (level === "plan") return reading(account, partition);
  if (role_arn !== null)
    return [{ Sid: "StateRole", Effect: "Allow", Action: ["sts:AssumeRole"], Resource: [role_arn] }];
  return writing(account, partition);
}

function reading(account: BootstrappedAccount, partition: string): readonly Statement[] {
  const bucket = `arn:${partition}:s3:::${account.state.bucket}`;
  return [
    { Sid: "ListStates", Effect: "Allow", Action: ["s3:ListBucket"], Resource: [bucket] },
    { Sid: "ReadStates", Effect: "Allow", Action: ["s3:GetObject"], Resource: [`${bucket}/*.tfstate`] },
    withKey(account, partition, ["kms:Decrypt"]),
    keepOwnState(account, partition),
  ];
}

/** Returns the actions of a run that changes states: read and write states, acquire and release locks. */
export function writing(account: BootstrappedAccount, partition: string): readonly Statement[] {
  const bucket = `arn:${partition}:s3:::${account.state.bucket}`;
  return [
    { Sid: "ListStates", Effect: "Allow", Action: ["s3:ListBucket"], Resource: [bucket] },
    {
      Sid: "WriteStates",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: [`${bucket}/*.tfstate`, `${bucket}/*.tfstate.tflock`],
    },
    { Sid: "Unlock", Effect: "Allow", Action: ["s3:DeleteObject"], Resource: [`${bucket}/*.tfstate.tflock`] },
    withKey(account, partition, ["kms:Decrypt", "kms:GenerateDataKey"]),
    keepOwnState(account, partition),
  ];
}

function withKey(account: BootstrappedAccount, partition: string, Action: readonly string[]): Statement {
  return {
    Sid: "StateKey",
    Effect: "Allow",
    Action,
    Resource: [`arn:${partition}:kms:${account.state.region}:${account.id}:key/*`],
    Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": stateKeyAlias(account) } },
  };
}

/** Only administrators change the account's own stack, so no other run needs its state. */
function keepOwnState({ name, state }: BootstrappedAccount, partition: string): Statement {
  return {
    Sid: "KeepOwnState",
    Effect: "Deny",
    Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
    Resource: [`arn:${partition}:s3:::${state.bucket}/${accountStateKey(name)}*`],
  };
}

/** Returns what no run may do, whatever else it may: change the boundary, the roles of CI systems, their issuers, or the state's keeping. */
export function protectionOf(account: BootstrappedAccount, partition: string): readonly Statement[] {
  const { id, state } = account;
  const bucket = `arn:${partition}:s3:::${state.bucket}`;
  const stateRole = ownStateRole(account);
  const roles = [
    ...ROLE_LEVELS.flatMap((level) => roleArnOf(account, level) ?? []),
    ...(stateRole === undefined ? [] : [stateRole]),
  ];
  return [
    {
      Sid: "KeepIdentities",
      Effect: "Deny",
      Action: [
        "iam:Add*",
        "iam:Attach*",
        "iam:Create*",
        "iam:Delete*",
        "iam:Detach*",
        "iam:PassRole",
        "iam:Put*",
        "iam:Remove*",
        "iam:Set*",
        "iam:Tag*",
        "iam:Untag*",
        "iam:Update*",
      ],
      Resource: [
        boundaryArn(account, partition),
        ...roles,
        ...roles.map((arn) => `${policyBase(arn)}-*`),
        ...oidcProvidersOf(account, partition).map(({ arn }) => arn),
      ],
    },
    {
      Sid: "KeepBoundaries",
      Effect: "Deny",
      Action: ["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"],
      Resource: ["*"],
    },
    {
      Sid: "KeepBucket",
      Effect: "Deny",
      Action: [
        "s3:DeleteBucket*",
        "s3:DeleteObjectVersion",
        "s3:PutBucket*",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
        "s3:PutReplicationConfiguration",
        "s3:TagResource",
        "s3:UntagResource",
      ],
      Resource: [bucket, `${bucket}/*`],
    },
    {
      Sid: "KeepKey",
      Effect: "Deny",
      Action: [
        "kms:CreateGrant",
        "kms:DeleteAlias",
        "kms:Disable*",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateAlias",
      ],
      Resource: ["*"],
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": stateKeyAlias(account) } },
    },
    {
      Sid: "KeepAlias",
      Effect: "Deny",
      Action: ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
      Resource: [`arn:${partition}:kms:${state.region}:${id}:${stateKeyAlias(account)}`],
    },
  ];
}

/** Returns the beginning of the ARNs of a role's policies: `role/fleet/apply` has the policies `policy/fleet/apply-1` and so on. */
export function policyBase(roleArn: string): string {
  return roleArn.replace(":role/", ":policy/");
}
