import { createColors } from "picocolors";
import type { InitFile, InitReport } from "../../operations/init/report";
import type { Terminal } from "../shared/terminal";

const SCHEMAS = "definitions/schema/";

const WORDS: Readonly<Record<Exclude<InitFile["state"], "unchanged">, string>> = {
  written: "wrote",
  completed: "completed",
  kept: "kept",
  skipped: "skipped",
};

/** Returns a path as a shell reads it as one word. */
const quoted = (path: string): string => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

/** Returns the written files, the skipped files and the next steps. */
export function initText(report: InitReport, place: string, install: string, { colours }: Terminal): string {
  const { bold, yellow } = createColors(colours);
  const { cluster, errors, files, not_rehearsed: reason, rehearsal, warnings } = report;
  const lines = files.flatMap(({ note, path, state }) =>
    state === "unchanged" || (state === "written" && path.startsWith(SCHEMAS))
      ? []
      : [`${WORDS[state].padEnd(9)} ${path}${note === null ? "" : `: ${yellow(note)}`}`],
  );
  const schemas = files.filter(({ path, state }) => path.startsWith(SCHEMAS) && state === "written").length;
  const unchanged = files.filter(({ state }) => state === "unchanged").length;
  return [
    ...lines,
    ...(schemas === 0 ? [] : [`wrote     ${SCHEMAS} (${schemas} files)`]),
    ...(unchanged === 0 ? [] : [`unchanged: ${unchanged} files`]),
    "",
    `definitions: ${errors === 0 ? "valid" : `${errors} ${errors === 1 ? "error" : "errors"}`}, warnings: ${warnings}`,
    ...(rehearsal === null
      ? [`not rehearsed: ${reason}`]
      : [
          rehearsal.passed
            ? `${bold(cluster ?? "")}: ${rehearsal.resources} resources applied to a simulated cloud in ${rehearsal.seconds.toFixed(1)} s; a second plan is empty`
            : `${bold(cluster ?? "")}: the rehearsal failed. npx fleet rehearse ${cluster} --base none shows more`,
        ]),
    "",
    `Next: ${bold("README.md")}${place === "" ? "" : ` of ${place}`} has five steps. The first:`,
    ...(place === "" ? [] : [`  cd ${quoted(place)}`]),
    `  ${install}`,
  ].join("\n");
}
