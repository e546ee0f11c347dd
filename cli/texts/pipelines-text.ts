import { visible } from "../../language/problem";
import type { PipelinesReport } from "../../pipelines/report";

const DONE = { same: "up to date", new: "written", changed: "written", removed: "removed" } as const;
const TO_DO = { same: "up to date", new: "missing", changed: "out of date", removed: "not needed any more" } as const;

/** Returns the generated files, and the remaining manual steps. */
export function pipelinesText({ checked, files, notices, system }: PipelinesReport): string {
  const words = checked ? TO_DO : DONE;
  const different = files.filter(({ state }) => state !== "same");
  const lines = different.map(({ path, state }) => `${path}: ${words[state]}`);
  const summary =
    different.length === 0
      ? `All ${files.length} files for ${system} are up to date.`
      : checked
        ? "Run fleet pipelines generate, and commit the files."
        : `${files.filter(({ state }) => state !== "removed").length} files for ${system} are up to date now.`;
  const notes = [...new Set(notices.map(({ message }) => message))].map((message) => `- ${message}.`);
  const heading = `To set up by hand, or different in ${system}:`;
  return visibleLines([...lines, summary, ...(checked || notes.length === 0 ? [] : ["", heading, ...notes])]);
}

function visibleLines(lines: readonly string[]): string {
  return lines.map(visible).join("\n");
}
