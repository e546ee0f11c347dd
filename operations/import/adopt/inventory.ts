import { z } from "zod";

/** The used part of the script's output. Further properties from AWS are ignored. */

const tags = z.array(z.object({ Key: z.string(), Value: z.string() })).default([]);
const tagMap = z.record(z.string(), z.string()).nullish();

const cluster = z.object({
  name: z.string(),
  arn: z.string(),
  status: z.string(),
  version: z.string(),
  roleArn: z.string(),
  resourcesVpcConfig: z.object({
    vpcId: z.string(),
    subnetIds: z.array(z.string()),
    securityGroupIds: z.array(z.string()).default([]),
    clusterSecurityGroupId: z.string().optional(),
    endpointPublicAccess: z.boolean(),
    endpointPrivateAccess: z.boolean(),
    publicAccessCidrs: z.array(z.string()).default([]),
  }),
  kubernetesNetworkConfig: z.object({ ipFamily: z.string().default("ipv4"), serviceIpv4Cidr: z.string().optional() }),
  logging: z
    .object({ clusterLogging: z.array(z.object({ enabled: z.boolean(), types: z.array(z.string()).default([]) })) })
    .optional(),
  identity: z.object({ oidc: z.object({ issuer: z.string() }) }).optional(),
  encryptionConfig: z.array(z.object({ provider: z.object({ keyArn: z.string() }) })).default([]),
  accessConfig: z.object({ authenticationMode: z.string() }).optional(),
  upgradePolicy: z.object({ supportType: z.string() }).optional(),
  zonalShiftConfig: z.object({ enabled: z.boolean() }).optional(),
  deletionProtection: z.boolean().default(false),
  computeConfig: z
    .object({
      enabled: z.boolean().default(false),
      nodePools: z.array(z.string()).nullish(),
      nodeRoleArn: z.string().nullish(),
    })
    .optional(),
  outpostConfig: z.unknown().optional(),
  remoteNetworkConfig: z.unknown().optional(),
  tags: tagMap,
});

const addon = z.object({
  addonName: z.string(),
  addonVersion: z.string(),
  configurationValues: z.string().optional(),
  serviceAccountRoleArn: z.string().optional(),
  podIdentityAssociations: z.array(z.string()).optional(),
});

const nodegroup = z.object({
  nodegroupName: z.string(),
  instanceTypes: z.array(z.string()).optional(),
  capacityType: z.string().optional(),
  amiType: z.string().optional(),
  diskSize: z.number().optional(),
  scalingConfig: z.object({ minSize: z.number(), maxSize: z.number(), desiredSize: z.number() }),
  labels: tagMap,
  taints: z.array(z.object({ key: z.string(), value: z.string().optional(), effect: z.string() })).nullish(),
  launchTemplate: z.unknown().optional(),
});

const route = z.object({
  DestinationCidrBlock: z.string().optional(),
  GatewayId: z.string().optional(),
  NatGatewayId: z.string().optional(),
  State: z.string().optional(),
});

/** The inventory of one cluster. */
export const inventory = z.object({
  version: z.literal(1),
  complete: z.literal(true),
  account: z.string(),
  region: z.string(),
  cluster,
  access_entries: z
    .array(
      z.object({
        entry: z.object({
          principalArn: z.string(),
          type: z.string(),
          username: z.string().optional(),
          kubernetesGroups: z.array(z.string()).default([]),
        }),
        policies: z.array(
          z.object({
            policyArn: z.string(),
            accessScope: z.object({ type: z.string(), namespaces: z.array(z.string()).default([]) }),
          }),
        ),
      }),
    )
    .default([]),
  addons: z.array(addon),
  nodegroups: z.array(nodegroup),
  fargate_profiles: z.array(z.object({ fargateProfileName: z.string() })),
  identity_providers: z.array(z.object({ type: z.string(), name: z.string() })),
  pod_identities: z.array(
    z.object({ namespace: z.string(), serviceAccount: z.string(), roleArn: z.string(), associationId: z.string() }),
  ),
  vpcs: z
    .array(
      z.object({
        VpcId: z.string(),
        CidrBlock: z.string(),
        InstanceTenancy: z.string().default("default"),
        CidrBlockAssociationSet: z.array(z.object({ CidrBlock: z.string() })).default([]),
        Ipv6CidrBlockAssociationSet: z.array(z.unknown()).default([]),
        Tags: tags,
      }),
    )
    .min(1),
  dns_support: z.boolean(),
  dns_hostnames: z.boolean(),
  subnets: z.array(
    z.object({
      SubnetId: z.string(),
      CidrBlock: z.string(),
      AvailabilityZone: z.string(),
      MapPublicIpOnLaunch: z.boolean().default(false),
      Tags: tags,
    }),
  ),
  route_tables: z.array(
    z.object({
      RouteTableId: z.string(),
      Routes: z.array(route),
      Associations: z
        .array(z.object({ SubnetId: z.string().optional(), Main: z.boolean().default(false) }))
        .default([]),
      Tags: tags,
    }),
  ),
  internet_gateways: z.array(z.object({ InternetGatewayId: z.string() })),
  nat_gateways: z.array(
    z.object({
      NatGatewayId: z.string(),
      SubnetId: z.string(),
      NatGatewayAddresses: z.array(z.object({ AllocationId: z.string().optional() })).default([]),
    }),
  ),
  vpc_endpoints: z.array(
    z.object({
      VpcEndpointId: z.string(),
      VpcEndpointType: z.string(),
      ServiceName: z.string(),
      RouteTableIds: z.array(z.string()).default([]),
    }),
  ),
  security_groups: z.array(
    z.object({ GroupId: z.string(), GroupName: z.string(), Description: z.string(), Tags: tags }),
  ),
  security_group_rules: z.array(
    z.object({
      SecurityGroupRuleId: z.string(),
      GroupId: z.string(),
      IsEgress: z.boolean(),
      IpProtocol: z.string(),
      FromPort: z.number().optional(),
      ToPort: z.number().optional(),
      CidrIpv4: z.string().optional(),
      CidrIpv6: z.string().optional(),
      ReferencedGroupInfo: z.object({ GroupId: z.string() }).optional(),
      Description: z.string().optional(),
    }),
  ),
  oidc_providers: z.array(z.string()),
  cni_policies: z.array(z.string()),
  /** Policies of the role of Auto Mode's nodes; scripts of earlier versions did not collect them. */
  auto_node_policies: z.array(z.string()).default([]),
  log_groups: z.array(z.object({ logGroupName: z.string(), retentionInDays: z.number().optional() })),
});

export type Inventory = Readonly<z.output<typeof inventory>>;
export type Subnet = Inventory["subnets"][number];
export type RouteTable = Inventory["route_tables"][number];
