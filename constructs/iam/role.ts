import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { attachmentName } from "../../aws/iam-policies";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import type { PolicyStatement } from "../../language/words/iam";
import { grantedJson, type PolicyDocumentStatement, policyJson } from "./policy";

/** The path of a role that names none. */
const ROOT = "/";

/** Construct id -> ARN of a policy. */
export type AttachedPolicies = Readonly<Record<string, string>>;

/** Construct id -> an inline policy: its name and its document as text. */
export type InlinePolicies = Readonly<Record<string, { readonly name: string; readonly document: string }>>;

export interface RoleProps {
  readonly owner: Owner;
  /** End of the role's name, after the cluster's; unique in the cluster. */
  readonly part: string;
  /** Principals that can assume it. */
  readonly trust: PolicyDocumentStatement;
  /** Names of policies that AWS manages, such as `AmazonEKSClusterPolicy`. */
  readonly awsPolicies?: readonly string[];
  readonly attached?: AttachedPolicies;
  readonly inline?: InlinePolicies;
  /** Parent of `attached` and `inline`, for roles whose policies have always had their state addresses outside of the role. */
  readonly policyParent?: Construct;
  /** Replaces the boundary of the cluster's roles. */
  readonly permissionsBoundary?: string | undefined;
}

/** An IAM role of a cluster, with all that it may do. */
export class Role extends Construct {
  readonly name: string;
  readonly arn: string;
  /** The same ARN written out, for policy documents. What uses it depends on `ready`. */
  readonly literalArn: string;
  /** The role's permissions. */
  readonly policies: readonly ITerraformDependable[];
  /** The role and its permissions: it is usable only once these exist. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    const { attached = {}, awsPolicies = [], inline = {}, owner, policyParent = this } = props;
    const { partition, iam, accountId } = owner;
    const name = roleName(owner.slug, props.part);
    const resource = new IamRole(this, "Resource", {
      name,
      ...given({
        path: rolePath(owner),
        permissionsBoundary: props.permissionsBoundary ?? iam.permissions_boundary,
      }),
      assumeRolePolicy: policyJson([props.trust]),
    });
    const role = resource.name;
    const attach = (parent: Construct, id: string, policyArn: string) =>
      new IamRolePolicyAttachment(parent, id, { role, policyArn });
    this.policies = [
      ...awsPolicies.map((policy) => attach(this, policy, `arn:${partition}:iam::aws:policy/${policy}`)),
      ...Object.entries(attached).map(([key, policyArn]) => attach(policyParent, key, policyArn)),
      ...Object.entries(inline).map(
        ([key, { document, name: policyName }]) =>
          new IamRolePolicy(policyParent, key, { role, name: policyName, policy: document }),
      ),
    ];
    this.name = role;
    this.arn = resource.arn;
    this.literalArn = `arn:${partition}:iam::${accountId}:role${iam.path}${name}`;
    this.ready = [resource, ...this.policies];
  }
}

/** Returns the name of a role of the cluster. */
export function roleName(slug: string, part: string): string {
  return boundedName(slug, part, NAME_LIMITS.iam_role);
}

/** Returns the path of the cluster's roles and instance profiles; undefined for IAM's own default. */
export function rolePath({ iam }: Pick<Owner, "iam">): string | undefined {
  return iam.path === ROOT ? undefined : iam.path;
}

/** Returns policies by the ids of their attachments. */
export function attachedPolicies(arns: readonly string[] = [], idOf = attachmentName): AttachedPolicies {
  return Object.fromEntries(arns.map((arn) => [idOf(arn), arn]));
}

/** Returns a definition's statements as an inline policy; nothing if there are none, because IAM refuses an empty policy. */
export function grantedPolicy(statements: readonly PolicyStatement[] = [], id = "policy"): InlinePolicies {
  return statements.length === 0 ? {} : { [id]: { name: "granted", document: grantedJson(statements) } };
}
