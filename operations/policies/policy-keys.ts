/** The way in which a policy is attached. The kind determines which wildcards are significant. */
export type PolicyKind = "identity" | "trust" | "resource";

/** Where a type of resource has its policy. */
export interface PolicyKey {
  readonly key: string;
  readonly kind: PolicyKind;
  /** Key with what the policy is attached to: when that is deleted, its policy does not matter. */
  readonly of?: string;
}

const identity = (of?: string): PolicyKey => ({ key: "policy", kind: "identity", ...(of !== undefined && { of }) });
const resource = (key: string, of?: string): PolicyKey => ({ key, kind: "resource", ...(of !== undefined && { of }) });

/** The attribute that contains the policy, by resource type. */
const POLICIES: Readonly<Record<string, PolicyKey>> = {
  aws_iam_policy: identity(),
  aws_iam_role_policy: identity("role"),
  aws_iam_user_policy: identity("user"),
  aws_iam_group_policy: identity("group"),
  aws_iam_role: { key: "assume_role_policy", kind: "trust" },
  aws_kms_key: resource("policy"),
  aws_kms_key_policy: resource("policy", "key_id"),
  aws_s3_bucket_policy: resource("policy", "bucket"),
  aws_sqs_queue: resource("policy"),
  aws_sqs_queue_policy: resource("policy", "queue_url"),
  aws_sns_topic: resource("policy"),
  aws_sns_topic_policy: resource("policy", "arn"),
  aws_ecr_repository_policy: resource("policy", "repository"),
  aws_efs_file_system_policy: resource("policy", "file_system_id"),
  aws_secretsmanager_secret_policy: resource("policy", "secret_arn"),
  aws_backup_vault_policy: resource("policy", "backup_vault_name"),
  aws_dynamodb_resource_policy: resource("policy", "resource_arn"),
  aws_vpc_endpoint: resource("policy"),
  aws_vpc_endpoint_policy: resource("policy", "vpc_endpoint_id"),
  aws_cloudwatch_log_resource_policy: resource("policy_document"),
  aws_cloudwatch_event_bus_policy: resource("policy", "event_bus_name"),
  aws_ecr_registry_policy: resource("policy"),
  aws_kinesis_resource_policy: resource("policy", "resource_arn"),
  aws_opensearch_domain: resource("access_policies"),
  aws_opensearch_domain_policy: resource("access_policies", "domain_name"),
  aws_s3_access_point: resource("policy"),
  aws_s3control_access_point_policy: resource("policy", "access_point_arn"),
  aws_secretsmanager_secret: resource("policy"),
};

/** Returns where a type of resource has its policy; undefined if it has none. */
export function policyKeyOf(type: string): PolicyKey | undefined {
  return Object.hasOwn(POLICIES, type) ? POLICIES[type] : undefined;
}

/** Types to which AWS gives `OPEN_POLICY` if they have none. */
export const OPEN_BY_DEFAULT: readonly string[] = ["aws_vpc_endpoint", "aws_vpc_endpoint_policy"];

export const OPEN_POLICY = { Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }] };
