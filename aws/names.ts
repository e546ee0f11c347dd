import { createHash } from "node:crypto";

/** Longest names that AWS takes, from the API reference of each service. */
export const NAME_LIMITS = {
  /** eks:CreateCluster */
  eks_cluster: 100,
  /** eks:CreateNodegroup */
  eks_node_group: 63,
  /** eks:CreateFargateProfile */
  eks_fargate_profile: 100,
  /** iam:CreateRole */
  iam_role: 64,
  /** ec2:CreateLaunchTemplate */
  launch_template: 128,
  /** autoscaling:CreateAutoScalingGroup */
  auto_scaling_group: 255,
  /** rds:CreateDBSubnetGroup */
  db_subnet_group: 255,
  /** ec2:CreateSecurityGroup */
  security_group: 255,
  /** route53resolver:CreateResolverRule, and what else the resolver names */
  resolver: 64,
  /** ec2:CreatePlacementGroup */
  placement_group: 255,
  /** sqs:CreateQueue */
  sqs_queue: 80,
  /** events:PutRule */
  event_rule: 64,
  /** s3:CreateBucket */
  s3_bucket: 63,
} as const;

/** Keys of the tags that everything of a cluster has, whatever its definition says. */
export const OWN_TAGS = ["Cluster", "ManagedBy", "Name", "Owner", "Stack", "Tier"] as const;

/** The four stacks of a cluster, in the order in which they are applied. */
export const STACKS = ["networking", "eks-cluster", "eks-workers", "addons"] as const;
export type StackName = (typeof STACKS)[number];

/** What `cdktf deploy` is given. */
export function stackId(slug: string, stack: StackName): string {
  return `${slug}-${stack}`;
}

/** Key of a stack's state in the account's bucket. */
export function stateKey(clusterName: string, stack: StackName): string {
  return `${clusterName}/${stack}.tfstate`;
}

/**
 * `<slug>-<part>`, or where that is longer than AWS takes, the slug's beginning and a hash of all of it: short names stay
 * readable, long ones stay unique. The same input gives the same name for ever, because renaming replaces.
 */
export function boundedName(slug: string, part: string, limit: number): string {
  const whole = `${slug}-${part}`;
  if (whole.length <= limit) return whole;
  const hash = shortHash(slug);
  const room = limit - part.length - hash.length - 2;
  if (room < 1) throw new RangeError(`${part} leaves no room for a name of at most ${limit} characters`);
  return `${slug.slice(0, room)}-${hash}-${part}`;
}

/** Eight hexadecimal digits of a text's SHA-256: one in four thousand million to meet another's. */
export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
