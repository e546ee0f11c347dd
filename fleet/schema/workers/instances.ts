import { z } from "zod";

/** What a group is made of, and how it is bought. */
export const instances = {
  kind: z
    .enum(["auto", "managed", "self_managed"])
    .describe(
      "managed: an EKS managed node group. self_managed: an Auto Scaling group of our own, which can bid a spot_price and mix on-demand with spot. auto takes managed unless a setting needs the other.",
    ),
  instance_types: z
    .array(z.string().regex(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "must be an EC2 instance type, such as m6i.large"))
    .min(1)
    .max(20)
    .describe(
      "EC2 instance types, the preferred one first, all of one architecture. `instance_type: x` is short for one.",
    ),
  capacity_type: z.enum(["ON_DEMAND", "SPOT"]).describe("How instances are bought. A spot_price means SPOT."),
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
    .enum(["price-capacity-optimized", "capacity-optimized", "lowest-price"])
    .describe("How a self-managed group picks among spot pools."),
  availability_zones: z
    .array(z.string())
    .describe(
      "Zones of the network that the group runs in; empty for all of them. One zone suits volumes that stay in it.",
    ),
};
