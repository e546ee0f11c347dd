import { z } from "zod";
import { itemName } from "../../../language/words/names";
import { cron, timeZone } from "../../../language/words/schedules";

/** No cluster has more nodes. */
const MOST = 100_000;

const size = z.int().min(0).max(MOST).optional();

const scheduledAction = z.strictObject({
  name: itemName(31).describe("Name of the action, unique in the group."),
  recurrence: cron.describe("When, in five fields of cron."),
  time_zone: timeZone
    .regex(/\//, "must be an IANA time zone with its area, such as Etc/UTC")
    .describe("IANA time zone of the recurrence, such as Europe/Berlin. Etc/UTC has no daylight saving time."),
  min_size: size.describe("Minimum number of nodes from then on. By default, it does not change."),
  max_size: size.describe("Maximum number of nodes from then on. By default, it does not change."),
  desired_size: size.describe("Number of nodes at that time, if autoscaling is false. By default, it does not change."),
});

/** Number of nodes, and what controls it. */
export const scaling = {
  autoscaling: z
    .boolean()
    .describe("true: cluster-autoscaler owns the size between min_size and max_size. false: desired_size is kept."),
  min_size: z.int().min(0).max(MOST).describe("Minimum number of nodes."),
  max_size: z
    .int()
    .min(1)
    .max(MOST)
    .describe(
      "Maximum number of nodes. Must not be below min_size. EKS's default quota is 450 nodes in a managed group; self-managed groups have none.",
    ),
  per_zone: z
    .boolean()
    .describe(
      "true: a group in each zone, named <name>-<last letter of the zone>, each with the sizes above. Volumes remain reachable, and cluster-autoscaler adds nodes in the zone that requires them.",
    ),
  scheduled_scaling: z
    .array(scheduledAction)
    .max(20)
    .describe(
      "Sizes by a schedule. A size that an action sets is applied to a new group only: afterwards Terraform leaves it to the actions.",
    ),
  desired_size: z
    .int()
    .min(0)
    .nullable()
    .describe(
      "Number of nodes: of a new group if autoscaling is true, because cluster-autoscaler sets it afterwards; at all times if autoscaling is false. null uses min_size.",
    ),
};
