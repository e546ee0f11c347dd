import { z } from "zod";
import type { DeepReadonly } from "../../fleet/model/cluster";

const version = z.literal(1).describe("Version of this format. It is raised if a property changes or disappears.");
const count = z.int().min(0);
const day = z.string().describe("A day, YYYY-MM-DD.");
const place = {
  tier: z.string().describe("Tier of the subnet."),
  cidr: z.string().describe("Range of the subnet."),
  zone: z.string().describe("Availability zone or local zone of the subnet."),
};

const subnet = z.object({
  ...place,
  addresses: count.describe("Addresses without those that AWS reserves."),
  needed: count.describe("Addresses that are needed at most, without node pools."),
  fixed: count.describe("Of `needed`, those of the control plane, endpoints and connections."),
  pools: count.describe("The least number of addresses that node pools need at their limits."),
  full_percent: count.describe("`needed` in percent of `addresses`."),
  pods: count.describe("Pods that the worker groups can run at most."),
  pods_that_fit: count.describe("Of `pods`, those that get an address."),
  days: count.nullable().describe("Days until no address is left; null without growth, or after 100 years."),
  runs_out: day.nullable().describe("The day on which no address is left; null if `days` is null."),
});

const clusterCapacity = z.object({
  name: z.string().describe("CLUSTER_NAME."),
  pods: count.describe("Pods that the worker groups can run at most, in all subnets."),
  pods_that_fit: count.describe("Of `pods`, those that get an address."),
  subnets: z.array(subnet).describe("The fullest first. Empty for an existing VPC, whose subnets are not known."),
});

/** The answer of `fleet capacity`. */
export const capacityReport = z.object({
  version,
  today: day,
  growth: z.string().nullable().describe("The growth that was given; null if none was."),
  first: z
    .object({ cluster: z.string(), ...place, runs_out: day })
    .nullable()
    .describe("The subnet that runs out of addresses first; null if none does."),
  clusters: z.array(clusterCapacity),
});

const requests = {
  pods: z.number().min(0),
  cpu_millicores: z.number().min(0),
  memory_mib: z.number().min(0),
  volumes_gib: z.number().min(0),
};

/** The answer of `fleet size`. */
export const sizeReport = z.object({
  version,
  clusters: z.array(
    z.object({
      name: z.string().describe("CLUSTER_NAME."),
      nodes: count.describe("Nodes that the worker groups start with."),
      addons: z
        .array(z.object({ name: z.string(), ...requests }))
        .describe("What the pods of each addon request in all."),
      all: z.object(requests).describe("The sum of all addons."),
      not_counted: z
        .array(z.string())
        .describe("Enabled addons whose requests are not known, because their charts set them."),
    }),
  ),
});

export type CapacityReport = DeepReadonly<z.output<typeof capacityReport>>;
export type ClusterCapacity = CapacityReport["clusters"][number];
export type SubnetCapacity = ClusterCapacity["subnets"][number];
export type SizeReport = DeepReadonly<z.output<typeof sizeReport>>;
