import wrapAnsi from "wrap-ansi";
import type { Row } from "./reference-rows";

/** Characters of a row, without the targets of links. */
const WIDEST_ROW = 160;
/** Types and defaults that are longer are listed below the table. */
const WIDEST_CELL = 40;
const WIDTH = 138;

/** Returns a table of keys, relative to `prefix`. What does not fit into a row is listed in full below the table. */
export function table(rows: readonly Row[], prefix = ""): string {
  const notes: string[] = [];
  const lines = rows.map((row) => {
    const key = row.path.startsWith(prefix) ? row.path.slice(prefix.length) : row.path;
    const type = fits(row.type) ? row.type : "see below";
    const value = fits(row.default) ? row.default : "see below";
    const start = `| \`${key}\` | ${cell(type)} | ${cell(value)} | `;
    const meaning = shortened(cell(row.meaning), WIDEST_ROW - shown(start).length - 2);
    const long = [
      ...(meaning === cell(row.meaning) ? [] : [row.meaning]),
      ...(fits(row.type) ? [] : [`Type: ${row.type}.`]),
      ...(fits(row.default) ? [] : [`Default: ${row.default}.`]),
    ];
    if (long.length > 0) notes.push(note(key, long.join(" ")));
    return `${start}${meaning} |`;
  });
  const list = notes.length === 0 ? [] : [...notes, ""];
  return ["| key | type | default | meaning |", "| --- | --- | --- | --- |", ...lines, "", ...list].join("\n");
}

/** Returns a text as it is shown: the target of a link is not. */
const shown = (text: string): string => text.replaceAll(/\]\([^)]*\)/g, "]");
const fits = (text: string): boolean => shown(text).length <= WIDEST_CELL;

/** Returns the first sentences of a text that fit, or its first words. */
function shortened(text: string, room: number): string {
  if (text.length <= room) return text;
  const sentences = text.slice(0, room).match(/^.*[.;](?= )/)?.[0];
  if (sentences !== undefined) return sentences.replace(/;$/, "");
  const words = text.slice(0, Math.max(room - 2, 20)).replace(/\s+\S*$/, "");
  // A cut inside of code would leave the rest of the row in code.
  return `${(words.match(/`/g)?.length ?? 0) % 2 === 0 ? words : words.replace(/\s*`[^`]*$/, "")} …`;
}

/** Returns an item of the list below a table. Lines break outside of code. */
function note(key: string, text: string): string {
  const item = `- \`${key}\`: ${text.replaceAll("\n", " ").replaceAll("<", "&lt;")}`;
  const unbroken = item.replaceAll(/`[^`]*`/g, (code) => code.replaceAll(" ", "\u00a0"));
  return wrapAnsi(unbroken, WIDTH, { trim: true }).replaceAll("\u00a0", " ").replaceAll("\n", "\n  ");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ").replaceAll("<", "&lt;");
}
