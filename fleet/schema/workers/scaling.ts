import { z } from "zod";
import { itemName } from "../../../language/words/names";
import { cron, timeZone } from "../../../language/words/schedules";

const size = z.int().min(0).max(450).optional();

const scheduledAction = z.strictObject({
  name: itemName(31).describe("Name of the action, unique in the group."),
  recurrence: cron.describe("When, in five fields of cron."),
  time_zone: timeZone
    .regex(/\//, "must be an IANA time zone with its area, such as Etc/UTC")
    .describe("IANA time zone of the recurrence, such as Europe/Berlin; Etc/UTC knows no summer."),
  min_size: size.describe("Fewest nodes from then on; left out, they stay what they are."),
  max_size: size.describe("Most nodes from then on; left out, they stay what they are."),
  desired_size: size.describe("Nodes at that time, where autoscaling is false; left out, they stay what they are."),
});

/** How many nodes there are, and who says so. */
export const scaling = {
  autoscaling: z
    .boolean()
    .describe("true: cluster-autoscaler owns the size between min_size and max_size. false: desired_size is kept."),
  min_size: z.int().min(0).max(450).describe("Fewest nodes. 450: EKS's quota of nodes a managed group."),
  max_size: z.int().min(1).max(450).describe("Most nodes."),
  per_zone: z
    .boolean()
    .describe(
      "true: a group in each zone, called <name>-<last letter of the zone>, each of the sizes above: volumes stay reachable, and cluster-autoscaler adds nodes in the zone that needs them.",
    ),
  scheduled_scaling: z
    .array(scheduledAction)
    .max(20)
    .describe(
      "Sizes by the clock. What an action sets, the definition gives only to a new group: Terraform leaves it to the actions.",
    ),
  desired_size: z.int().min(0).nullable().describe("Nodes to keep where autoscaling is false; null keeps min_size."),
};
