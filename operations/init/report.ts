import { z } from "zod";

const file = z.object({
  path: z.string().describe("Path below the folder."),
  state: z
    .enum(["written", "completed", "unchanged", "kept", "skipped"])
    .describe(
      "written: it did not exist. completed: npm created it, and it got what it lacked. unchanged: it is what the command would write. kept: it differs, and was not touched. skipped: it was not written.",
    ),
  note: z
    .string()
    .nullable()
    .describe(
      "What a file that was kept lacks, or why one was skipped, and what to do; null if there is nothing to do.",
    ),
});
export type InitFile = Readonly<z.output<typeof file>>;

/** The answer of `fleet init`. */
export const initReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  folder: z.string().describe("Absolute path of the repository."),
  depends_on: z
    .string()
    .describe("What package.json depends on: a version of the program, or the address of its file."),
  files: z.array(file),
  cluster: z.string().nullable().describe("The first cluster; null if none was written."),
  errors: z.int().describe("Number of errors in the definitions."),
  warnings: z.int(),
  rehearsal: z
    .object({
      passed: z.boolean().describe("False if Terraform failed, or if a second plan is not empty."),
      seconds: z.number(),
      resources: z.int().describe("Number of resources that were created."),
    })
    .nullable()
    .describe("The rehearsal of the first cluster; null if there was none."),
  not_rehearsed: z.string().nullable().describe("Why there was no rehearsal; null if there was one."),
});
export type InitReport = Readonly<z.output<typeof initReport>>;
