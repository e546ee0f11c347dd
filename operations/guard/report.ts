import { z } from "zod";
import { GUARD_RULES } from "../../fleet/schema/guard";

const rule = z.enum(GUARD_RULES).describe("A rule of `fleet guard --rules`.");
const cluster = z.string().nullable().describe("CLUSTER_NAME; null if nothing names the cluster.");
const stack = z.string().nullable().describe("The stack; null if nothing names it.");

const describedRule = z.strictObject({
  rule,
  stops: z.string().describe("What it stops."),
  why: z.string().describe("Why it stops that."),
  proceed: z.string().describe("How to proceed without an exception."),
  unknown: z.string().describe("Decision if a value is known only after the apply."),
});
export type DescribedRule = z.output<typeof describedRule>;

/** The answer of `fleet guard --json`. With `--rules` only the rules are filled in. */
export const guardReport = z.strictObject({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  passed: z.boolean().describe("True if no finding is without an exception."),
  plans: z
    .array(
      z.strictObject({
        file: z.string(),
        cluster,
        stack,
        tiers: z.array(z.string()).describe("Tiers that the plan names, before and after the change."),
        protected: z.boolean(),
        terraform_version: z.string().nullable(),
        changes: z.int().describe("Number of resources that the plan changes."),
      }),
    )
    .describe("The plans that were judged."),
  findings: z
    .array(
      z.strictObject({
        rule,
        file: z.string(),
        cluster,
        stack,
        address: z
          .string()
          .describe(
            "Address of the resource, or the name of the stack or tier if the finding is about more than one resource.",
          ),
        loses: z.string().describe("What would be lost, opened or skipped."),
        proceed: z.string().describe("How to proceed without an exception."),
        change: z.string().describe("The `change` of an exception that lets it pass."),
        exception: z.string().nullable().describe("Name of the exception that lets it pass; null if it is stopped."),
      }),
    )
    .describe("What rules found, with and without an exception."),
  notes: z
    .array(z.strictObject({ file: z.string(), cluster, stack, address: z.string(), message: z.string() }))
    .describe("What passes, but should be seen."),
  exceptions: z
    .array(
      z.strictObject({
        name: z.string(),
        file: z.string(),
        rule,
        cluster: z.string(),
        address: z.string(),
        reason: z.string(),
        who: z.string(),
        until: z.string(),
        status: z
          .enum(["active", "other-change", "unused", "not-judged", "expired"])
          .describe(
            "active: lets a finding pass. other-change: is for another change of the address. unused: no plan of its cluster needs it. not-judged: no plan of its cluster was judged. expired: its last day is over.",
          ),
        lets: z.int().describe("Number of findings that it lets pass."),
        change: z.string().nullable().describe("The `change` that it would need now; null if it matches no finding."),
      }),
    )
    .describe("Every exception of the definitions."),
  rules: z.array(describedRule).describe("Every rule, in the order in which findings are listed."),
});
export type GuardReport = z.output<typeof guardReport>;
export type GuardFinding = GuardReport["findings"][number];
