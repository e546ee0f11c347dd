import type { Account } from "../model/cluster";
import { type Federation, federationsOf } from "./federations";
import { type BootstrappedAccount, type RoleLevel, roleArnOf } from "./roles";

/** A statement of a role's trust policy, in the spelling of IAM. */
export interface TrustStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: Readonly<Record<string, string>>;
  readonly Action: string;
  readonly Condition: Conditions;
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** An OIDC provider of an account. */
export interface OidcProvider {
  /** Issuer without https://, as condition keys spell it. */
  readonly host: string;
  readonly arn: string;
  readonly url: string;
  readonly audiences: readonly string[];
  readonly thumbprints: readonly string[];
}

/** Returns the OIDC providers of an account: one for each issuer, with the audiences of all who use it. */
export function oidcProvidersOf(account: BootstrappedAccount, partition: string): readonly OidcProvider[] {
  const byHost = new Map<string, Federation[]>();
  for (const federation of federationsOf(account.bootstrap)) {
    byHost.set(federation.host, [...(byHost.get(federation.host) ?? []), federation]);
  }
  return [...byHost].map(([host, federations]) => ({
    host,
    arn: providerArn(account, partition, host),
    url: `https://${host}`,
    audiences: unique(federations.map(({ audience }) => audience)),
    thumbprints: unique(federations.flatMap(({ thumbprints }) => thumbprints)),
  }));
}

/**
 * Returns the trust policy of a role: the jobs of CI systems by the claims of their tokens, people, and the role itself, because
 * Terraform's AWS provider assumes the role that a job already has.
 */
export function trustOf(
  account: BootstrappedAccount,
  level: RoleLevel,
  partition: string,
  peers: readonly Account[] = [],
): readonly TrustStatement[] {
  const arn = roleArnOf(account, level);
  if (arn === undefined) return [];
  const federated = federationsOf(account.bootstrap).flatMap(({ audience, host, trusts }, index) =>
    trusts[level].map(
      (condition, each): TrustStatement => ({
        Sid: `Ci${index + 1}${each === 0 ? "" : `Or${each + 1}`}`,
        Effect: "Allow",
        Principal: { Federated: providerArn(account, partition, host) },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: merged({ StringEquals: { [`${host}:aud`]: audience } }, condition),
      }),
    ),
  );
  const arns = [
    arn,
    ...(account.bootstrap.principals?.[level] ?? []),
    ...peers.flatMap((peer) => roleArnOf(peer, level) ?? []),
  ];
  return [...joined(federated), ...byAccount(arns).map((each, index) => assumedBy(each, index, partition))];
}

/**
 * Joins statements that differ in the values of one key only, such as the subjects of several repositories: the policy means the same,
 * and is shorter, which counts because IAM limits its length.
 */
function joined(statements: readonly TrustStatement[]): readonly TrustStatement[] {
  const result: TrustStatement[] = [];
  for (const statement of statements) {
    const index = result.findIndex((each) => joinedConditions(each, statement) !== undefined);
    const earlier = result[index];
    const Condition = earlier && joinedConditions(earlier, statement);
    if (earlier === undefined || Condition === undefined) result.push(statement);
    else result[index] = { ...earlier, Condition };
  }
  return result;
}

/** Returns the condition that holds if one of two holds; undefined if they differ in more than the values of one key. */
function joinedConditions(left: TrustStatement, right: TrustStatement): Conditions | undefined {
  if (left.Principal["Federated"] !== right.Principal["Federated"]) return undefined;
  const keysOf = ({ Condition }: TrustStatement): string[] =>
    Object.entries(Condition).flatMap(([operator, keys]) => Object.keys(keys).map((key) => `${operator} ${key}`));
  if (keysOf(left).sort().join() !== keysOf(right).sort().join()) return undefined;
  const different = Object.entries(left.Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, value]) => {
      const other = right.Condition[operator]?.[key] ?? [];
      return JSON.stringify(value) === JSON.stringify(other)
        ? []
        : [{ [operator]: { [key]: unique([value, other].flat()) } }];
    }),
  );
  return different.length > 1 ? undefined : merged(left.Condition, different[0] ?? {});
}

/** Names principals by a condition: a policy that names a role which does not exist, such as the role itself, is refused. */
function assumedBy(
  [accountId, arns]: readonly [string, readonly string[]],
  index: number,
  partition: string,
): TrustStatement {
  return {
    Sid: `Principals${index + 1}`,
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: "sts:AssumeRole",
    Condition: { ArnLike: { "aws:PrincipalArn": arns } },
  };
}

function byAccount(arns: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  const accounts = new Map<string, string[]>();
  for (const arn of unique(arns)) {
    const id = arn.split(":")[4] ?? "";
    accounts.set(id, [...(accounts.get(id) ?? []), arn]);
  }
  return [...accounts];
}

function providerArn({ id }: Pick<Account, "id">, partition: string, host: string): string {
  return `arn:${partition}:iam::${id}:oidc-provider/${host}`;
}

function merged(first: Conditions, second: Conditions): Conditions {
  const operators = unique([...Object.keys(first), ...Object.keys(second)]);
  return Object.fromEntries(operators.map((operator) => [operator, { ...first[operator], ...second[operator] }]));
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];
