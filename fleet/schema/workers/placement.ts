import { z } from "zod";
import { licenseConfigurationArn, resourceGroupArn } from "../../../language/words/arns";
import { placementGroupName, resourceId } from "../../../language/words/aws-ids";

/** Where in a zone's hardware instances start. */
export const placement = {
  capacity_reservation: z
    .strictObject({
      preference: z
        .enum(["open", "none", "capacity-reservations-only"])
        .optional()
        .describe(
          "open: any open reservation that fits. none: no reservation. capacity-reservations-only: nothing else.",
        ),
      id: resourceId("cr", "a capacity reservation")
        .optional()
        .describe("The one reservation, or for CAPACITY_BLOCK the block, that instances start in."),
      resource_group_arn: resourceGroupArn
        .optional()
        .describe("A resource group of reservations, which may be in several zones and of several types."),
    })
    .nullable()
    .describe(
      "Capacity that is reserved, said by one of its keys; null leaves it to EC2, which takes open reservations.",
    ),
  placement_group: z
    .strictObject({
      existing_name: placementGroupName.optional().describe("A group that exists; nothing is made then."),
      strategy: z
        .enum(["cluster", "partition", "spread"])
        .optional()
        .describe(
          "cluster: close together, for the fastest network. partition: apart in partitions. spread: each on its own rack.",
        ),
      partition_count: z
        .int()
        .min(1)
        .max(7)
        .optional()
        .describe("Partitions in each zone, for strategy partition; left out, EC2 makes two."),
      spread_level: z
        .enum(["rack", "host"])
        .optional()
        .describe("What is shared by no two instances, for strategy spread; left out, rack. host is for Outposts."),
    })
    .nullable()
    .describe("Placement group of the instances: one that exists, or one that is made; null is none."),
  efa_interface_count: z
    .int()
    .min(1)
    .max(32)
    .nullable()
    .describe(
      "Elastic Fabric Adapters of each instance, one a network card, such as 4 of a p4d.24xlarge; null is none. Needs one zone, and a placement_group or a capacity_reservation. Pods get them by a device plugin (docs/nodes.md).",
    ),
  tenancy: z
    .enum(["default", "dedicated", "host"])
    .describe("default: shared hardware. dedicated: hardware of the account's own. host: Dedicated Hosts."),
  host_resource_group_arn: resourceGroupArn
    .nullable()
    .describe(
      "Host resource group that Dedicated Hosts are taken from, for tenancy host; null is any host of the account.",
    ),
  cpu_credits: z
    .enum(["standard", "unlimited"])
    .nullable()
    .describe("What T types do when their CPU credits are used up; null is what EC2 does with the type."),
  license_configuration_arns: z
    .array(licenseConfigurationArn)
    .max(10)
    .describe("License configurations of License Manager that count the instances."),
};
