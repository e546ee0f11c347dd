import type { Account } from "../model/cluster";

/** The rights of a run in an account. `apply` is the role `roles.deploy` of the account's file. */
export const ROLE_LEVELS = ["plan", "apply", "destroy"] as const;
export type RoleLevel = (typeof ROLE_LEVELS)[number];

/** An account with all that its identities follow from. */
export type BootstrappedAccount = Account & { readonly bootstrap: NonNullable<Account["bootstrap"]> };

/** True if `fleet bootstrap` looks after the account. */
export function isBootstrapped(account: Account): account is BootstrappedAccount {
  return account.bootstrap !== undefined;
}

/** Returns the ARN of an account's role; undefined if the account has no such role. */
export function roleArnOf({ roles }: Pick<Account, "roles">, level: RoleLevel): string | undefined {
  return { plan: roles.plan, apply: roles.deploy, destroy: roles.destroy }[level];
}
