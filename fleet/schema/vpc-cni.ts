import { z } from "zod";
import { eksAddon } from "./eks-addons";

const target = z.int().min(1).max(1000).nullable();

/** How pods get their addresses. Each key is one setting of the add-on, in the units of its own documentation. */
export const vpcCni = eksAddon.extend({
  network_policy: z.boolean().describe("Enforces NetworkPolicy objects."),
  prefix_delegation: z
    .boolean()
    .describe(
      "Gives a node's interfaces whole /28 prefixes, 16 addresses each, instead of single ones: more pods a node, on Nitro instances only. ipv6 always has prefixes.",
    ),
  reserve_prefixes: z
    .boolean()
    .describe(
      "Keeps the upper half of each subnet that pods are in for prefixes, so that single addresses do not break it up. Needs prefix_delegation and a VPC of our own.",
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
  minimum_ip_target: target.describe("Addresses that a node has at least, free or not; null for none."),
  warm_prefix_target: target.describe("Prefixes kept free on a node with prefix_delegation; null is the add-on's 1."),
  custom_networking: z
    .boolean()
    .nullable()
    .describe(
      "Puts pods into the pod tier's subnets; null does it where there is such a tier. Nodes that run already have to be replaced.",
    ),
  external_snat: z
    .boolean()
    .describe("Leaves the translation of pods' addresses on the way out of the VPC to NAT gateways or routers."),
});
