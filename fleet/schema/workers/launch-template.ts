import { z } from "zod";
import { resourceId } from "../../../language/words/aws-ids";

/** An existing launch template, instead of the one that is created for a group. */
export const launchTemplate = {
  launch_template: z
    .strictObject({
      id: resourceId("lt", "a launch template").describe(
        "Id of the launch template, of the account and region. Changing it replaces the group.",
      ),
      version: z.int().min(1).describe("Version of the launch template, by number, because $Latest and $Default move."),
      has_instance_type: z
        .boolean()
        .optional()
        .describe(
          "true: the template sets the instance type, which EKS then uses. instance_types must contain the same type, for the checks. Default: false.",
        ),
    })
    .nullable()
    .describe(
      "An existing launch template for a managed group; null creates one. Its content (image, disks, metadata, security groups, user data) is not checked, and the keys for that content are refused in a cluster's own file. It must contain the security group of all nodes. If it has its own image, set ami_type: CUSTOM without ami_id.",
    ),
};
