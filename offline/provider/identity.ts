import type { ObjectValue } from "../wire/values";
import { attribute, child, type Identity, joined, NONE, named, text } from "./identity-rules";

function routeTarget(state: ObjectValue): string {
  return joined("", "destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id")(state, NONE);
}

/** EC2 compares rules of a group by what they allow, without their descriptions and tags. */
const securityGroupRule: Identity = {
  unique: (state) =>
    [
      "security_group_id",
      "ip_protocol",
      "from_port",
      "to_port",
      "cidr_ipv4",
      "cidr_ipv6",
      "prefix_list_id",
      "referenced_security_group_id",
    ]
      .map((name) => text(state, name))
      .join("/"),
  importId: attribute("id"),
  taken: "InvalidPermission.Duplicate: the specified rule already exists in {security_group_id}",
};

/** Rules of types whose id is more than a prefix with digits, in the order of services. */
const IDENTITIES: Readonly<Record<string, Identity>> = {
  aws_iam_role: named("name", "EntityAlreadyExists: Role with name {name} already exists."),
  aws_iam_instance_profile: named("name", "EntityAlreadyExists: Instance Profile {name} already exists."),
  aws_iam_user: named("name", "EntityAlreadyExists: User with name {name} already exists."),
  aws_iam_policy: { id: attribute("arn"), taken: "EntityAlreadyExists: A policy called {name} already exists." },
  aws_iam_role_policy: { id: joined(":", "role", "name") },
  aws_iam_role_policy_attachment: { id: joined("/", "role", "policy_arn") },
  aws_iam_openid_connect_provider: {
    id: attribute("arn"),
    taken: "EntityAlreadyExists: Provider with url {url} already exists.",
  },
  aws_iam_service_linked_role: { id: attribute("arn"), taken: "InvalidInput: Service role name has been taken." },

  aws_eks_cluster: named("name", "ResourceInUseException: Cluster already exists with name: {name}"),
  aws_eks_addon: child(":", ["cluster_name", "addon_name"], "ResourceInUseException: Addon already exists."),
  aws_eks_node_group: child(
    ":",
    ["cluster_name", "node_group_name"],
    "ResourceInUseException: NodeGroup already exists with name {node_group_name} and cluster name {cluster_name}",
  ),
  aws_eks_fargate_profile: child(
    ":",
    ["cluster_name", "fargate_profile_name"],
    "ResourceInUseException: Fargate Profile already exists with this name in this cluster",
  ),
  aws_eks_capability: {
    id: joined(":", "cluster_name", "capability_name"),
    taken: "ResourceInUseException: Capability already exists with name: {capability_name}",
  },
  aws_eks_identity_provider_config: {
    id: (state) => {
      const oidc = [state["oidc"]].flat()[0] as ObjectValue | undefined;
      return `${text(state, "cluster_name")}:${text(oidc ?? {}, "identity_provider_config_name")}`;
    },
    taken: "ResourceInUseException: Identity provider config is already associated with cluster {cluster_name}",
  },
  aws_eks_access_entry: child(
    ":",
    ["cluster_name", "principal_arn"],
    "ResourceInUseException: The specified access entry resource is already in use on this cluster.",
  ),
  aws_eks_access_policy_association: { id: joined("#", "cluster_name", "principal_arn", "policy_arn") },
  aws_eks_pod_identity_association: {
    id: attribute("association_id"),
    unique: joined(",", "cluster_name", "namespace", "service_account"),
    importId: joined(",", "cluster_name", "association_id"),
    taken: "ResourceInUseException: Association already exists for {namespace}/{service_account}",
  },

  aws_cloudwatch_log_group: named("name", "ResourceAlreadyExistsException: The specified log group already exists"),
  aws_cloudwatch_event_rule: {
    // PutRule is an upsert: it updates an existing rule with that name.
    id: (state) =>
      (text(state, "event_bus_name") || "default") === "default"
        ? text(state, "name")
        : joined("/", "event_bus_name", "name")(state, NONE),
  },
  aws_cloudwatch_event_target: {
    id: joined("-", "rule", "target_id"),
    importId: joined("/", "rule", "target_id"),
  },
  aws_kms_key: { id: attribute("key_id") },
  aws_kms_alias: named("name", "AlreadyExistsException: An alias with the name {name} already exists"),
  aws_sqs_queue: {
    id: (state, { account, dnsSuffix, region }) =>
      `https://sqs.${region}.${dnsSuffix}/${account}/${text(state, "name")}`,
    taken: "QueueAlreadyExists: A queue already exists with the same name and a different value for an attribute",
  },
  aws_sqs_queue_policy: { id: attribute("queue_url") },
  aws_s3_bucket: named("bucket", "BucketAlreadyExists: The requested bucket name is not available."),
  aws_dynamodb_table: named("name", "ResourceInUseException: Table already exists: {name}"),
  aws_ecr_repository: named(
    "name",
    "RepositoryAlreadyExistsException: The repository with name '{name}' already exists",
  ),
  aws_secretsmanager_secret: { id: attribute("arn"), unique: attribute("name") },
  aws_ssm_parameter: named("name", "ParameterAlreadyExists: The parameter already exists."),
  aws_route53_zone: { id: attribute("zone_id") },
  aws_route53_record: {
    id: joined("_", "zone_id", "name", "type", "set_identifier"),
    taken: "InvalidChangeBatch: [Tried to create resource record set but it already exists]",
  },

  aws_launch_template: {
    unique: attribute("name"),
    importId: attribute("id"),
    taken: "InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.",
  },
  aws_security_group: {
    unique: joined("/", "vpc_id", "name"),
    importId: attribute("id"),
    taken: "InvalidGroup.Duplicate: The security group '{name}' already exists for VPC '{vpc_id}'",
  },
  aws_autoscaling_group: named("name", "AlreadyExists: AutoScalingGroup by this name already exists"),
  aws_autoscaling_group_tag: {
    id: (state) => {
      const tag = [state["tag"]].flat()[0] as ObjectValue | undefined;
      return `${text(state, "autoscaling_group_name")},${text(tag ?? {}, "key")}`;
    },
  },
  aws_autoscaling_lifecycle_hook: {
    id: attribute("name"),
    unique: joined("/", "autoscaling_group_name", "name"),
    importId: joined("/", "autoscaling_group_name", "name"),
  },
  aws_autoscaling_schedule: {
    id: attribute("scheduled_action_name"),
    unique: joined("/", "autoscaling_group_name", "scheduled_action_name"),
    importId: joined("/", "autoscaling_group_name", "scheduled_action_name"),
    taken: "AlreadyExists: Scheduled Action with this name already exists",
  },

  aws_ec2_tag: { id: joined(",", "resource_id", "key") },
  aws_db_subnet_group: named("name", "DBSubnetGroupAlreadyExists: The DB subnet group '{name}' already exists."),
  aws_route: {
    id: (state, { token }) => `r-${text(state, "route_table_id")}${Number.parseInt(token.slice(0, 8), 16)}`,
    unique: (state) => `${text(state, "route_table_id")}_${routeTarget(state)}`,
    importId: (state) => `${text(state, "route_table_id")}_${routeTarget(state)}`,
    taken: "RouteAlreadyExists: The route identified by {destination_cidr_block} already exists.",
  },
  aws_route_table_association: {
    unique: joined("/", "subnet_id", "gateway_id"),
    importId: (state) => `${text(state, "subnet_id") || text(state, "gateway_id")}/${text(state, "route_table_id")}`,
    taken:
      "Resource.AlreadyAssociated: the specified association for route table {route_table_id} conflicts with an existing association",
  },
  aws_vpc_dhcp_options_association: { id: joined("-", "dhcp_options_id", "vpc_id"), unique: attribute("vpc_id") },
  aws_vpc_peering_connection_accepter: { id: attribute("vpc_peering_connection_id") },
  aws_vpc_peering_connection_options: { id: attribute("vpc_peering_connection_id") },
  aws_ec2_transit_gateway_vpc_attachment: {
    unique: joined("/", "transit_gateway_id", "vpc_id"),
    importId: attribute("id"),
    taken:
      "DuplicateTransitGatewayAttachment: {transit_gateway_id} has non-deleted Transit Gateway Attachments with same VPC ID.",
  },
  aws_ec2_transit_gateway_route_table_association: {
    id: joined("_", "transit_gateway_route_table_id", "transit_gateway_attachment_id"),
  },
  aws_ec2_transit_gateway_route_table_propagation: {
    id: joined("_", "transit_gateway_route_table_id", "transit_gateway_attachment_id"),
  },
  aws_vpn_gateway_route_propagation: { id: joined("_", "vpn_gateway_id", "route_table_id") },
  aws_vpn_connection_route: { id: joined(":", "destination_cidr_block", "vpn_connection_id") },
  aws_ec2_client_vpn_network_association: {
    unique: joined("/", "client_vpn_endpoint_id", "subnet_id"),
    importId: joined(",", "client_vpn_endpoint_id", "id"),
    taken: "InvalidClientVpnSubnetId.DuplicateAz: {subnet_id} is associated already",
  },
  aws_ec2_client_vpn_authorization_rule: {
    id: joined(",", "client_vpn_endpoint_id", "target_network_cidr", "access_group_id"),
  },
  aws_route53_zone_association: { id: joined(":", "zone_id", "vpc_id") },
  aws_route53_resolver_rule_association: {
    unique: joined("/", "resolver_rule_id", "vpc_id"),
    importId: attribute("id"),
    taken:
      "ResourceExistsException: [RSLVR-00906] The resolver rule {resolver_rule_id} is associated with {vpc_id} already",
  },
  aws_vpc_security_group_ingress_rule: securityGroupRule,
  aws_vpc_security_group_egress_rule: securityGroupRule,
  aws_security_group_rule: { id: (_, { token }) => `sgrule-${Number.parseInt(token.slice(0, 8), 16)}` },

  helm_release: {
    id: attribute("name"),
    unique: joined("/", "namespace", "name"),
    importId: joined("/", "namespace", "name"),
    taken: "cannot re-use a name that is still in use",
  },
};

/** Types that configure a bucket and have the bucket's name as id. */
const OF_BUCKET = /^aws_s3_bucket_/;

function ofKubernetes(state: ObjectValue): string {
  const metadata = [state["metadata"]].flat()[0] as ObjectValue | null | undefined;
  if (metadata == null) return "";
  // A namespaced type always has the member; without a value, it means the namespace `default`.
  const namespace = "namespace" in metadata ? `${metadata["namespace"] ?? "default"}/` : "";
  return `${namespace}${metadata["name"]}`;
}

/** Returns how objects of a type are named: by the type's own rule, or by the rule of its family of types. */
export function identityOf(type: string): Identity {
  const own = IDENTITIES[type];
  if (own !== undefined) return own;
  if (OF_BUCKET.test(type)) return { id: attribute("bucket") };
  if (type === "kubernetes_manifest") return {};
  if (type.startsWith("kubernetes_")) return { id: ofKubernetes, taken: '"{id}" already exists' };
  return {};
}
