import { z } from "zod";
import { STACKS } from "../../fleet/model/stacks";

const finding = z.object({
  address: z.string(),
  kind: z
    .enum(["changed", "vanished", "unexpected"])
    .describe(
      "changed and vanished: AWS differs from the state of Terraform. unexpected: the state differs from the definition, such as after an interrupted deploy.",
    ),
  attributes: z.array(z.string()).describe("Names of attributes that differ. Values are not shown."),
  reverts: z.boolean().describe("True if the next deploy would change it back, or create it again."),
  lines: z
    .array(z.object({ path: z.string(), file: z.string(), line: z.int() }))
    .describe("Lines of the definitions that shape the resource."),
});
export type DriftFinding = z.output<typeof finding>;

const stackDrift = z.object({
  stack: z.enum(STACKS),
  deployed: z.boolean().describe("False if the stack was never applied, so that there is nothing to compare."),
  found: z.array(finding),
  folded: z
    .array(z.object({ type: z.string(), attribute: z.string(), resources: z.int() }))
    .describe(
      "Differences without meaning, such as null in place of an empty list, which upgrades of a provider bring.",
    ),
  error: z.string().nullable().describe("Why the stack could not be compared; null if it was."),
});
export type StackDrift = z.output<typeof stackDrift>;

const clusterDrift = z.object({ cluster: z.string(), stacks: z.array(stackDrift) });
export type ClusterDrift = z.output<typeof clusterDrift>;

/** The answer of `fleet drift`. */
export const driftReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  clusters: z.array(clusterDrift),
});
export type DriftReport = z.output<typeof driftReport>;
