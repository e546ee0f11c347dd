import type { Problem } from "../../language/problem";
import { fingerprints } from "./fingerprints";
import type { ValidateReport } from "./report";
import type { RepositoryPath } from "./repository-path";

/** The checked definitions and their problems. */
export interface Checked {
  /** Number of clusters. */
  readonly definitions: number;
  readonly problems: readonly Problem[];
  readonly base: ValidateReport["base"];
}

/** Returns the report of problems. */
export function reportOf({ base, definitions, problems }: Checked, pathOf: RepositoryPath): ValidateReport {
  const marks = fingerprints(problems, pathOf);
  const count = (severity: Problem["severity"]): number => problems.filter((each) => each.severity === severity).length;
  return {
    version: 1,
    definitions,
    errors: count("error"),
    warnings: count("warning"),
    base,
    problems: problems.map(({ clusters = [], message, path, place, rule, severity }, index) => ({
      rule,
      severity,
      file: place?.file ?? null,
      line: place?.line ?? null,
      column: place?.column ?? null,
      path,
      message,
      clusters: [...clusters],
      fingerprint: marks[index] ?? "",
    })),
  };
}
