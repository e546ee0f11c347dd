import { z } from "zod";
import { extensionsOf } from "../../language/extensions/own";
import { type OwnRuleId, RULE_IDS } from "../../language/rule-ids";

/** Ids of the rules of `extensions/checks/`. */
const OWN_RULES = extensionsOf("checks").map(({ name }): OwnRuleId => `extension/${name}`);

export const reportedProblem = z.object({
  rule: z.enum([...RULE_IDS, ...OWN_RULES]).describe("The kind of problem. An id is never renamed."),
  severity: z.enum(["error", "warning"]),
  file: z.string().nullable().describe("The file, relative to the current folder; null for what is in no file."),
  line: z.int().nullable().describe("Counts from 1."),
  column: z.int().nullable().describe("Counts from 1."),
  path: z.string().describe("The key as its file spells it; empty for the whole file."),
  message: z.string().describe("What is wrong, and what to do."),
  clusters: z.array(z.string()).describe("Clusters that have the problem, if it is in a layer that they share."),
  fingerprint: z.string().describe("Stays the same if the line moves, or if a number in the message changes."),
});
export type ReportedProblem = Readonly<z.output<typeof reportedProblem>>;

/** The answer of `fleet validate --json`. */
export const validateReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  definitions: z.int().describe("Number of clusters that were checked."),
  errors: z.int(),
  warnings: z.int(),
  base: z
    .object({
      ref: z.string(),
      commit: z.string(),
      refused: z
        .array(z.string())
        .describe("Clusters whose definitions at the base are refused: they are not compared."),
    })
    .nullable()
    .describe("The commit that `--base` names; null without it."),
  problems: z.array(reportedProblem).describe("In the order of files and lines."),
});
export type ValidateReport = Readonly<z.output<typeof validateReport>>;
