import { createHash } from "node:crypto";
import type { ValidateReport } from "./report";
import { type RepositoryPath, shownProblem } from "./repository-path";

/** Returns a report of GitLab's Code Quality. */
export function gitlabReport({ problems }: Pick<ValidateReport, "problems">, pathOf: RepositoryPath): object[] {
  return problems.map((problem) => {
    const { line, path, text } = shownProblem(problem, pathOf);
    return {
      description: text,
      check_name: problem.rule,
      fingerprint: createHash("sha256").update(problem.fingerprint).digest("hex"),
      severity: problem.severity === "error" ? "major" : "minor",
      location: { path, lines: { begin: line } },
    };
  });
}
