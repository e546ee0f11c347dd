import { z } from "zod";
import { instanceType } from "../../../language/words/aws-ids";
import { instanceRequirements } from "./requirements";

/** Instance types of a group, and how they are bought. */
export const instances = {
  kind: z
    .enum(["auto", "managed", "self_managed"])
    .describe(
      "managed: an EKS managed node group. self_managed: an Auto Scaling group, which supports spot_price and a mix of on-demand and spot. auto uses managed unless a setting requires self_managed. Adding such a setting later replaces the group at once: create a second group instead, and remove the first.",
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
      "Requirements by which a self-managed group selects its types, instead of instance_types; null uses instance_types.",
    ),
  instance_weights: z
    .record(instanceType, z.int().min(1).max(999))
    .describe(
      "Units that an instance of each type counts for in the sizes of a self-managed group of fixed size. Empty counts each instance as 1.",
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
    .describe("Maximum price of an instance, in US dollars an hour; null pays up to the on-demand price."),
  on_demand_base_capacity: z
    .int()
    .min(0)
    .describe(
      "Number of nodes that are always on-demand, before SPOT is used. A value above 0 requires a self-managed group.",
    ),
  on_demand_percentage_above_base_capacity: z
    .int()
    .min(0)
    .max(100)
    .nullable()
    .describe("On-demand percentage of the nodes above the base; null is 100 for ON_DEMAND and 0 for SPOT."),
  spot_allocation_strategy: z
    .enum(["price-capacity-optimized", "capacity-optimized", "capacity-optimized-prioritized", "lowest-price"])
    .describe("How a self-managed group selects spot pools."),
  spot_instance_pools: z
    .int()
    .min(1)
    .max(20)
    .nullable()
    .describe("Number of cheapest pools in each zone that lowest-price uses for spot instances; null is 2."),
  on_demand_allocation_strategy: z
    .enum(["prioritized", "lowest-price"])
    .nullable()
    .describe(
      "How a self-managed group selects on-demand types: prioritized uses the order of instance_types. null is prioritized, or lowest-price with instance_requirements, which have no order.",
    ),
  subnet_tier: z
    .enum(["private", "public", "intra"])
    .describe(
      "Subnets of the nodes. public: reachable from the internet if security groups allow it, with associate_public_ip_address. intra: without a route out of the VPC.",
    ),
  associate_public_ip_address: z
    .boolean()
    .nullable()
    .describe(
      "Assigns a public address to each node, or none; null uses the setting of the subnet (map_public_ip_on_launch).",
    ),
  availability_zones: z
    .array(z.string())
    .describe(
      "Zones of the network that the group runs in; empty for all. Use one zone for volumes that are tied to a zone.",
    ),
};
