import Table from "cli-table3";
import { createColors } from "picocolors";
import displayWidth from "string-width";
import type { Terminal } from "./terminal";

/** Columns of a table where there is no terminal. */
const DEFAULT_WIDTH = 80;
const GAP = 2;
/** Columns are not narrower than this. */
const NARROWEST = 6;

/** A cell with a colour, which is painted after the text is wrapped. */
export interface PaintedCell {
  readonly text: string;
  readonly paint: (text: string) => string;
}

export type Cell = string | number | PaintedCell;

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** True for text that must stay in one piece, such as a path: its column never wraps, even if the table becomes too wide. */
  readonly whole?: true;
}

/**
 * Returns a table that fits the terminal: the widest columns wrap, at dots, dashes and blanks if they can. If the terminal is too narrow
 * for so many columns, each row is a paragraph, with a line for each cell.
 */
export function table(
  columns: readonly (string | Column)[],
  rows: readonly (readonly Cell[])[],
  { colours, width = DEFAULT_WIDTH }: Terminal,
): string {
  const head = columns.map((column) => (typeof column === "string" ? column : column.title));
  const all = [head, ...rows];
  const widest = (measure: (cell: Cell) => number): number[] =>
    head.map((_, index) => Math.max(...all.map((row) => measure(row[index] ?? ""))));
  const room = width - GAP * (head.length - 1);
  if (room < NARROWEST * head.length) return rows.map((row) => paragraph(columns, head, row, width)).join("\n\n");
  const natural = widest(widthOf);
  const floors = [widest(longestPiece), head.map(() => NARROWEST)].map((floor) =>
    floor.map((least, index) => (isWhole(columns[index]) ? (natural[index] ?? 0) : least)),
  );
  const widths = fitted(natural, floors, room);
  const { bold } = createColors(colours);
  const lines = [head.map((text) => ({ text, paint: bold })), ...rows].map((row) =>
    row.map((cell, index) => wrapped(cell, widths[index] ?? 0)),
  );
  const needed = head.map((_, index) => Math.max(...lines.map((row) => widthOf(row[index] ?? ""))));
  // Drawn in blocks: the time for one table grows with the square of its rows.
  return Array.from({ length: Math.ceil(lines.length / BLOCK) }, (_, index) =>
    drawn(lines.slice(index * BLOCK, (index + 1) * BLOCK), columns, needed),
  ).join("\n");
}

const BLOCK = 20;

function drawn(
  rows: readonly (readonly string[])[],
  columns: readonly (string | Column)[],
  widths: readonly number[],
): string {
  const block = new Table({
    colAligns: columns.map((column) => (typeof column === "string" ? "left" : (column.align ?? "left"))),
    colWidths: [...widths],
    chars: NO_LINES,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
  });
  block.push(...rows.map((row) => [...row]));
  return block
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

const NO_LINES = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "" },
  middle: " ".repeat(GAP),
};

function paragraph(
  columns: readonly (string | Column)[],
  head: readonly string[],
  row: readonly Cell[],
  width: number,
): string {
  const lines = row.flatMap((cell, index) => {
    const paint = typeof cell === "object" ? cell.paint : (text: string) => text;
    const text = `${head[index] ?? ""}: ${textOf(cell)}`;
    if (textOf(cell) === "") return [];
    return isWhole(columns[index]) ? paint(text) : wrapped({ text, paint }, width);
  });
  return lines.join("\n");
}

const isWhole = (column: string | Column | undefined): boolean => typeof column === "object" && column.whole === true;

const ASCII = /^[ -~]*$/;

/** Columns that a terminal needs for a text. */
const stringWidth = (text: string): number => (ASCII.test(text) ? text.length : displayWidth(text));

const textOf = (cell: Cell): string => (typeof cell === "object" ? cell.text : String(cell));

const widthOf = (cell: Cell): number => Math.max(...textOf(cell).split("\n").map(stringWidth));

/** A piece of text up to a character after which the line can break. Versions, ranges, dates and numbers stay whole. */
const PIECES = /(?:[^.\-/,:@_\s]|[.\-/,](?=\d))*(?:[.\-/,:@_\s]|$)/g;

const longestPiece = (cell: Cell): number =>
  Math.max(0, ...(textOf(cell).match(PIECES) ?? []).map((piece) => stringWidth(piece.trimEnd())));

/** Narrows the widest columns until the table fits: first columns that can still wrap between words, then all. */
function fitted(natural: readonly number[], floors: readonly (readonly number[])[], room: number): number[] {
  const widths = [...natural];
  for (const least of floors) {
    if (least.reduce((sum, floor) => sum + floor, 0) > room && least !== floors[0]) break; // the table cannot fit
    for (let total = widths.reduce((sum, width) => sum + width, 0); total > room; total -= 1) {
      const spare = widths.map((width, index) => (width > (least[index] ?? 0) ? width : 0));
      const widest = Math.max(...spare);
      if (widest === 0) break;
      widths[spare.lastIndexOf(widest)] = widest - 1;
    }
  }
  return widths;
}

/** Breaks the text of a cell into lines. */
function wrapped(cell: Cell, width: number): string {
  const paint = typeof cell === "object" ? cell.paint : (text: string) => text;
  const lines: string[] = [];
  for (const piece of textOf(cell).match(PIECES) ?? []) {
    for (const part of parts(piece, width)) {
      const last = lines.at(-1);
      if (last !== undefined && stringWidth(`${last}${part.trimEnd()}`) <= width) lines[lines.length - 1] = last + part;
      else lines.push(part);
    }
  }
  return lines
    .flatMap((line) => line.trimEnd().split("\n"))
    .map(paint)
    .join("\n");
}

/** Cuts a word that is longer than its column. */
function parts(piece: string, width: number): string[] {
  const letters = [...piece];
  if (stringWidth(piece.trimEnd()) <= width) return letters.length === 0 ? [] : [piece];
  const step = ASCII.test(piece) ? width : Math.max(1, Math.floor(width / 2)); // a letter can need two columns
  return Array.from({ length: Math.ceil(letters.length / step) }, (_, index) =>
    letters.slice(index * step, (index + 1) * step).join(""),
  );
}
