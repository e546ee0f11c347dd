import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { attachmentName } from "../../aws/iam-policies";
import type { Cluster } from "../../fleet/model/cluster";
import type { PolicyStatement } from "../../language/words/iam";
import { documentStatement, type PolicyDocumentStatement, policyJson } from "./policy";
import { roleArn, roleSettings } from "./role-settings";

export interface GrantedRoleProps {
  /** Within NAME_LIMITS.iam_role, unique in the account. */
  readonly name: string;
  readonly cluster: Pick<Cluster, "account" | "partition" | "tfvars">;
  /** Who may assume it. */
  readonly trust: readonly PolicyDocumentStatement[];
  readonly managed_policy_arns?: readonly string[] | undefined;
  /** Of a definition: `${aws:username}` in them is IAM's, not Terraform's. */
  readonly statements?: readonly PolicyStatement[] | undefined;
  /** Bounds this role in place of what bounds all of them. */
  readonly permissions_boundary?: string | undefined;
}

/** A role that may do what a definition says. */
export class GrantedRole extends Construct {
  readonly name: string;
  readonly arn: string;
  /** The same ARN written out; whoever uses it waits for `ready`. */
  readonly literalArn: string;
  /** The role, and what it may do: it is of use only once these exist. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: GrantedRoleProps) {
    super(scope, id);
    const { managed_policy_arns = [], permissions_boundary, statements = [] } = props;
    const role = new IamRole(this, "Resource", {
      name: props.name,
      ...roleSettings(props.cluster),
      ...(permissions_boundary === undefined ? {} : { permissionsBoundary: permissions_boundary }),
      assumeRolePolicy: policyJson(props.trust),
    });
    const attachments = managed_policy_arns.map(
      (policyArn) => new IamRolePolicyAttachment(this, attachmentName(policyArn), { role: role.name, policyArn }),
    );
    const inline =
      statements.length === 0
        ? []
        : [new IamRolePolicy(this, "policy", { role: role.name, name: "granted", policy: grantedJson(statements) })];
    this.name = role.name;
    this.arn = role.arn;
    this.literalArn = roleArn(props.cluster, props.name);
    this.ready = [role, ...attachments, ...inline];
  }
}

/** A definition's statements as a policy. */
export function grantedJson(statements: readonly PolicyStatement[]): string {
  return policyJson(statements.map(documentStatement))
    .replaceAll("${", () => "$${")
    .replaceAll("%{", () => "%%{");
}
