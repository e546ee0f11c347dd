import { z } from "zod";
import { instanceType } from "../../../language/words/aws-ids";
import { instanceRequirements } from "./requirements";

/** What a group is made of, and how it is bought. */
export const instances = {
  kind: z
    .enum(["auto", "managed", "self_managed"])
    .describe(
      "managed: an EKS managed node group. self_managed: an Auto Scaling group of our own, which can bid a spot_price and mix on-demand with spot. auto takes managed unless a setting needs the other, and such a setting added later replaces the group at once: make a second group instead, and remove the first.",
    ),
  instance_types: z
    .array(instanceType)
    .min(1)
    .max(20)
    .describe(
      "EC2 instance types, the preferred one first, all of one architecture. `instance_type: x` is short for one.",
    ),
  instance_requirements: instanceRequirements
    .nullable()
    .describe(
      "Requirements that a self-managed group picks its types by, in place of instance_types; null takes those.",
    ),
  instance_weights: z
    .record(instanceType, z.int().min(1).max(999))
    .describe(
      "Units that an instance of each type counts for in the sizes of a self-managed group of fixed size; empty: each counts for one.",
    ),
  capacity_type: z
    .enum(["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"])
    .describe(
      "How instances are bought. A spot_price means SPOT. CAPACITY_BLOCK is a block of capacity_reservation.id; EKS updates a managed group of it while it has no nodes.",
    ),
  spot_price: z
    .number()
    .positive()
    .max(1000)
    .nullable()
    .describe("Most that is paid for an instance, in US dollars an hour; null pays up to the on-demand price."),
  on_demand_base_capacity: z
    .int()
    .min(0)
    .describe("Nodes that are always on-demand, before SPOT begins. Above 0 it needs a self-managed group."),
  on_demand_percentage_above_base_capacity: z
    .int()
    .min(0)
    .max(100)
    .nullable()
    .describe("On-demand share of what comes above the base; null is all for ON_DEMAND and none for SPOT."),
  spot_allocation_strategy: z
    .enum(["price-capacity-optimized", "capacity-optimized", "capacity-optimized-prioritized", "lowest-price"])
    .describe("How a self-managed group picks among spot pools."),
  spot_instance_pools: z
    .int()
    .min(1)
    .max(20)
    .nullable()
    .describe("Cheapest pools that lowest-price spreads its spot instances over, in each zone; null is two."),
  on_demand_allocation_strategy: z
    .enum(["prioritized", "lowest-price"])
    .nullable()
    .describe(
      "How a self-managed group picks among on-demand types: prioritized keeps the order of instance_types. null is prioritized, or lowest-price with instance_requirements, which have no order.",
    ),
  subnet_tier: z
    .enum(["private", "public", "intra"])
    .describe(
      "Subnets that the nodes are in. public: reachable from the internet where security groups allow it, with associate_public_ip_address. intra: with no way out but the VPC's own.",
    ),
  associate_public_ip_address: z
    .boolean()
    .nullable()
    .describe("Gives each node a public address, or none; null leaves it to the subnet (map_public_ip_on_launch)."),
  availability_zones: z
    .array(z.string())
    .describe(
      "Zones of the network that the group runs in; empty for all of them. One zone suits volumes that stay in it.",
    ),
};
