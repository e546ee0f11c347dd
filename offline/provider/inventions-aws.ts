import { textAt } from "../schema/attribute-path";
import type { ObjectValue } from "../wire/values";
import { arnOf } from "./arn";
import { below, type Draft, digits, type Invention, textOf, uuid } from "./draft";

/** Creation time of every object. A clock would make two runs differ. */
export const CREATED = "2025-01-01T00:00:00Z";

const upper =
  (purpose: string, count: number): Invention =>
  (draft) =>
    digits(draft, purpose, count).toUpperCase();
const ec2Id =
  (prefix: string, purpose: string): Invention =>
  (draft) =>
    `${prefix}-0${digits(draft, purpose, 16)}`;
const zone =
  (letter: string): Invention =>
  ({ region }) =>
    `${region}${letter}`;

/** Returns an address from the ranges for documentation and benchmarks, which no host uses. */
const publicIp: Invention = (draft) =>
  `198.${18 + below(draft, "public-ip/a", 2)}.${below(draft, "public-ip/b", 256)}.${below(draft, "public-ip/c", 256)}`;
const privateIp: Invention = (draft) =>
  `10.0.${below(draft, "private-ip/a", 256)}.${4 + below(draft, "private-ip/b", 250)}`;

const hasIpv6 = (draft: Draft): boolean => draft.state["assign_generated_ipv6_cidr_block"] === true;

function textIn(object: ObjectValue | undefined, name: string): string {
  const value = object?.[name];
  return typeof value === "string" ? value : "";
}

const versionOfCluster = (draft: Draft): string =>
  textIn(draft.related("aws_eks_cluster", "name", textOf(draft, "cluster_name")), "version") || "1.33";

function next(name: string): Invention {
  return ({ prior }) => Number(prior?.[name] ?? 0) + 1;
}

const KEY_POLICY: Invention = ({ account, partition }) =>
  JSON.stringify({
    Id: "key-default-1",
    Statement: [
      {
        Action: "kms:*",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Resource: "*",
        Sid: "Enable IAM User Permissions",
      },
    ],
    Version: "2012-10-17",
  });

const certificate: Invention = (draft) =>
  Buffer.from(`-----BEGIN CERTIFICATE-----\n${digits(draft, "ca", 60)}\n-----END CERTIFICATE-----\n`).toString(
    "base64",
  );

