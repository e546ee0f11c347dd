import { z } from "zod";

/** The answer of `fleet import eksctl`. */
export const eksctlImportReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  source: z.string().describe("The file that was read."),
  cluster: z.string().describe("CLUSTER_NAME."),
  region: z.string().describe("AWS region."),
  file: z.string().describe("Path of the definition."),
  text: z.string().describe("Text of the definition."),
  written: z.boolean().describe("True if the file was written."),
  reservation: z
    .object({
      file: z.string().describe("The file of reserved ranges."),
      account: z.string().describe("Name of the account, below which the line is."),
      range: z.string().describe("Range of the new VPC."),
      reserved: z.boolean().describe("True if the file has the range, from now on or already."),
    })
    .nullable()
    .describe("The reservation of the range; null for an existing VPC, or a range that is refused."),
  valid: z.boolean().describe("True if the definition has no errors, together with its layers."),
  problems: z
    .array(
      z.object({
        severity: z.enum(["error", "warning"]),
        line: z.int().nullable().describe("Line of the definition; null if the problem is in another file."),
        file: z.string().nullable().describe("The file that has the problem; null if it is in none."),
        path: z.string().describe("Key of the definition."),
        message: z.string(),
      }),
    )
    .describe("Problems of the definition and its layers."),
  left: z
    .array(
      z.object({
        path: z.string().describe("Key of eksctl's file."),
        line: z.int().describe("Its line."),
        fate: z
          .enum(["no_effect", "not_translated"])
          .describe("no_effect: nothing is lost without it. not_translated: the cluster lacks it."),
        reason: z.string().describe("Why it is not in the definition, and what to do."),
      }),
    )
    .describe("Every key of eksctl's file that is not in the definition."),
  notes: z.array(z.string()).describe("What a person must decide."),
  account: z.object({
    name: z.string().describe("Name of the account's file."),
    needs: z.array(z.string()).describe("What the account's file must contain for this cluster."),
  }),
});

export type EksctlImportReport = Readonly<z.output<typeof eksctlImportReport>>;
