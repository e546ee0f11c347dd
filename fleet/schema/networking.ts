import { z } from "zod";
import { localZone, resourceId } from "../../language/words/aws-ids";
import { domainName } from "../../language/words/names";
import { ipv4Block } from "../../language/words/network";
import { tagMap } from "../../language/words/tags";
import { SUBNET_TIERS } from "../network/subnet-tiers";
import { connections } from "./networking/connections";
import { endpoints } from "./networking/endpoints";
import { existingVpc } from "./networking/existing-vpc";
import { flowLogs } from "./networking/flow-logs";
import { dhcpOptions, publicAccessBlockExclusions } from "./networking/vpc-options";

const tagsOf = (tier: string) => tagMap.describe(`Of the ${tier} subnets.`);

const prefixLength = z.int().min(16).max(28);

export const networking = z.strictObject({
  vpc_cidr: ipv4Block(16, 24).describe(
    "IPv4 range of the VPC, a /16 to a /24. No two clusters of an account, or that are connected, may overlap. Changing it replaces the VPC. Of an existing VPC it is its first range.",
  ),
  existing_vpc: existingVpc.describe(
    "A VPC that exists already, and is not made or changed but by what add_endpoints, add_connections and add_subnet_tags say. What describes a VPC of our own (subnets, NAT gateways, flow logs) is not used then, and refused in a cluster's own file.",
  ),
  ip_family: z
    .enum(["ipv4", "dual_stack", "ipv6"])
    .describe(
      "ipv4: no IPv6 at all. dual_stack: the VPC has a /56 of Amazon's IPv6 addresses too, pods and Services keep IPv4. ipv6: pods and Services have IPv6 addresses only. To or from ipv6 replaces the cluster.",
    ),
  instance_tenancy: z
    .enum(["default", "dedicated"])
    .describe(
      "dedicated: all instances of the VPC run on hardware of this account alone, at a surcharge. Going there replaces the VPC.",
    ),
  availability_zones: z
    .union([z.int().min(2).max(6), z.array(z.string()).min(2).max(6)])
    .describe(
      "How many zones (the region's first ones), or their names. EKS needs two; three keep a quorum when one fails. Add at the end: a zone's place decides its subnets' ranges.",
    ),
  local_zones: z
    .array(localZone)
    .max(6)
    .describe(
      "Local zones that get a private and a public subnet, for worker groups that name them; never for the control plane. The account must have opted in. Add at the end.",
    ),
  subnet_tiers: z
    .array(z.enum(SUBNET_TIERS))
    .describe(
      "Tiers of which each zone has a subnet. private: nodes, needed. public: load balancers on the internet and NAT gateways. intra: the control plane's interfaces, which are in private without it. pod: addresses of pods, cut from secondary_cidr_blocks. database: no way out, with a DB subnet group. Adding one moves no other.",
    ),
  secondary_cidr_blocks: z
    .array(ipv4Block(16, 28))
    .max(4)
    .describe(
      "Further IPv4 ranges of the VPC, a /16 to a /28 each, of 100.64.0.0/10 or private space: the tier pod is cut from them. AWS takes 4 besides vpc_cidr. Add at the end.",
    ),
  map_public_ip_on_launch: z
    .boolean()
    .describe(
      "Gives every instance started in a public subnet a public address. Load balancers and NAT gateways get theirs without it.",
    ),
  private_dns_hostname_type_on_launch: z
    .enum(["ip-name", "resource-name"])
    .nullable()
    .describe(
      "What instances started in the subnets are named by: ip-name, their address, or resource-name, their id. null leaves it to EC2, which takes ip-name.",
    ),
  nat_gateways: z
    .enum(["none", "single", "per_zone"])
    .describe(
      "none: nodes reach only what the VPC reaches. single: one for all zones, gone with its zone. per_zone: one each, at the price of each.",
    ),
  nat_gateway_eip_allocation_ids: z
    .array(resourceId("eipalloc", "an Elastic IP's allocation"))
    .describe(
      "Elastic IPs that exist already, one for each NAT gateway in the order of the zones; empty to make them. Changing one replaces its gateway.",
    ),
  egress_only_internet_gateway: z
    .boolean()
    .describe(
      "Lets private subnets reach the internet by IPv6, and nobody reach them; it costs nothing. Used where ip_family has IPv6.",
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
  subnet_tags: z
    .strictObject({
      private: tagsOf("private"),
      public: tagsOf("public"),
      intra: tagsOf("intra"),
      pod: tagsOf("pod"),
      database: tagsOf("database"),
    })
    .describe(
      "Further tags of the subnets of a tier, by which something else finds them; those for load balancers and Karpenter they have.",
    ),
  ...endpoints,
  flow_logs: flowLogs,
  dhcp_options: dhcpOptions,
  public_access_block_exclusions: publicAccessBlockExclusions,
  connected_to: z
    .array(domainName)
    .describe(
      "CLUSTER_NAMEs of clusters whose networks something outside of these definitions routes to this one's. Their ranges are kept apart; no route is made.",
    ),
  ...connections,
});
