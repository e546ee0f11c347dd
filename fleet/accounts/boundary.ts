import type { BootstrappedAccount } from "./roles";
import { ROLE_LEVELS, roleArnOf } from "./roles";
import type { Statement } from "./statement";

/** Name of the boundary in an account that names none. */
const DEFAULT_BOUNDARY = "fleet-boundary";

/** Path and name of the clusters' roles in an account that lists none. */
const DEFAULT_CLUSTER_ROLES = ["/clusters/*"];

/** Services that nodes, control planes and addons call, by their prefixes in IAM. */
export const BOUNDARY_SERVICES: readonly string[] = [
  "acm",
  "application-signals",
  "aps",
  "arc-zonal-shift",
  "autoscaling",
  "cloudwatch",
  "cognito-idp",
  "ec2",
  "ec2messages",
  "ecr",
  "eks",
  "eks-auth",
  "elasticfilesystem",
  "elasticloadbalancing",
  "events",
  "fsx",
  "kms",
  "logs",
  "pricing",
  "route53",
  "s3",
  "secretsmanager",
  "shield",
  "sqs",
  "ssm",
  "ssmmessages",
  "sts",
  "tag",
  "waf-regional",
  "wafv2",
  "xray",
];

/** Actions of IAM that Karpenter, EKS and the load balancer controller need. */
export const BOUNDARY_IAM: readonly string[] = [
  "iam:AddRoleToInstanceProfile",
  "iam:CreateInstanceProfile",
  "iam:CreateServiceLinkedRole",
  "iam:DeleteInstanceProfile",
  "iam:Get*",
  "iam:List*",
  "iam:PassRole",
  "iam:RemoveRoleFromInstanceProfile",
  "iam:TagInstanceProfile",
];

/** Returns the ARN of the permissions boundary of the clusters' roles. */
export function boundaryArn({ bootstrap, id }: BootstrappedAccount, partition: string): string {
  return `arn:${partition}:iam::${id}:policy/${bootstrap.permissions_boundary ?? DEFAULT_BOUNDARY}`;
}

/** Where the roles and instance profiles of clusters are; `*` stands for any text. */
export interface ClusterRoles {
  readonly roles: readonly string[];
  readonly instanceProfiles: readonly string[];
}

/** Returns the ARNs that the roles and instance profiles of an account's clusters have. */
export function clusterRolesOf({ bootstrap, id }: BootstrappedAccount, partition: string): ClusterRoles {
  const patterns = clusterRolePatterns({ bootstrap });
  const arns = (type: string): string[] => patterns.map((pattern) => `arn:${partition}:iam::${id}:${type}${pattern}`);
  return { roles: arns("role"), instanceProfiles: arns("instance-profile") };
}

/** Returns the paths and names of clusters' roles, such as `/clusters/*`. */
export function clusterRolePatterns({ bootstrap }: Pick<BootstrappedAccount, "bootstrap">): readonly string[] {
  return bootstrap.cluster_roles ?? DEFAULT_CLUSTER_ROLES;
}

/**
 * Returns the permissions boundary: the most that a role that `apply` creates may do, whatever its policies allow. A change that is
 * merged by mistake, or by an intruder, reaches what clusters need, and not the state or the roles that deploy.
 *
 * @param onlyDestroy actions that no role but `destroy` has
 */
export function boundaryOf(
  account: BootstrappedAccount,
  partition: string,
  onlyDestroy: readonly string[],
): readonly Statement[] {
  const { bootstrap, id, state } = account;
  const services = [...new Set([...BOUNDARY_SERVICES, ...(bootstrap.boundary_services ?? [])])].sort();
  const { instanceProfiles, roles } = clusterRolesOf(account, partition);
  const bucket = `arn:${partition}:s3:::${state.bucket}`;
  const ci = ROLE_LEVELS.flatMap((level) => roleArnOf(account, level) ?? []);
  const reads = BOUNDARY_IAM.filter((action) => action.endsWith("*"));
  const writes = BOUNDARY_IAM.filter((action) => !action.endsWith("*"));
  const linked = `arn:${partition}:iam::${id}:role/aws-service-role/*`;
  // Auto Mode gives its nodes profiles of these names (AmazonEKSComputePolicy). Passing the role in them is still limited to `roles`.
  const ofAutoMode = `arn:${partition}:iam::${id}:instance-profile/eks*`;
  return [
    { Sid: "Services", Effect: "Allow", Action: services.map((service) => `${service}:*`), Resource: ["*"] },
    { Sid: "ReadIam", Effect: "Allow", Action: reads, Resource: ["*"] },
    { Sid: "WriteIam", Effect: "Allow", Action: writes, Resource: [...roles, ...instanceProfiles, ofAutoMode, linked] },
    { Sid: "KeepState", Effect: "Deny", Action: ["s3:*"], Resource: [bucket, `${bucket}/*`] },
    {
      Sid: "KeepStateKey",
      Effect: "Deny",
      Action: ["kms:*"],
      Resource: ["*"],
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": stateKeyAlias(account) } },
    },
    {
      Sid: "KeepRoles",
      Effect: "Deny",
      Action: ["sts:AssumeRole"],
      Resource: [...ci, ...(state.role_arn === null ? [] : [state.role_arn])],
    },
    { Sid: "KeepClusters", Effect: "Deny", Action: onlyDestroy, Resource: ["*"] },
  ];
}

/** Returns the alias of the key that encrypts the state. It has the bucket's name, so it is known before the key exists. */
export function stateKeyAlias({ state }: Pick<BootstrappedAccount, "state">): string {
  return `alias/state/${state.bucket.replaceAll(".", "_")}`; // KMS accepts no dot
}
