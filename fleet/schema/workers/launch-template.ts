import { z } from "zod";
import { resourceId } from "../../../language/words/aws-ids";

/** A template that somebody else looks after, in place of the one that is made for a group. */
export const launchTemplate = {
  launch_template: z
    .strictObject({
      id: resourceId("lt", "a launch template").describe(
        "Id of the launch template, of the account and region. Another one is another group.",
      ),
      version: z.int().min(1).describe("Its version, by number: $Latest and $Default move, and a plan with them."),
      has_instance_type: z
        .boolean()
        .optional()
        .describe(
          "true: it names the instance type, which EKS then takes from it alone; instance_types still says which, for the checks. Absent for false.",
        ),
    })
    .nullable()
    .describe(
      "A launch template that exists, for a managed group; null makes one. What it says (image, disks, metadata, security groups, user data) is not checked, and the keys for that are refused in a cluster's own file. It must name the security group of all nodes. With an image of its own: ami_type CUSTOM, without ami_id.",
    ),
};
