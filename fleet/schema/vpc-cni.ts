import { z } from "zod";
import { eksAddon } from "./eks-addons";

const target = z.int().min(1).max(1000).nullable();

/** Settings for the addresses of pods. Each key is one setting of the add-on, in the units of its own documentation. */
export const vpcCni = eksAddon.extend({
  network_policy: z.boolean().describe("Enforces NetworkPolicy objects."),
  prefix_delegation: z
    .boolean()
    .describe(
      "Assigns /28 prefixes of 16 addresses to a node's interfaces instead of single addresses: more pods on a node, on Nitro instances only. ipv6 always uses prefixes.",
    ),
  reserve_prefixes: z
    .boolean()
    .describe(
      "Reserves the upper half of each pod subnet for prefixes, so that single addresses do not fragment it. Requires prefix_delegation and a new VPC.",
    ),
  warm_eni_target: z
    .int()
    .min(0)
    .max(14)
    .nullable()
    .describe("Whole network interfaces kept free on a node, 0 to 14; null is the add-on's 1."),
  warm_ip_target: target.describe(
    "Addresses kept free on a node, instead of whole interfaces or prefixes; null for none. Low numbers spare addresses and cost API calls.",
  ),
  minimum_ip_target: target.describe("Minimum number of addresses of a node, free or not; null for none."),
  warm_prefix_target: target.describe("Prefixes kept free on a node with prefix_delegation; null is the add-on's 1."),
  custom_networking: z
    .boolean()
    .nullable()
    .describe(
      "Puts pods into the subnets of tier pod; null does so if the tier exists. Existing nodes must be replaced.",
    ),
  external_snat: z
    .boolean()
    .describe("Leaves the translation of pod addresses that leave the VPC to NAT gateways or routers."),
});
