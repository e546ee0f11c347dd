import { z } from "zod";

const change = z.object({
  stack: z.string().describe("Name of the stack."),
  address: z.string().describe("Address of the resource in Terraform."),
  what: z.string().describe("What happens to it."),
});

/** The answer of `fleet adopt`. */
export const adoptReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  cluster: z.string().describe("CLUSTER_NAME, which is also the name at EKS."),
  network: z
    .object({
      imported: z.boolean().describe("True if the stack networking imports the VPC. False if it is an existing VPC."),
      reasons: z.array(z.string()).describe("Why the VPC cannot be described as one of this program."),
    })
    .describe("What happens to the VPC."),
  files: z.record(z.string(), z.string()).describe("Path -> whole text of each file."),
  written: z.boolean().describe("True if the files were written."),
  problems: z.array(z.string()).describe("Errors of the definition. With any, nothing is imported."),
  imports: z
    .array(
      z.object({
        stack: z.string().describe("Name of the stack."),
        address: z.string().describe("Address of the resource in Terraform."),
        id: z.string().describe("Id of the existing resource."),
        keep: z.array(z.string()).describe("Attributes that stay, because changing them would replace the resource."),
      }),
    )
    .describe("Resources that Terraform imports."),
  creates: z.array(change).describe("Resources that the first apply creates."),
  updates: z.array(change).describe("Resources that the first apply changes in place."),
  traps: z.array(change).describe("Changes that would replace a resource. With any, nothing is written."),
  owners: z.array(z.string()).describe("Tools that still own imported resources, and how they let go of them."),
  left: z.array(z.string()).describe("What is not imported, and what happens to it."),
  notes: z.array(z.string()).describe("What a person must decide or know."),
});

export type AdoptReport = Readonly<z.output<typeof adoptReport>>;
