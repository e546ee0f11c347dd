import { z } from "zod";
import { resourceId, zoneName } from "../../../language/words/aws-ids";
import { tagMap } from "../../../language/words/tags";

/** Tags by which controllers find subnets; those that make subnets themselves set them. */
const DISCOVERY_TAGS = ["kubernetes.io/role/elb", "kubernetes.io/role/internal-elb", "karpenter.sh/discovery"] as const;

const ids = (whose: string) =>
  z
    .record(zoneName, resourceId("subnet", "a subnet"))
    .describe(`Zone and id of ${whose}. Empty if there are none, or if tags find them.`);
const tags = (whose: string) =>
  tagMap.describe(
    `Tags that exactly one subnet in each zone has, of ${whose}. Empty if there are none, or if ids are listed.`,
  );

const tables = (tier: string) =>
  z
    .array(resourceId("rtb", "a route table"))
    .describe(`Route tables of the ${tier} subnets. Empty if they get no routes.`);

/** The VPC is ours while it has neither an id nor tags. */
export const existingVpc = z.strictObject({
  vpc_id: resourceId("vpc", "a VPC").nullable().describe("Id of the VPC; null if vpc_tags find it, or for a new VPC."),
  vpc_tags: tagMap.describe("Tags that only this VPC of the account and region has. Empty if vpc_id is set."),
  subnet_ids: z
    .strictObject({
      private: ids("the subnets for nodes"),
      public: ids("the subnets for internet-facing load balancers"),
      intra: ids("the subnets for the control plane's interfaces, by default the private ones"),
      pod: ids("the subnets for pods"),
      database: ids("the subnets for databases"),
    })
    .describe("Subnets by id, for each tier and zone. A subnet of an Outpost is used only if it is listed here."),
  subnet_tags: z
    .strictObject({
      private: tags("the subnets for nodes"),
      public: tags("the subnets for internet-facing load balancers"),
      intra: tags("the subnets for the control plane's interfaces"),
      pod: tags("the subnets for pods"),
      database: tags("the subnets for databases"),
    })
    .describe("Subnets by their tags. The plan looks them up for each tier and zone."),
  route_table_ids: z
    .strictObject({
      private: tables("private"),
      public: tables("public"),
      intra: tables("intra"),
      database: tables("database"),
    })
    .describe("Route tables of the VPC, by the tier of their subnets. Routes that are added use them."),
  add_endpoints: z
    .boolean()
    .describe(
      "Creates the endpoints of gateway_endpoints, interface_endpoints and private in the VPC, as in a new VPC, if its owner has created none.",
    ),
  add_connections: z
    .boolean()
    .describe(
      "Creates the connections of this definition for the VPC: peering, transit gateways, VPNs, private zones and resolver rules.",
    ),
  add_subnet_tags: z
    .array(z.enum(DISCOVERY_TAGS))
    .describe(
      "Tags to put on the public (role/elb) and private (role/internal-elb, karpenter.sh/discovery) subnets, for load balancers and Karpenter. Two clusters that share subnets cannot both add karpenter.sh/discovery.",
    ),
});
