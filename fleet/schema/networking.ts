import { z } from "zod";
import { cidrText, domainText } from "./words";

/** Days that CloudWatch Logs can keep events: the API takes these and no others; 0 keeps them for ever. */
const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

export const retentionDays = z
  .literal(RETENTION_DAYS)
  .describe("Days that CloudWatch keeps the log; 0 keeps it for ever.");

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
  gateway_endpoints: z
    .array(z.enum(["s3", "dynamodb"]))
    .describe("Services reached by gateway endpoints, which cost nothing and spare NAT traffic."),
  flow_logs: z
    .strictObject({
      enabled: z.boolean().describe("Writes the VPC's flow logs to CloudWatch."),
      traffic_type: z.enum(["ALL", "ACCEPT", "REJECT"]).describe("Which flows are written."),
      retention_days: retentionDays,
    })
    .describe("Flow logs of the VPC."),
  connected_to: z
    .array(domainText)
    .describe(
      "CLUSTER_NAMEs of clusters whose networks something outside of these definitions routes to this one's. Their ranges are kept apart; no route is made.",
    ),
});
