import { z } from "zod";

/** How nodes are replaced by newer ones. */
export const rolling = {
  max_unavailable_percentage: z
    .int()
    .min(1)
    .max(100)
    .describe("Share of the group that an update may take down at once."),
};
