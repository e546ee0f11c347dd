import { serviceDomain } from "../../aws/partitions";
import { TERRAFORM_PERMISSIONS } from "../../aws/terraform-permissions";
import { boundaryArn, type ClusterRoles, clusterRolesOf } from "./boundary";
import type { BootstrappedAccount, RoleLevel } from "./roles";
import { roleArnOf } from "./roles";
import { protectionOf, stateStatements } from "./state-access";
import type { Statement } from "./statement";

/** Actions after which nothing comes back. Only the role `destroy` has them, so that no merged change can do it by mistake. */
export const ONLY_DESTROY: readonly string[] = [
  "ec2:DeleteVpc",
  "eks:DeleteCluster",
  "kms:ScheduleKeyDeletion",
  "s3:DeleteBucket",
];

/**
 * Actions that commands of the program call as each role besides Terraform: `fleet destroy` looks for what is left of a cluster.
 */
const OWN_CALLS: Readonly<Record<RoleLevel, readonly string[]>> = {
  plan: [],
  apply: [],
  destroy: ["logs:DescribeLogGroups", "tag:GetResources"],
};

/** Services that clusters' roles are for, without their domain. IAM compares them when a role is passed to a service. */
export const PASSED_TO: readonly string[] = [
  "autoscaling",
  "capabilities.eks",
  "ec2",
  "eks",
  "eks-fargate-pods",
  "events",
  "pods.eks",
  "rolesanywhere",
  "ssm",
  "vpc-flow-logs",
];

/** Services whose service-linked roles AWS creates when a cluster first needs them. */
export const LINKED_SERVICES: readonly string[] = [
  "autoscaling",
  "eks",
  "eks-fargate",
  "eks-nodegroup",
  "elasticloadbalancing",
  "rds",
  "spot",
];

/** The limit of each action of IAM; the test of this list fails if Terraform needs one that is not in it. */
export const IAM_SCOPES = {
  /** Only on roles with our boundary, or to give it to them. */
  bounded: [
    "iam:AttachRolePolicy",
    "iam:CreateRole",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
  ],
  role: ["iam:DeleteRole", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole"],
  passed: ["iam:PassRole"],
  profile: [
    "iam:AddRoleToInstanceProfile",
    "iam:CreateInstanceProfile",
    "iam:DeleteInstanceProfile",
    "iam:RemoveRoleFromInstanceProfile",
    "iam:TagInstanceProfile",
    "iam:UntagInstanceProfile",
  ],
  issuer: [
    "iam:AddClientIDToOpenIDConnectProvider",
    "iam:CreateOpenIDConnectProvider",
    "iam:DeleteOpenIDConnectProvider",
    "iam:RemoveClientIDFromOpenIDConnectProvider",
    "iam:TagOpenIDConnectProvider",
    "iam:UntagOpenIDConnectProvider",
    "iam:UpdateOpenIDConnectProviderThumbprint",
  ],
  linked: ["iam:CreateServiceLinkedRole"],
} as const;

/** Returns the statements of one of an account's roles. */
export function permissionsOf(
  account: BootstrappedAccount,
  level: RoleLevel,
  partition: string,
  peerRoles: readonly string[] = [],
): readonly Statement[] {
  const further = account.bootstrap.further_actions?.[level] ?? [];
  const own = roleArnOf(account, level);
  return [
    ...actionStatements(account, level, partition),
    ...(further.length === 0 ? [] : [allow("Further", further, ["*"])]),
    ...stateStatements(account, level, partition),
    // Terraform's AWS provider assumes the role that the run already has.
    allow("Assume", ["sts:AssumeRole"], [...(own === undefined ? [] : [own]), ...peerRoles]),
    ...(level === "plan" ? [] : protectionOf(account, partition)),
  ];
}

/** Returns the actions that Terraform and the program need at a level, in order of their names. */
export function actionsOf(level: RoleLevel): readonly string[] {
  const needed = Object.values(TERRAFORM_PERMISSIONS).flatMap(({ delete: removed, read, write }) =>
    level === "plan" ? read : [...read, ...write, ...removed],
  );
  const all = [...new Set([...needed, ...OWN_CALLS[level]])].sort();
  return level === "apply" ? all.filter((action) => !ONLY_DESTROY.includes(action)) : all;
}

function actionStatements(account: BootstrappedAccount, level: RoleLevel, partition: string): readonly Statement[] {
  const roles = clusterRolesOf(account, partition);
  const actions = actionsOf(level);
  const scoped: readonly string[] = Object.values(IAM_SCOPES).flat();
  const anywhere = actions.filter((action) => ![...scoped, SSM, GRANT].includes(action));
  return [
    ...byService(anywhere),
    allow("Images", [SSM], [`arn:${partition}:ssm:*::parameter/aws/service/*`]),
    ...(level === "plan"
      ? []
      : [
          allow("Grants", [GRANT], ["*"], { Bool: { "kms:GrantIsForAWSResource": "true" } }),
          ...iamStatements(account, roles, partition),
        ]),
  ];
}

/** Parameters can be secrets: only those that AWS publishes for everyone. */
const SSM = "ssm:GetParameter";

/** A grant could let anybody decrypt: only services of AWS get one, such as EKS for the key of a cluster's secrets. */
const GRANT = "kms:CreateGrant";

function byService(actions: readonly string[]): readonly Statement[] {
  const services = new Map<string, string[]>();
  for (const action of actions) {
    const service = action.split(":")[0] ?? "";
    services.set(service, [...(services.get(service) ?? []), action]);
  }
  return [...services].map(([service, own]) => allow(sidOf(service), own, ["*"]));
}

/** A Sid has letters and digits only: `route53resolver` becomes `Route53resolver`. */
function sidOf(service: string): string {
  return service.replace(/^./, (letter) => letter.toUpperCase()).replaceAll("-", "");
}

function iamStatements(
  account: BootstrappedAccount,
  { instanceProfiles, roles }: ClusterRoles,
  partition: string,
): readonly Statement[] {
  const domain = serviceDomain(partition);
  const services = (names: readonly string[], ofAll = "amazonaws.com"): string[] =>
    names.map((name) => `${name}.${ofAll}`);
  return [
    allow("BoundedRoles", IAM_SCOPES.bounded, roles, {
      StringEquals: { "iam:PermissionsBoundary": boundaryArn(account, partition) },
    }),
    allow("Roles", IAM_SCOPES.role, roles),
    allow("PassRoles", IAM_SCOPES.passed, roles, {
      StringEquals: { "iam:PassedToService": [...new Set([...services(PASSED_TO), ...services(PASSED_TO, domain)])] },
    }),
    allow("InstanceProfiles", IAM_SCOPES.profile, instanceProfiles),
    allow("ClusterIssuers", IAM_SCOPES.issuer, [`arn:${partition}:iam::${account.id}:oidc-provider/oidc.eks.*`]),
    allow("LinkedRoles", IAM_SCOPES.linked, [`arn:${partition}:iam::${account.id}:role/aws-service-role/*`], {
      StringEquals: { "iam:AWSServiceName": services(LINKED_SERVICES) },
    }),
  ];
}

function allow(
  Sid: string,
  Action: readonly string[],
  Resource: readonly string[],
  Condition?: Statement["Condition"],
): Statement {
  return { Sid, Effect: "Allow", Action, Resource, ...(Condition && { Condition }) };
}
