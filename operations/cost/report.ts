import { z } from "zod";

const item = z.object({
  what: z.string(),
  quantity: z.number(),
  unit_price: z.number().describe("For a month of 730 hours."),
  price: z.number().describe("For a month."),
  source: z.string(),
  date: z.string().describe("The day on which the price was seen."),
});
export type CostItem = z.infer<typeof item>;

const clusterCost = z.object({
  name: z.string().describe("CLUSTER_NAME."),
  region: z.string(),
  items: z.array(item),
  total: z.number().describe("Of the items, for a month."),
  not_counted: z.array(z.string()).describe("What costs money besides, and has no price here."),
});
export type ClusterCost = z.infer<typeof clusterCost>;

/** The answer of `fleet cost`. */
export const costReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  currency: z.string(),
  prices_region: z.string().describe("All prices are those of this region."),
  clusters: z.array(clusterCost),
});
export type CostReport = z.infer<typeof costReport>;
