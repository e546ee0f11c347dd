import { z } from "zod";
import { CI_SYSTEMS } from "../fleet/schema/pipelines";

/** The answer of `fleet pipelines generate`. */
export const pipelinesReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  system: z.enum(CI_SYSTEMS),
  checked: z.boolean().describe("True if nothing was written, because of --check."),
  files: z.array(
    z.object({
      path: z.string().describe("Path in the repository."),
      state: z
        .enum(["same", "new", "changed", "removed"])
        .describe("What differed before. removed: it was generated earlier, and no pipeline needs it now."),
    }),
  ),
  notices: z
    .array(
      z.object({
        pipeline: z.string(),
        job: z.string().nullable().describe("Null for all jobs of the pipeline."),
        message: z.string(),
      }),
    )
    .describe("What the system cannot express, and what must be set up in it by hand."),
});
export type PipelinesReport = z.output<typeof pipelinesReport>;
