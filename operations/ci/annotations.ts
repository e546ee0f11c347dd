import { visible } from "../../language/problem";
import type { CiContext } from "./context";

/** Returns a line in the CI system's syntax for annotations of a run, or unchanged if the system has none. */
export function annotation(
  { system }: Pick<CiContext, "system">,
  severity: "error" | "notice" | "warning",
  text: string,
): string {
  const line = visible(text);
  if (system !== "github") return `${severity}: ${line}`;
  return `::${severity}::${line.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")}`;
}

/** Returns a value of a step's output. JSON has no line break, which would begin another output. */
export function githubValue(json: string): string {
  return json.replaceAll(/[\r\n]/g, " ");
}
