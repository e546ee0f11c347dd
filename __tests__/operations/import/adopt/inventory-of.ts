import type { Inventory } from "../../../../operations/import/adopt/inventory";

type Values = Readonly<Record<string, unknown>>;

/** The parts of `terraform show -json` that are read. */
export interface StateJson {
  readonly values?: {
    readonly root_module: { readonly resources?: readonly { readonly type: string; readonly values: Values }[] };
  };
}

/** Returns what the script would collect about a cluster that a Terraform state describes. */
export function inventoryOf(state: StateJson): Inventory {
  const resources = state.values?.root_module.resources ?? [];
  const all = (type: string): readonly Values[] =>
    resources.filter((each) => each.type === type).map(({ values }) => values);
  const text = (values: Values | undefined, key: string): string => String(values?.[key] ?? "");
  const only = (type: string): Values => all(type)[0] ?? {};
  const tagsOf = (values: Values) =>
    Object.entries((values["tags"] ?? {}) as Record<string, string>).map(([Key, Value]) => ({ Key, Value }));
  const cluster = only("aws_eks_cluster");
  const [vpcConfig = {}] = cluster["vpc_config"] as readonly Values[];
  const [network = {}] = cluster["kubernetes_network_config"] as readonly Values[];
  const [access = {}] = cluster["access_config"] as readonly Values[];
  const [compute] = (cluster["compute_config"] ?? []) as readonly Values[];
  const [identity] = cluster["identity"] as readonly { oidc: readonly { issuer: string }[] }[];
  const policiesOf = (role: string): string[] =>
    all("aws_iam_role_policy_attachment")
      .filter((each) => each["role"] === role)
      .map((each) => text(each, "policy_arn"));
  const rule = (egress: boolean) => (values: Values) => ({
    SecurityGroupRuleId: text(values, "id"),
    GroupId: text(values, "security_group_id"),
    IsEgress: egress,
    IpProtocol: text(values, "ip_protocol"),
    ...(typeof values["from_port"] === "number" && { FromPort: values["from_port"] }),
    ...(typeof values["to_port"] === "number" && { ToPort: values["to_port"] as number }),
    ...(values["cidr_ipv4"] ? { CidrIpv4: text(values, "cidr_ipv4") } : {}),
    ...(values["referenced_security_group_id"]
      ? { ReferencedGroupInfo: { GroupId: text(values, "referenced_security_group_id") } }
      : {}),
  });
  return {
    version: 1,
    complete: true,
    account: "222222222222",
    region: "eu-west-1",
    cluster: {
      name: text(cluster, "name"),
      arn: text(cluster, "arn"),
      status: "ACTIVE",
      version: text(cluster, "version"),
      roleArn: text(cluster, "role_arn"),
      resourcesVpcConfig: {
        vpcId: text(only("aws_vpc"), "id"),
        subnetIds: vpcConfig["subnet_ids"] as string[],
        securityGroupIds: vpcConfig["security_group_ids"] as string[],
        clusterSecurityGroupId: text(vpcConfig, "cluster_security_group_id"),
        endpointPublicAccess: vpcConfig["endpoint_public_access"] === true,
        endpointPrivateAccess: vpcConfig["endpoint_private_access"] === true,
        publicAccessCidrs: vpcConfig["public_access_cidrs"] as string[],
      },
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: text(network, "service_ipv4_cidr") },
      logging: { clusterLogging: [{ enabled: true, types: cluster["enabled_cluster_log_types"] as string[] }] },
      identity: { oidc: { issuer: identity?.oidc[0]?.issuer ?? "" } },
      encryptionConfig: [],
      accessConfig: { authenticationMode: text(access, "authentication_mode") },
      deletionProtection: false,
      ...(compute?.["enabled"] === true && {
        computeConfig: {
          enabled: true,
          nodePools: compute["node_pools"] as string[],
          nodeRoleArn: text(compute, "node_role_arn"),
        },
      }),
      tags: null,
    },
    access_entries: all("aws_eks_access_entry").map((entry) => ({
      entry: {
        principalArn: text(entry, "principal_arn"),
        type: text(entry, "type"),
        kubernetesGroups: [],
      },
      policies: all("aws_eks_access_policy_association")
        .filter((each) => each["principal_arn"] === entry["principal_arn"])
        .map((each) => {
          const [scope = {}] = each["access_scope"] as readonly Values[];
          return {
            policyArn: text(each, "policy_arn"),
            accessScope: { type: text(scope, "type"), namespaces: (scope["namespaces"] ?? []) as string[] },
          };
        }),
    })),
    addons: all("aws_eks_addon").map((addon) => ({
      addonName: text(addon, "addon_name"),
      addonVersion: text(addon, "addon_version"),
      ...(addon["configuration_values"] ? { configurationValues: text(addon, "configuration_values") } : {}),
    })),
    nodegroups: [],
    fargate_profiles: [],
    identity_providers: [],
    pod_identities: all("aws_eks_addon").flatMap((addon) =>
      ((addon["pod_identity_association"] ?? []) as readonly Values[]).map((each) => ({
        namespace: "kube-system",
        serviceAccount: text(each, "service_account"),
        roleArn: text(each, "role_arn"),
        associationId: "a-0123456789abcdef0",
      })),
    ),
    vpcs: all("aws_vpc").map((vpc) => ({
      VpcId: text(vpc, "id"),
      CidrBlock: text(vpc, "cidr_block"),
      InstanceTenancy: "default",
      CidrBlockAssociationSet: [{ CidrBlock: text(vpc, "cidr_block") }],
      Ipv6CidrBlockAssociationSet: [],
      Tags: tagsOf(vpc),
    })),
    dns_support: true,
    dns_hostnames: true,
    subnets: all("aws_subnet").map((subnet) => ({
      SubnetId: text(subnet, "id"),
      CidrBlock: text(subnet, "cidr_block"),
      AvailabilityZone: text(subnet, "availability_zone"),
      MapPublicIpOnLaunch: subnet["map_public_ip_on_launch"] === true,
      Tags: tagsOf(subnet),
    })),
    route_tables: all("aws_route_table").map((table) => ({
      RouteTableId: text(table, "id"),
      Routes: all("aws_route")
        .filter((each) => each["route_table_id"] === table["id"])
        .map((each) => ({
          DestinationCidrBlock: text(each, "destination_cidr_block"),
          ...(each["gateway_id"] ? { GatewayId: text(each, "gateway_id") } : {}),
          ...(each["nat_gateway_id"] ? { NatGatewayId: text(each, "nat_gateway_id") } : {}),
        })),
      Associations: all("aws_route_table_association")
        .filter((each) => each["route_table_id"] === table["id"])
        .map((each) => ({ SubnetId: text(each, "subnet_id"), Main: false })),
      Tags: tagsOf(table),
    })),
    internet_gateways: all("aws_internet_gateway").map((each) => ({ InternetGatewayId: text(each, "id") })),
    nat_gateways: all("aws_nat_gateway").map((each) => ({
      NatGatewayId: text(each, "id"),
      SubnetId: text(each, "subnet_id"),
      NatGatewayAddresses: [{ AllocationId: text(each, "allocation_id") }],
    })),
    vpc_endpoints: [],
    security_groups: [
      ...all("aws_security_group"),
      ...all("aws_default_security_group").map((each): Values => ({ ...each, name: "default" })),
    ].map((each) => ({
      GroupId: text(each, "id"),
      GroupName: text(each, "name"),
      Description: text(each, "description"),
      Tags: tagsOf(each),
    })),
    security_group_rules: [
      ...all("aws_vpc_security_group_ingress_rule").map(rule(false)),
      ...all("aws_vpc_security_group_egress_rule").map(rule(true)),
    ],
    oidc_providers: all("aws_iam_openid_connect_provider").map((each) => text(each, "arn")),
    cni_policies: policiesOf("ShopCni"),
    auto_node_policies: policiesOf("ShopAutoNode"),
    log_groups: all("aws_cloudwatch_log_group").map((each) => ({
      logGroupName: text(each, "name"),
      retentionInDays: Number(each["retention_in_days"]),
    })),
  };
}
