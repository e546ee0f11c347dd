import { type Draft, digits, textOf, uuid } from "./draft";
import { isGlobal } from "./scope";

/** Returns the part of an ARN after the account, and the service if the type's name does not contain it. */
type ArnRule = (draft: Draft) => readonly [service: string, resource: string];

const ec2 =
  (kind: string): ArnRule =>
  (draft) => ["ec2", `${kind}/${textOf(draft, "id")}`];

const iam =
  (kind: string): ArnRule =>
  (draft) => ["iam", `${kind}${textOf(draft, "path") || "/"}${textOf(draft, "name")}`];

function ofPrincipal(draft: Draft): string {
  const [, account = draft.account, kind = "role", name = ""] =
    /^arn:[^:]+:iam::(\d+):(role|user)\/(?:.*\/)?([^/]+)$/.exec(textOf(draft, "principal_arn")) ?? [];
  return `${kind}/${account}/${name}`;
}

const ARNS: Readonly<Record<string, ArnRule>> = {
  aws_vpc: ec2("vpc"),
  aws_subnet: ec2("subnet"),
  aws_internet_gateway: ec2("internet-gateway"),
  aws_egress_only_internet_gateway: ec2("egress-only-internet-gateway"),
  aws_eip: ec2("elastic-ip"),
  aws_nat_gateway: ec2("natgateway"),
  aws_route_table: ec2("route-table"),
  aws_default_route_table: ec2("route-table"),
  aws_network_acl: ec2("network-acl"),
  aws_default_network_acl: ec2("network-acl"),
  aws_vpc_endpoint: ec2("vpc-endpoint"),
  aws_flow_log: ec2("vpc-flow-log"),
  aws_security_group: ec2("security-group"),
  aws_default_security_group: ec2("security-group"),
  aws_vpc_security_group_ingress_rule: ec2("security-group-rule"),
  aws_vpc_security_group_egress_rule: ec2("security-group-rule"),
  aws_launch_template: ec2("launch-template"),
  aws_ec2_transit_gateway: ec2("transit-gateway"),
  aws_ec2_transit_gateway_vpc_attachment: ec2("transit-gateway-attachment"),
  aws_instance: ec2("instance"),

  aws_iam_role: iam("role"),
  aws_iam_policy: iam("policy"),
  aws_iam_user: iam("user"),
  aws_iam_instance_profile: iam("instance-profile"),
  aws_iam_openid_connect_provider: (draft) => [
    "iam",
    `oidc-provider/${textOf(draft, "url").replace(/^https:\/\//, "")}`,
  ],

  aws_eks_cluster: (draft) => ["eks", `cluster/${textOf(draft, "name")}`],
  aws_eks_addon: (draft) => [
    "eks",
    `addon/${textOf(draft, "cluster_name")}/${textOf(draft, "addon_name")}/${uuid(draft, "arn")}`,
  ],
  aws_eks_node_group: (draft) => [
    "eks",
    `nodegroup/${textOf(draft, "cluster_name")}/${textOf(draft, "node_group_name")}/${uuid(draft, "arn")}`,
  ],
  aws_eks_fargate_profile: (draft) => [
    "eks",
    `fargateprofile/${textOf(draft, "cluster_name")}/${textOf(draft, "fargate_profile_name")}/${uuid(draft, "arn")}`,
  ],
  aws_eks_capability: (draft) => [
    "eks",
    `capability/${textOf(draft, "cluster_name")}/${textOf(draft, "type").toLowerCase()}/${textOf(draft, "capability_name")}/${uuid(draft, "arn")}`,
  ],
  aws_eks_identity_provider_config: (draft) => [
    "eks",
    `identityproviderconfig/${textOf(draft, "cluster_name")}/oidc/${textOf(draft, "id").split(":")[1]}/${uuid(draft, "arn")}`,
  ],
  aws_eks_access_entry: (draft) => [
    "eks",
    `access-entry/${textOf(draft, "cluster_name")}/${ofPrincipal(draft)}/${uuid(draft, "arn")}`,
  ],
  aws_eks_pod_identity_association: (draft) => [
    "eks",
    `podidentityassociation/${textOf(draft, "cluster_name")}/${textOf(draft, "association_id")}`,
  ],

  aws_cloudwatch_log_group: (draft) => ["logs", `log-group:${textOf(draft, "name")}`],
  aws_cloudwatch_event_rule: (draft) => {
    const bus = textOf(draft, "event_bus_name") || "default";
    return ["events", `rule/${bus === "default" ? "" : `${bus}/`}${textOf(draft, "name")}`];
  },
  aws_cloudwatch_metric_alarm: (draft) => ["cloudwatch", `alarm:${textOf(draft, "alarm_name")}`],
  aws_kms_key: (draft) => ["kms", `key/${textOf(draft, "key_id")}`],
  aws_kms_alias: (draft) => ["kms", textOf(draft, "name")],
  aws_sqs_queue: (draft) => ["sqs", textOf(draft, "name")],
  aws_sns_topic: (draft) => ["sns", textOf(draft, "name")],
  aws_autoscaling_group: (draft) => [
    "autoscaling",
    `autoScalingGroup:${uuid(draft, "arn")}:autoScalingGroupName/${textOf(draft, "name")}`,
  ],
  aws_autoscaling_schedule: (draft) => [
    "autoscaling",
    `scheduledUpdateGroupAction:${uuid(draft, "arn")}:autoScalingGroupName/${textOf(draft, "autoscaling_group_name")}:scheduledActionName/${textOf(draft, "scheduled_action_name")}`,
  ],
  aws_ssm_parameter: (draft) => ["ssm", `parameter/${textOf(draft, "name").replace(/^\//, "")}`],
  aws_secretsmanager_secret: (draft) => [
    "secretsmanager",
    `secret:${textOf(draft, "name")}-${digits(draft, "arn", 6)}`,
  ],
  aws_dynamodb_table: (draft) => ["dynamodb", `table/${textOf(draft, "name")}`],
  aws_ecr_repository: (draft) => ["ecr", `repository/${textOf(draft, "name")}`],
  aws_lambda_function: (draft) => ["lambda", `function:${textOf(draft, "function_name")}`],
};

/** Types whose ARNs have no region and no account. */
const BARE: Readonly<Record<string, ArnRule>> = {
  aws_s3_bucket: (draft) => ["s3", textOf(draft, "bucket")],
  aws_route53_zone: (draft) => ["route53", `hostedzone/${textOf(draft, "zone_id")}`],
};

/** Returns the ARN of an object in the form of its service. */
export function arnOf(draft: Draft): string {
  const bare = BARE[draft.type]?.(draft);
  if (bare !== undefined) return `arn:${draft.partition}:${bare[0]}:::${bare[1]}`;
  const words = draft.type.replace(/^aws_/, "").split("_");
  const name = textOf(draft, "name") || digits(draft, "arn", 17);
  const [service, resource] = ARNS[draft.type]?.(draft) ?? [
    words[0],
    `${words.slice(1).join("-") || words[0]}/${name}`,
  ];
  return `arn:${draft.partition}:${service}:${isGlobal(draft.type) ? "" : draft.region}:${draft.account}:${resource}`;
}
