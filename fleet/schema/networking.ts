import { z } from "zod";
import { connections } from "./networking/connections";
import { endpoints } from "./networking/endpoints";
import { flowLogs } from "./networking/flow-logs";
import { dhcpOptions, publicAccessBlockExclusions } from "./networking/vpc-options";
import { cidrText, domainText } from "./words";

const prefixLength = z.int().min(16).max(28);

export const networking = z.strictObject({
  vpc_cidr: cidrText(16, 24).describe(
    "IPv4 range of the VPC, a /16 to a /24. No two clusters of an account, or that are connected, may overlap. Changing it replaces the VPC.",
  ),
  availability_zones: z
    .union([z.int().min(2).max(6), z.array(z.string()).min(2).max(6)])
    .describe(
      "How many zones (the region's first ones), or their names. EKS needs two; three keep a quorum when one fails. Add at the end: a zone's place decides its subnets' ranges.",
    ),
  nat_gateways: z
    .enum(["none", "single", "per_zone"])
    .describe(
      "none: nodes reach only what the VPC reaches. single: one for all zones, gone with its zone. per_zone: one each, at the price of each.",
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
    })
    .describe("Prefix lengths of the subnets, 16 to 28. Changing one replaces its subnets."),
  ...endpoints,
  flow_logs: flowLogs,
  dhcp_options: dhcpOptions,
  public_access_block_exclusions: publicAccessBlockExclusions,
  connected_to: z
    .array(domainText)
    .describe(
      "CLUSTER_NAMEs of clusters whose networks something outside of these definitions routes to this one's. Their ranges are kept apart; no route is made.",
    ),
  ...connections,
});
