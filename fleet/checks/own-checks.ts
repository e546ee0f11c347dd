import { z } from "zod";
import { extensionProblem } from "../../language/extensions/find";
import { provide } from "../../language/extensions/host";
import { loadExtensions } from "../../language/extensions/own";
import { ExtensionError, guarded } from "../../language/extensions/run";
import { callable, shapeProblems } from "../../language/extensions/shape";
import type { OwnRuleId } from "../../language/rule-ids";
import { eachItem, within } from "../rules/each-item";
import { eachWorker } from "../rules/each-worker";
import type { Check, Finding, RuledFinding } from "../rules/finding";
import { atLeast, atMost, between, exactlyOne, noEffect, requires } from "../rules/forms";
import type { OwnCheck } from "../rules/own-check";

provide("cluster-fleet/contracts", {
  atLeast,
  atMost,
  between,
  eachItem,
  eachWorker,
  exactlyOne,
  noEffect,
  requires,
  within,
});

const shape = z.strictObject({ summary: z.string().min(1), check: callable });

const path = z.array(z.union([z.string(), z.number()])).min(1);
const findings = z.array(
  z.looseObject({
    path,
    message: z.string().min(1),
    severity: z.literal("warning").optional(),
    own: z.literal(true).optional(),
    because: z.array(path).optional(),
    against: z.array(path).optional(),
  }),
);

/** Returns the rules of `extensions/checks/`, each under its id. A rule that fails reports that, at its place in the extension. */
export const OWN_CHECKS: readonly (readonly [OwnRuleId, (subject: Parameters<Check>[0]) => readonly RuledFinding[]])[] =
  loadExtensions("checks", (exported, extension) => {
    const { error } = shape.safeParse(exported);
    if (error !== undefined) throw new ExtensionError(shapeProblems(extension.file, error));
    const { check } = exported as OwnCheck;
    const rule: OwnRuleId = `extension/${extension.name}`;
    const checked = (subject: Parameters<Check>[0]): readonly RuledFinding[] => {
      try {
        const found: unknown = guarded(extension, "this rule failed", () => check(subject));
        const parsed = findings.safeParse(found);
        if (!parsed.success) throw new ExtensionError([wrongFindings(extension.file, found, parsed.error)]);
        return (found as readonly Finding[]).map((finding) => ({ ...finding, rule }));
      } catch (failure) {
        if (!(failure instanceof ExtensionError)) throw failure;
        return failure.problems.map(({ message, place }) => ({ rule, path: [], message, failedAt: place }));
      }
    };
    return [rule, checked] as const;
  });

function wrongFindings(file: string, found: unknown, { issues }: z.ZodError) {
  const [issue] = issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : ` (${issue.path.join(".")}: ${issue.message})`;
  const what = Array.isArray(found) ? "a list with something else" : found === null ? "null" : typeof found;
  return extensionProblem(
    file,
    `must return a list of findings, each with path: ["tfvars", …] and message: "…", and severity: "warning" if it is no error, but returned ${what}${where}`,
  );
}
