import type { BootstrappedAccount } from "../../../fleet/accounts/roles";

export const ACCOUNT_ID = "111111111111";

/** Returns an account with these settings of `bootstrap`. */
export function accountWith(
  bootstrap: BootstrappedAccount["bootstrap"],
  rest: Partial<BootstrappedAccount> = {},
): BootstrappedAccount {
  return {
    name: "production",
    id: ACCOUNT_ID,
    state: { bucket: "example-state", region: "eu-west-1", role_arn: null },
    roles: {
      plan: `arn:aws:iam::${ACCOUNT_ID}:role/fleet/plan`,
      deploy: `arn:aws:iam::${ACCOUNT_ID}:role/fleet/apply`,
      destroy: `arn:aws:iam::${ACCOUNT_ID}:role/fleet/destroy`,
    },
    cidr_pools: [],
    reserved_cidrs: [],
    hosted_zones: {},
    bootstrap,
    ...rest,
  };
}
