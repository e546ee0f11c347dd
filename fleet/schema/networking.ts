import { z } from "zod";
import { localZone, resourceId, zoneName } from "../../language/words/aws-ids";
import { clusterName } from "../../language/words/names";
import { ipv4Block } from "../../language/words/network";
import { SUBNET_TIERS } from "../../language/words/subnet-tiers";
import { tagMap } from "../../language/words/tags";
import { connections } from "./networking/connections";
import { endpoints } from "./networking/endpoints";
import { existingVpc } from "./networking/existing-vpc";
import { flowLogs } from "./networking/flow-logs";
import { dhcpOptions, publicAccessBlockExclusions } from "./networking/vpc-options";

const tagsOf = (tier: string) => tagMap.describe(`Of the ${tier} subnets.`);

const rangesOf = (tier: string) =>
  z.record(zoneName, ipv4Block(16, 28)).describe(`Zone and range of each ${tier} subnet. Empty to compute them.`);

const prefixLength = z.int().min(16).max(28);

export const networking = z.strictObject({
  vpc_cidr: ipv4Block(16, 24).describe(
    "IPv4 range of the VPC, a /16 to a /24. Ranges of clusters in one account, and of connected clusters, must not overlap. Changing it replaces the VPC. The first range of an existing VPC.",
  ),
  existing_vpc: existingVpc.describe(
    "An existing VPC. Only add_endpoints, add_connections and add_subnet_tags change it. Settings of a new VPC (subnets, NAT gateways, flow logs) are then not used, and refused in a cluster's own file.",
  ),
  ip_family: z
    .enum(["ipv4", "dual_stack", "ipv6"])
    .describe(
      "ipv4: no IPv6. dual_stack: the VPC also has a /56 of Amazon's IPv6 addresses, but pods and Services use IPv4. ipv6: pods and Services have only IPv6 addresses. A change to or from ipv6 replaces the cluster.",
    ),
  instance_tenancy: z
    .enum(["default", "dedicated"])
    .describe(
      "dedicated: all instances of the VPC run on hardware of this account alone, at a surcharge. A change to dedicated replaces the VPC.",
    ),
  availability_zones: z
    .union([z.int().min(2).max(6), z.array(z.string()).min(2).max(6)])
    .describe(
      "Number of zones, counted from the region's first, or their names. If existing_vpc.subnet_ids names as many zones, the number means these. EKS requires 2 zones; 3 keep a quorum when one fails. Add zones at the end, because the position of a zone decides its subnets' ranges. In an existing cluster, first set cluster.availability_zones to the present zones, because the control plane cannot change its zones.",
    ),
  local_zones: z
    .array(localZone)
    .max(6)
    .describe(
      "Local zones that get a private and a public subnet, for worker groups that name them. The control plane never uses them. The account must have opted in. Add zones at the end.",
    ),
  subnet_tiers: z
    .array(z.enum(SUBNET_TIERS))
    .describe(
      "Tiers that have a subnet in each zone. private: nodes, required in a new VPC. public: internet-facing load balancers, and NAT gateways unless they are regional. intra: network interfaces of the control plane, which otherwise use private. pod: addresses of pods, from secondary_cidr_blocks. database: no route out, with a DB subnet group. Adding a tier does not move other tiers.",
    ),
  secondary_cidr_blocks: z
    .array(ipv4Block(16, 28))
    .max(4)
    .describe(
      "Further IPv4 ranges of the VPC, a /16 to a /28 each, in 100.64.0.0/10 or private space. The tier pod uses them. AWS accepts 4 in addition to vpc_cidr. Add ranges at the end.",
    ),
  map_public_ip_on_launch: z
    .boolean()
    .describe(
      "Gives every instance in a public subnet a public address. Load balancers and NAT gateways have public addresses without it.",
    ),
  private_dns_hostname_type_on_launch: z
    .enum(["ip-name", "resource-name"])
    .nullable()
    .describe(
      "How instances in the subnets are named: ip-name by their address, resource-name by their id. null leaves it to EC2, whose default is ip-name.",
    ),
  nat_gateways: z
    .enum(["none", "single", "per_zone", "regional"])
    .describe(
      "none: nodes reach only what the VPC reaches. single: one gateway for all zones, which fails with its zone. per_zone: one gateway in each zone, each at its own price. regional: one gateway in all zones, which survives the loss of a zone and requires no public subnet; AWS charges for each zone that it is in.",
    ),
  nat_gateway_eip_allocation_ids: z
    .array(resourceId("eipalloc", "an Elastic IP's allocation"))
    .describe(
      "Existing Elastic IPs, one for each NAT gateway in the order of the zones; for regional, one for each zone. Empty creates them. Changing one replaces its gateway.",
    ),
  egress_only_internet_gateway: z
    .boolean()
    .describe(
      "Lets private subnets reach the internet by IPv6, but not be reached from it. It costs nothing. Used if ip_family has IPv6.",
    ),
  subnet_prefix_lengths: z
    .strictObject({
      private: prefixLength
        .nullable()
        .describe("Of each zone's subnet for nodes and pods; null gives a sixteenth of the VPC."),
      public: prefixLength
        .nullable()
        .describe(
          "Of each zone's subnet for load balancers and NAT gateways; null gives a 256th of the VPC, but no less than a /28.",
        ),
      intra: prefixLength
        .nullable()
        .describe(
          "Of each zone's subnet for the control plane's interfaces; null gives a 256th of the VPC, but no less than a /28.",
        ),
      pod: prefixLength
        .nullable()
        .describe(
          "Of each zone's subnet for pods; null gives an eighth of the first secondary block, but no less than a /28.",
        ),
      database: prefixLength
        .nullable()
        .describe("Of each zone's subnet for databases; null gives a 256th of the VPC, but no less than a /28."),
      local_private: prefixLength
        .nullable()
        .describe("Of each local zone's private subnet; null gives a 64th of the VPC, but no less than a /28."),
      local_public: prefixLength
        .nullable()
        .describe("Of each local zone's public subnet; null gives a 256th of the VPC, but no less than a /28."),
    })
    .describe("Prefix lengths of the subnets, 16 to 28. Changing one replaces its subnets."),
  subnet_ranges: z
    .strictObject({
      private: rangesOf("private"),
      public: rangesOf("public"),
      intra: rangesOf("intra"),
      database: rangesOf("database"),
    })
    .describe(
      "Ranges of the subnets by their zones, for a network that was created elsewhere. By default, the ranges are computed from vpc_cidr and subnet_prefix_lengths. Changing one replaces its subnet.",
    ),
  subnet_tags: z
    .strictObject({
      private: tagsOf("private"),
      public: tagsOf("public"),
      intra: tagsOf("intra"),
      pod: tagsOf("pod"),
      database: tagsOf("database"),
    })
    .describe("Further tags of the subnets of each tier. The tags for load balancers and Karpenter are always set."),
  ...endpoints,
  flow_logs: flowLogs,
  dhcp_options: dhcpOptions,
  public_access_block_exclusions: publicAccessBlockExclusions,
  connected_to: z
    .array(clusterName)
    .describe(
      "CLUSTER_NAMEs of clusters that are connected to this cluster's network outside these definitions. Their ranges must not overlap. No route is created.",
    ),
  ...connections,
});