/** Computed attributes whose form matters to their readers, by type and path. */
export const AWS_INVENTIONS: Readonly<Record<string, Readonly<Record<string, Invention>>>> = {
  aws_vpc: {
    default_security_group_id: ec2Id("sg", "default-sg"),
    default_route_table_id: ec2Id("rtb", "main-rtb"),
    main_route_table_id: ec2Id("rtb", "main-rtb"),
    default_network_acl_id: ec2Id("acl", "default-acl"),
    dhcp_options_id: ec2Id("dopt", "dopt"),
    enable_dns_hostnames: () => false,
    ipv6_cidr_block: (draft) =>
      hasIpv6(draft) ? `2600:1f18:${digits(draft, "ipv6", 4)}:${digits(draft, "ipv6/2", 2)}00::/56` : "",
    ipv6_association_id: (draft) => (hasIpv6(draft) ? `vpc-cidr-assoc-0${digits(draft, "ipv6-assoc", 16)}` : ""),
    ipv6_cidr_block_network_border_group: (draft) => (hasIpv6(draft) ? draft.region : ""),
    ipv6_netmask_length: () => 0,
  },
  aws_subnet: {
    availability_zone: zone("a"),
    ipv6_cidr_block_association_id: (draft) =>
      textOf(draft, "ipv6_cidr_block") === "" ? "" : `subnet-cidr-assoc-0${digits(draft, "ipv6-assoc", 16)}`,
    outpost_arn: () => "", // empty for a subnet that is not on an Outpost
  },
  aws_eip: {
    allocation_id: (draft) => textOf(draft, "id"),
    public_ip: publicIp,
    public_ipv4_pool: () => "amazon",
    public_dns: (draft) =>
      `ec2-${String(publicIp(draft)).replaceAll(".", "-")}.${draft.region === "us-east-1" ? "compute-1" : `${draft.region}.compute`}.${draft.dnsSuffix}`,
    association_id: () => "",
    domain: () => "vpc",
    network_border_group: ({ region }) => region,
  },
  aws_nat_gateway: { public_ip: publicIp, private_ip: privateIp, association_id: ec2Id("eipassoc", "association") },
  aws_vpc_endpoint: { prefix_list_id: ec2Id("pl", "prefix-list"), state: () => "available" },
  aws_vpc_security_group_ingress_rule: { security_group_rule_id: (draft) => textOf(draft, "id") },
  aws_vpc_security_group_egress_rule: { security_group_rule_id: (draft) => textOf(draft, "id") },
  aws_security_group_rule: { security_group_rule_id: ec2Id("sgr", "rule") },
  aws_launch_template: {
    "metadata_options.http_endpoint": () => "enabled",
    "metadata_options.http_tokens": () => "optional",
    "metadata_options.http_put_response_hop_limit": () => 1,
    "metadata_options.http_protocol_ipv6": () => "disabled",
    "metadata_options.instance_metadata_tags": () => "disabled",
    latest_version: next("latest_version"),
    default_version: ({ state, prior }) =>
      state["update_default_version"] === true
        ? Number(prior?.["latest_version"] ?? 0) + 1
        : Number(prior?.["default_version"] ?? 1),
  },
  aws_autoscaling_group: {
    desired_capacity: ({ state }) => Number(state["min_size"] ?? 0),
    default_cooldown: () => 300,
    health_check_type: () => "EC2",
    service_linked_role_arn: ({ account, partition }) =>
      `arn:${partition}:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
  },
  aws_iam_role: { unique_id: (draft) => `AROA${upper("unique-id", 17)(draft)}` },
  aws_iam_policy: { policy_id: (draft) => `ANPA${upper("policy-id", 17)(draft)}` },
  aws_iam_instance_profile: { unique_id: (draft) => `AIPA${upper("unique-id", 17)(draft)}` },
  aws_iam_openid_connect_provider: { thumbprint_list: (draft) => [digits(draft, "thumbprint", 40)] },
  aws_eks_cluster: {
    endpoint: (draft) => `https://${upper("cluster", 32)(draft)}.gr7.${draft.region}.eks.${draft.dnsSuffix}`,
    "certificate_authority.data": certificate,
    "identity.oidc.issuer": (draft) =>
      `https://oidc.eks.${draft.region}.${draft.dnsSuffix}/id/${upper("cluster", 32)(draft)}`,
    "vpc_config.cluster_security_group_id": ec2Id("sg", "cluster-sg"),
    "vpc_config.vpc_id": (draft) => {
      const subnet = draft.related("aws_subnet", "id", textAt(draft.state, "vpc_config.subnet_ids"));
      return textIn(subnet, "vpc_id") || ec2Id("vpc", "vpc")(draft);
    },
    "vpc_config.public_access_cidrs": () => ["0.0.0.0/0"],
    "kubernetes_network_config.service_ipv4_cidr": () => "172.20.0.0/16",
    "kubernetes_network_config.service_ipv6_cidr": (draft) =>
      textAt(draft.state, "kubernetes_network_config.ip_family") === "ipv6"
        ? `fd${digits(draft, "services", 2)}:${digits(draft, "services/2", 4)}:${digits(draft, "services/3", 4)}::/108`
        : "",
    "kubernetes_network_config.ip_family": () => "ipv4",
    "access_config.authentication_mode": () => "CONFIG_MAP",
    "upgrade_policy.support_type": () => "EXTENDED",
    cluster_id: () => "",
    platform_version: () => "eks.1",
    version: () => "1.33",
  },
  aws_eks_addon: { addon_version: () => "v1.0.0-eksbuild.1" },
  aws_eks_access_entry: {
    access_entry_arn: arnOf,
    type: () => "STANDARD",
    user_name: (draft) => textOf(draft, "principal_arn"),
    kubernetes_groups: () => [],
  },
  aws_eks_pod_identity_association: {
    association_arn: arnOf,
    association_id: (draft) => `a-${digits(draft, "association", 17)}`,
    external_id: (draft) => uuid(draft, "external"),
    disable_session_tags: () => false,
  },
  aws_eks_node_group: {
    ami_type: () => "AL2023_x86_64_STANDARD",
    capacity_type: () => "ON_DEMAND",
    disk_size: () => 20,
    instance_types: () => ["t3.medium"],
    "resources.autoscaling_groups.name": (draft) => `eks-${textOf(draft, "node_group_name")}-${uuid(draft, "asg")}`,
    "resources.remote_access_security_group_id": () => "",
    "launch_template.name": (draft) =>
      textIn(draft.related("aws_launch_template", "id", textAt(draft.state, "launch_template.id")), "name"),
    "launch_template.id": (draft) =>
      textIn(draft.related("aws_launch_template", "name", textAt(draft.state, "launch_template.name")), "id"),
    "update_config.max_unavailable": () => 1,
    version: versionOfCluster,
    release_version: (draft) => `${textOf(draft, "version") || versionOfCluster(draft)}.0-20250101`,
  },
  aws_kms_key: { key_id: (draft) => uuid(draft, "key"), policy: KEY_POLICY },
  aws_kms_alias: {
    target_key_arn: (draft) => targetKey(draft),
  },
  aws_sqs_queue: {
    url: (draft) => textOf(draft, "id"),
    kms_data_key_reuse_period_seconds: () => 300,
    sqs_managed_sse_enabled: () => true,
  },
  aws_cloudwatch_event_target: { target_id: (draft) => `terraform-${digits(draft, "target", 26)}` },
  aws_s3_bucket: {
    bucket_domain_name: (draft) => `${textOf(draft, "bucket")}.s3.${draft.dnsSuffix}`,
    bucket_regional_domain_name: (draft) => `${textOf(draft, "bucket")}.s3.${draft.region}.${draft.dnsSuffix}`,
    bucket_region: ({ region }) => region,
    hosted_zone_id: () => "Z3AQBSTGFYJSTF",
    request_payer: () => "BucketOwner",
  },
  aws_route53_zone: {
    zone_id: (draft) => `Z${upper("zone", 20)(draft)}`,
    primary_name_server: (draft) => `ns-${below(draft, "ns", 512)}.awsdns-00.com`,
    name_servers: (draft) =>
      ["com", "net", "org", "co.uk"].map(
        (top, index) => `ns-${below(draft, "ns", 512) + index * 512}.awsdns-00.${top}`,
      ),
  },
};

function targetKey(draft: Draft): string {
  const target = textOf(draft, "target_key_id");
  return target.startsWith("arn:")
    ? target
    : `arn:${draft.partition}:kms:${draft.region}:${draft.account}:key/${target}`;
}
