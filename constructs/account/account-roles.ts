import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AccountPlan, AccountRole } from "../../fleet/accounts/plan";
import { policyJson } from "../iam/policy";

const DESCRIPTIONS: Readonly<Record<AccountRole["level"], string>> = {
  plan: "Plans changes of clusters. It can only read",
  apply: "Applies changes of clusters. It creates roles with the permissions boundary only",
  destroy: "Destroys clusters",
  state: "Reads and writes the Terraform state",
};

/** The permissions boundary of the clusters' roles, the roles that plan, apply and destroy, and those that services of AWS use. */
export class AccountRoles extends Construct {
  /** Level -> ARN. */
  readonly arns: Readonly<Record<string, string>>;

  /** @param after the OIDC providers that the roles trust */
  constructor(
    scope: Construct,
    id: string,
    { boundary, roles, serviceLinkedRoles }: AccountPlan,
    after: readonly ITerraformDependable[],
  ) {
    super(scope, id);
    new IamPolicy(this, "boundary", {
      name: boundary.name,
      path: boundary.path,
      description: "The most that a role of a cluster may do",
      policy: boundary.document,
    });
    for (const awsServiceName of serviceLinkedRoles) new IamServiceLinkedRole(this, awsServiceName, { awsServiceName });
    this.arns = Object.fromEntries(roles.map((role) => [role.level, this.role(role, after)]));
  }

  private role(
    { level, maxSessionSeconds, name, path, policies, trust }: AccountRole,
    after: readonly ITerraformDependable[],
  ) {
    const role = new IamRole(this, level, {
      name,
      path,
      description: DESCRIPTIONS[level],
      maxSessionDuration: maxSessionSeconds,
      assumeRolePolicy: policyJson(trust),
      dependsOn: [...after], // IAM refuses a principal that does not exist
    });
    for (const [index, [policyName, policy]] of Object.entries(policies).entries()) {
      const { arn } = new IamPolicy(this, `${level}-policy-${index + 1}`, { name: policyName, path, policy });
      new IamRolePolicyAttachment(this, `${level}-attachment-${index + 1}`, { role: role.name, policyArn: arn });
    }
    return role.arn;
  }
}
