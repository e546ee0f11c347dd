import { compareText } from "../../language/problem";
import type { ReportedProblem, ValidateReport } from "./report";
import { type RepositoryPath, shownProblem } from "./repository-path";

/** GitHub refuses a run with more results. */
const MOST_RESULTS = 25_000;

/**
 * Returns a report in SARIF 2.1.0. URIs are relative to the repository, and errors come first, because GitHub shows 5,000 results.
 *
 * @param tool version of the program
 */
export function sarifOf({ problems }: Pick<ValidateReport, "problems">, pathOf: RepositoryPath, tool: string): object {
  const shown = [...problems].sort((a, b) => compareText(a.severity, b.severity)).slice(0, MOST_RESULTS);
  const rules = [...new Set(shown.map(({ rule }) => rule))].sort(compareText);
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "fleet",
            semanticVersion: tool,
            rules: rules.map((id) => ({ id, shortDescription: { text: titleOf(id) } })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: shown.map((problem) => {
          const { column, line, path, text } = shownProblem(problem, pathOf);
          const region = { startLine: line, startColumn: column };
          return {
            ruleId: problem.rule,
            ruleIndex: rules.indexOf(problem.rule),
            level: problem.severity,
            message: { text },
            locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) }, region } }],
            partialFingerprints: { primaryLocationLineHash: problem.fingerprint },
          };
        }),
      },
    ],
  };
}

/** `worker-sizes` -> `Worker sizes`. */
export function titleOf(rule: ReportedProblem["rule"]): string {
  const words = rule.replaceAll("-", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function uriOf(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
