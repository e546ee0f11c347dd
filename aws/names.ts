import { createHash } from "node:crypto";

/** Longest names that AWS accepts, in characters, from the API reference of each action. */
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
  /** ec2:ImportKeyPair */
  key_pair: 255,
  /** autoscaling:CreateAutoScalingGroup */
  auto_scaling_group: 255,
  /** rds:CreateDBSubnetGroup */
  db_subnet_group: 255,
  /** ec2:CreateSecurityGroup */
  security_group: 255,
  /** route53resolver:CreateResolverRule; the resolver has the same limit for its other names */
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

/**
 * Returns `<slug>-<part>`. If that exceeds the limit, a hash replaces the end of the slug: short names stay readable, long names
 * stay unique. The result for an input never changes, because a new name would replace the resource.
 */
export function boundedName(slug: string, part: string, limit: number): string {
  const whole = `${slug}-${part}`;
  if (whole.length <= limit) return whole;
  const hash = shortHash(slug);
  const room = limit - part.length - hash.length - 2;
  if (room < 1) throw new RangeError(`${part} leaves no room for a name of at most ${limit} characters`);
  return `${slug.slice(0, room)}-${hash}-${part}`;
}

/** Returns 8 hexadecimal digits of a text's SHA-256: two texts collide with a chance of 1 in 4,294,967,296. */
export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
