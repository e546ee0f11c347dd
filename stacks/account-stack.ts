import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { RenderedStack } from "../cdktf/rendered-stack";
import { AccountRoles } from "../constructs/account/account-roles";
import { Issuers } from "../constructs/account/issuers";
import { StateBucket } from "../constructs/account/state-bucket";
import type { AccountPlan } from "../fleet/accounts/plan";
import { accountStateKey } from "../fleet/accounts/state-access";
import { TERRAFORM_SETTINGS } from "./cluster-stack";

/** Returns the name of an account's stack. */
export function accountStackId(account: string): string {
  return `account-${account}`;
}

/**
 * The resources of an account before its first cluster: the bucket of the state with its key, the OIDC providers of CI systems, and
 * the roles that plan, apply and destroy. Administrators apply it with their own credentials, because no run may change it.
 */
export class AccountStack extends RenderedStack {
  constructor(scope: Construct, plan: AccountPlan) {
    const { account } = plan;
    super(scope, accountStackId(account.name), TERRAFORM_SETTINGS);
    const { bucket, region } = account.state;
    new S3Backend(this, { bucket, region, key: accountStateKey(account.name) });
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: [account.id], // credentials of another account are an error, not roles in the wrong place
      defaultTags: [{ tags: { ManagedBy: "terraform", Stack: "account" } }],
    });
    const state = new StateBucket(this, "state", plan);
    const roles = new AccountRoles(this, "roles", plan, new Issuers(this, "issuers", plan.providers).ready);
    new TerraformOutput(this, "state_bucket", { value: state.name, staticId: true });
    new TerraformOutput(this, "state_key_arn", { value: state.keyArn, staticId: true });
    new TerraformOutput(this, "role_arns", { value: roles.arns, staticId: true });
  }
}
