import type { AccountPlan } from "../../fleet/accounts/plan";
import { policyBase } from "../../fleet/accounts/state-access";
import { ExpectedError } from "../../language/expected-error";
import { isMap } from "../../language/plain-map";
import { meantOrKnown } from "../../language/suggest";
import { causeOf } from "../deploy/causes";

/** A resource that may exist before it is in Terraform's state. */
export interface Adoptable {
  /** The value of `--adopt`, such as `role=plan`. */
  readonly name: string;
  readonly type: string;
  /** An argument of the resource and its value, by which it is found in the stack. */
  readonly where: readonly [argument: string, value: string];
  /** The id by which Terraform imports it; undefined if only AWS has it. */
  readonly id: string | undefined;
}

/** Names of the service-linked roles, from "Using service-linked roles" in the guide of each service. */
const LINKED_ROLE_NAMES: Readonly<Record<string, string>> = {
  "spot.amazonaws.com": "AWSServiceRoleForEC2Spot",
  "eks.amazonaws.com": "AWSServiceRoleForAmazonEKS",
  "eks-nodegroup.amazonaws.com": "AWSServiceRoleForAmazonEKSNodegroup",
  "eks-fargate.amazonaws.com": "AWSServiceRoleForAmazonEKSForFargate",
  "autoscaling.amazonaws.com": "AWSServiceRoleForAutoScaling",
  "elasticloadbalancing.amazonaws.com": "AWSServiceRoleForElasticLoadBalancing",
};

/** Returns all that an account may have already. */
export function adoptablesOf(plan: AccountPlan): readonly Adoptable[] {
  const { account, boundary, partition, providers, roles, serviceLinkedRoles } = plan;
  const iam = `arn:${partition}:iam::${account.id}`;
  const policy = (name: string, arn: string): Adoptable => ({
    name: `policy=${name}`,
    type: "aws_iam_policy",
    where: ["name", name],
    id: arn,
  });
  return [
    { name: "bucket", type: "aws_s3_bucket", where: ["bucket", account.state.bucket], id: account.state.bucket },
    { name: "key", type: "aws_kms_key", where: ["enable_key_rotation", "true"], id: undefined },
    ...roles.map(({ level, name }) => ({
      name: `role=${level}`,
      type: "aws_iam_role",
      where: ["name", name] as const,
      id: name,
    })),
    policy(boundary.name, `${iam}:policy${boundary.path}${boundary.name}`),
    ...roles.flatMap(({ arn, name, policies }) =>
      Object.keys(policies).map((each) => policy(each, `${policyBase(arn)}${each.slice(name.length)}`)),
    ),
    ...providers.map(({ arn, host, url }) => ({
      name: `issuer=${host}`,
      type: "aws_iam_openid_connect_provider",
      where: ["url", url] as const,
      id: arn,
    })),
    ...serviceLinkedRoles.map((service) => ({
      name: `linked-role=${service}`,
      type: "aws_iam_service_linked_role",
      where: ["aws_service_name", service] as const,
      id: `${iam}:role/aws-service-role/${service}/${LINKED_ROLE_NAMES[service]}`,
    })),
  ];
}

/** An `import` block of Terraform. */
export interface Import {
  readonly to: string;
  readonly id: string;
}

/**
 * Returns the imports that `--adopt` requests.
 *
 * @param stack JSON of the account's stack
 * @throws ExpectedError with every name that cannot be adopted
 */
export function importsOf(names: readonly string[], plan: AccountPlan, stack: unknown): readonly Import[] {
  const adoptables = adoptablesOf(plan);
  const known = adoptables.map(({ id, name }) => (id === undefined ? `${name}=<id>` : name));
  const wrong: string[] = [];
  const imports = [...new Set(names)].flatMap((name) => {
    const [, keyId] = /^key=(\S+)$/.exec(name) ?? [];
    const found = adoptables.find((each) => each.name === (keyId === undefined ? name : "key"));
    const id = found?.id ?? keyId;
    if (found !== undefined && id !== undefined) return [{ to: addressOf(found, stack), id }];
    wrong.push(`--adopt ${name}: there is no such resource${meantOrKnown(name, known)}`);
    return [];
  });
  if (wrong.length > 0) throw new ExpectedError(wrong.join("\n"));
  return imports;
}

/** Error texts of AWS for a resource that exists already. */
const EXISTS =
  /EntityAlreadyExists|BucketAlreadyOwnedByYou|AlreadyExistsException|already exists|has been taken in this account/i;

/** Returns advice for an error of Terraform; null if there is none. */
export function cureOf(
  error: { readonly address: string | null; readonly summary: string; readonly detail: string },
  plan: AccountPlan,
  stack: unknown,
): string | null {
  const text = `${error.summary}\n${error.detail}`;
  if (causeOf(text) !== undefined) return null; // the summary already contains the advice
  // In us-east-1, the provider reports a bucket of the account and a bucket of another account in the same words.
  if (/BucketAlreadyExists\b/.test(text))
    return `if ${plan.account.state.bucket} is a bucket of the account, run the command again with --adopt bucket. If not, choose another name in state.bucket: names of buckets are unique in the world`;
  if (/AccessDenied|StatusCode: 403|UnauthorizedOperation/.test(text))
    return `AWS denied it to your credentials. Use those of an administrator of account ${plan.account.id}. If the bucket denied it, ${plan.account.state.bucket} may belong to another account: choose another name in state.bucket`;
  if (!EXISTS.test(text)) return null;
  if (error.address?.startsWith("aws_kms_alias."))
    return `the alias of the state's key exists. Find its key with aws kms list-aliases, and run the command again with --adopt key=<id of the key>. If the key is of no use, delete the alias`;
  const found = adoptablesOf(plan).find((each) => addressOf(each, stack) === error.address);
  return found === undefined
    ? null
    : `it exists already. Run the command again with --adopt ${found.name}, and Terraform adopts it without a change`;
}

/** Returns the address of a resource in the JSON of the account's stack. */
export function addressOf({ type, where: [argument, value] }: Adoptable, stack: unknown): string {
  const resources = isMap(stack) && isMap(stack["resource"]) ? stack["resource"][type] : undefined;
  const [name] = Object.entries(isMap(resources) ? resources : {}).find(
    ([, block]) => isMap(block) && String(block[argument]) === value,
  ) ?? [""];
  return `${type}.${name}`;
}
