import type { Account } from "../model/cluster";
import { boundaryArn, boundaryOf, clusterRolesOf } from "./boundary";
import { type OidcProvider, oidcProvidersOf, type TrustStatement, trustOf } from "./identities";
import { ONLY_DESTROY, permissionsOf } from "./permissions";
import { type RecordsBucket, recordsStatements } from "./records-access";
import { type BootstrappedAccount, ROLE_LEVELS, type RoleLevel, roleArnOf } from "./roles";
import { ownStateRole, policyBase, writing } from "./state-access";
import { packed } from "./statement";

/** A role that `fleet bootstrap` creates. */
export interface AccountRole {
  readonly level: RoleLevel | "state";
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly trust: readonly TrustStatement[];
  /** Name -> document, each within the limit of IAM. */
  readonly policies: Readonly<Record<string, string>>;
  readonly maxSessionSeconds: number;
}

/** The plan of an account, computed once from its definition. */
export interface AccountPlan {
  readonly account: BootstrappedAccount;
  readonly partition: string;
  readonly providers: readonly OidcProvider[];
  readonly roles: readonly AccountRole[];
  /** ARNs of the roles of clusters, with `*`. */
  readonly clusterRoles: readonly string[];
  readonly boundary: { readonly name: string; readonly path: string; readonly document: string };
  /** Where the records of rollouts are; undefined if no bucket has them. */
  readonly records: RecordsBucket | undefined;
  /** Service principals, such as `spot.amazonaws.com`. */
  readonly serviceLinkedRoles: readonly string[];
}

/** A control plane's upgrade and the nodes after it take longer than one hour. */
const APPLY_SECONDS = 4 * 3600;
const PLAN_SECONDS = 3600;

const DEFAULT_LINKED_ROLES = ["spot.amazonaws.com"];

/**
 * @param peers the accounts of `peered_accounts`
 * @param records where the records of rollouts are, which every role reads and those that change clusters write
 */
export function planAccount(
  account: BootstrappedAccount,
  partition: string,
  peers: readonly Account[],
  records?: RecordsBucket,
): AccountPlan {
  const { name, path } = nameOf(boundaryArn(account, partition));
  const [document = "", ...more] = packed(boundaryOf(account, partition, ONLY_DESTROY));
  if (more.length > 0) throw new RangeError("the permissions boundary does not fit into one policy");
  return {
    account,
    partition,
    providers: oidcProvidersOf(account, partition),
    roles: [
      ...ROLE_LEVELS.flatMap((level) => roleOf(account, level, partition, peers, records)),
      ...stateRoleOf(account, partition),
    ],
    clusterRoles: clusterRolesOf(account, partition).roles,
    boundary: { name, path, document },
    records,
    serviceLinkedRoles: account.bootstrap.service_linked_roles ?? DEFAULT_LINKED_ROLES,
  };
}

function roleOf(
  account: BootstrappedAccount,
  level: RoleLevel,
  partition: string,
  peers: readonly Account[],
  records: RecordsBucket | undefined,
): readonly AccountRole[] {
  const arn = roleArnOf(account, level);
  if (arn === undefined) return [];
  const peerRoles = peers.flatMap((peer) => roleArnOf(peer, level) ?? []);
  const statements = [
    ...permissionsOf(account, level, partition, peerRoles),
    ...(records === undefined ? [] : recordsStatements(records, level, partition)),
  ];
  return [
    {
      level,
      arn,
      ...nameOf(arn),
      trust: trustOf(account, level, partition, peers),
      policies: policiesOf(arn, packed(statements)),
      maxSessionSeconds: level === "plan" ? PLAN_SECONDS : APPLY_SECONDS,
    },
  ];
}

/** The role that reads and writes the state, for runs that have assumed `apply` or `destroy`, and for the people who may. */
function stateRoleOf(account: BootstrappedAccount, partition: string): readonly AccountRole[] {
  const arn = ownStateRole(account);
  if (arn === undefined) return [];
  const { apply = [], destroy = [] } = account.bootstrap.principals ?? {};
  const users = [
    ...(["apply", "destroy"] as const).flatMap((level) => roleArnOf(account, level) ?? []),
    ...apply,
    ...destroy,
  ];
  return [
    {
      level: "state",
      arn,
      ...nameOf(arn),
      trust: [...new Set(users.map((user) => user.split(":")[4] ?? ""))].map((id, index) => ({
        Sid: `Principals${index + 1}`,
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${id}:root` },
        Action: "sts:AssumeRole",
        Condition: { ArnLike: { "aws:PrincipalArn": [...new Set(users.filter((user) => user.split(":")[4] === id))] } },
      })),
      policies: policiesOf(arn, packed(writing(account, partition))),
      maxSessionSeconds: PLAN_SECONDS,
    },
  ];
}

function policiesOf(roleArn: string, documents: readonly string[]): Readonly<Record<string, string>> {
  const { name } = nameOf(policyBase(roleArn));
  return Object.fromEntries(documents.map((document, index) => [`${name}-${index + 1}`, document]));
}

/** Returns the path and the name in the ARN of a role or a policy. */
function nameOf(arn: string): { readonly name: string; readonly path: string } {
  const resource = arn
    .split(":")
    .slice(5)
    .join(":")
    .replace(/^(?:role|policy)/, "");
  const end = resource.lastIndexOf("/") + 1;
  return { name: resource.slice(end), path: resource.slice(0, end) };
}
