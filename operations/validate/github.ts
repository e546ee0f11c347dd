import type { ValidateReport } from "./report";
import { type RepositoryPath, shownProblem } from "./repository-path";
import { titleOf } from "./sarif";

/** Returns a workflow command of GitHub Actions for each problem, which becomes an annotation. */
export function githubCommands({ problems }: Pick<ValidateReport, "problems">, pathOf: RepositoryPath): string[] {
  return problems.map((problem) => {
    const { column, line, path, text } = shownProblem(problem, pathOf);
    const properties = { file: path, line: String(line), col: String(column), title: titleOf(problem.rule) };
    const written = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
    return `::${problem.severity} ${written.join(",")}::${data(text)}`;
  });
}

/** The runner ends a command at a line break, and decodes these escapes. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
