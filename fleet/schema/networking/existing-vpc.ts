import { z } from "zod";
import { resourceId, zoneName } from "../../../language/words/aws-ids";
import { tagMap } from "../../../language/words/tags";

/** Tags by which controllers find subnets; those that make subnets themselves set them. */
const DISCOVERY_TAGS = ["kubernetes.io/role/elb", "kubernetes.io/role/internal-elb", "karpenter.sh/discovery"] as const;

const ids = (whose: string) =>
  z
    .record(zoneName, resourceId("subnet", "a subnet"))
    .describe(`Zone and id of ${whose}; empty where there are none, or tags find them.`);
const tags = (whose: string) =>
  tagMap.describe(
    `Tags that exactly one subnet a zone has, of ${whose}; empty where there are none, or ids are listed.`,
  );

const tables = (tier: string) =>
  z
    .array(resourceId("rtb", "a route table"))
    .describe(`Those of the ${tier} subnets; empty where nothing is routed by them.`);

/** The VPC is ours while it has neither an id nor tags. */
export const existingVpc = z.strictObject({
  vpc_id: resourceId("vpc", "a VPC")
    .nullable()
    .describe("Id of the VPC; null where vpc_tags find it, or the cluster has a VPC of its own."),
  vpc_tags: tagMap.describe("Tags that only this VPC of the account and region has; empty where vpc_id names it."),
  subnet_ids: z
    .strictObject({
      private: ids("the subnets for nodes"),
      public: ids("the subnets for load balancers on the internet"),
      intra: ids("the subnets for the control plane's interfaces, which are otherwise in the private ones"),
      pod: ids("the subnets for pods"),
      database: ids("the subnets for databases"),
    })
    .describe("Subnets by id, for each tier and zone. A subnet of an Outpost is used only where it stands here."),
  subnet_tags: z
    .strictObject({
      private: tags("those for nodes"),
      public: tags("those for load balancers on the internet"),
      intra: tags("those for the control plane's interfaces"),
      pod: tags("those for pods"),
      database: tags("those for databases"),
    })
    .describe("Subnets by their tags, looked up for each tier and zone by the plan."),
  route_table_ids: z
    .strictObject({
      private: tables("private"),
      public: tables("public"),
      intra: tables("intra"),
      database: tables("database"),
    })
    .describe("Route tables of the VPC by the tier whose subnets they are for. What is added here is routed by them."),
  add_endpoints: z
    .boolean()
    .describe(
      "Makes the endpoints in the VPC that gateway_endpoints, interface_endpoints and private ask for, as in a VPC of our own: where its owner has made none.",
    ),
  add_connections: z
    .boolean()
    .describe(
      "Makes what the VPC is connected to by this definition: peering, transit gateways, VPNs, private zones and resolver rules.",
    ),
  add_subnet_tags: z
    .array(z.enum(DISCOVERY_TAGS))
    .describe(
      "Tags to put on the public (role/elb) and private (role/internal-elb, karpenter.sh/discovery) subnets, for load balancers and Karpenter. Two clusters that share subnets cannot both add karpenter.sh/discovery.",
    ),
});
