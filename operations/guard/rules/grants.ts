import { field, textOf, texts } from "../../plans/json";
import { type ResourceChange, removes } from "../../plans/plan";
import { shortened } from "../../plans/shortened";

/** Returns whom a side of a change gives something, without a policy: words for each. */
type Gives = (side: unknown) => readonly string[];

/** Canned ACLs that let everyone in, or everyone with any AWS account. */
const PUBLIC_ACLS = ["public-read", "public-read-write", "authenticated-read"];

const publicAcl: Gives = (side) => {
  const acl = textOf(field(side, "acl"));
  return acl !== undefined && PUBLIC_ACLS.includes(acl) ? [`has the ACL ${acl}`] : [];
};

/** A grant lets a principal use a key, whatever the policy of the key allows. */
const grant: Gives = (side) => {
  const who = textOf(field(side, "grantee_principal"));
  if (who === undefined) return [];
  const name = shortened(who);
  const account = /^(?:arn:[^:]+:iam::\d{12}:root|\d{12})$/.test(who)
    ? [`lets the whole account of ${name} use the key`]
    : [];
  return texts(field(side, "operations")).includes("CreateGrant")
    ? [...account, `lets ${name} give others the key (CreateGrant)`]
    : account;
};

const lambda: Gives = (side) =>
  field(side, "principal") === "*" && !textOf(field(side, "principal_org_id")) && !textOf(field(side, "source_arn"))
    ? ["allows everyone"]
    : [];

/** Checks of resource types that give access without a policy. */
const GIVES: Readonly<Record<string, Gives>> = {
  aws_s3_bucket: publicAcl,
  aws_s3_bucket_acl: publicAcl,
  aws_kms_grant: grant,
  aws_lambda_permission: lambda,
  aws_lambda_function_url: (side) => (field(side, "authorization_type") === "NONE" ? ["allows everyone"] : []),
  aws_vpc_endpoint_service_allowed_principal: (side) =>
    field(side, "principal_arn") === "*" ? ["allows everyone"] : [],
  aws_ami_launch_permission: (side) => (field(side, "group") === "all" ? ["allows everyone"] : []),
  aws_ram_resource_share: (side) =>
    field(side, "allow_external_principals") === true ? ["can be shared with accounts of others"] : [],
  aws_iam_access_key: (side) =>
    side === null || side === undefined ? [] : [`creates a permanent key of user ${userOf(side)}`],
  aws_iam_user_login_profile: (side) =>
    side === null || side === undefined ? [] : [`lets user ${userOf(side)} log in with a password`],
};

const userOf = (side: unknown): string => shortened(textOf(field(side, "user")) ?? "");

/** Returns in words who gets something that no policy gives, and had it not before. */
export function sharedWith(change: ResourceChange): readonly string[] {
  const gives = Object.hasOwn(GIVES, change.type) ? GIVES[change.type] : undefined;
  if (gives === undefined || removes(change)) return [];
  const earlier = gives(change.before);
  return gives(change.after).filter((each) => !earlier.includes(each));
}
