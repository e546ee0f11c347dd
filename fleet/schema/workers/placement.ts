import { z } from "zod";
import { licenseConfigurationArn, resourceGroupArn } from "../../../language/words/arns";
import { placementGroupName, resourceId } from "../../../language/words/aws-ids";

/** Placement of instances on a zone's hardware. */
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
        .describe("The one reservation that instances use, or the block for CAPACITY_BLOCK."),
      resource_group_arn: resourceGroupArn
        .optional()
        .describe("A resource group of reservations, which may be in several zones and of several types."),
    })
    .nullable()
    .describe("Reserved capacity, by one of its keys; null leaves it to EC2, which uses open reservations."),
  placement_group: z
    .strictObject({
      existing_name: placementGroupName.optional().describe("Name of an existing group, instead of a new one."),
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
        .describe("Number of partitions in each zone, for strategy partition. Default: 2."),
      spread_level: z
        .enum(["rack", "host"])
        .optional()
        .describe("Hardware that no two instances share, for strategy spread. Default: rack. host is for Outposts."),
    })
    .nullable()
    .describe("Placement group of the instances, existing or new; null for none."),
  efa_interface_count: z
    .int()
    .min(1)
    .max(32)
    .nullable()
    .describe(
      "Number of Elastic Fabric Adapters of each instance, one on each network card, such as 4 on a p4d.24xlarge; null for none. Requires one zone. A placement_group or a capacity_reservation keeps the instances close together. Pods use them by a device plugin (docs/nodes.md).",
    ),
  tenancy: z
    .enum(["default", "dedicated", "host"])
    .describe("default: shared hardware. dedicated: hardware of the account's own. host: Dedicated Hosts."),
  host_resource_group_arn: resourceGroupArn
    .nullable()
    .describe("Host resource group of the Dedicated Hosts, for tenancy host; null for any host of the account."),
  cpu_credits: z
    .enum(["standard", "unlimited"])
    .nullable()
    .describe("What T types do when their CPU credits are used up; null uses EC2's default for the type."),
  license_configuration_arns: z
    .array(licenseConfigurationArn)
    .max(10)
    .describe("License configurations of License Manager that count the instances."),
};
