import { stripVTControlCharacters } from "node:util";
import wrapAnsi from "wrap-ansi";
import { DEFAULT_WIDTH, type Terminal, terminalOf } from "./terminal";

/** Prints an answer as JSON. */
export function printJson(answer: object): void {
  console.log(JSON.stringify(answer, null, 2));
}

/** Prints an answer as text. */
export function printText(text: string): void {
  console.log(wrappedLines(text, terminalOf(process.stdout)));
}

/**
 * Wraps lines that are longer than the terminal between words, and indents what follows as far as the line, or the item of a list,
 * begins. Lines of a pipe stay whole, and so do commands, which people copy.
 */
export function wrappedLines(text: string, { width }: Pick<Terminal, "width">): string {
  if (width === undefined) return text;
  const wrapped = (line: string): string => {
    const plain = stripVTControlCharacters(line);
    const [spaces = ""] = /^ *(- )?/.exec(line) ?? [];
    if (plain.length <= width || plain.startsWith("$ ", spaces.length)) return line;
    const parts = wrapAnsi(line.slice(spaces.length), Math.max(width - spaces.length, 20), { trim: true });
    return `${spaces}${parts.replaceAll("\n", `\n${" ".repeat(spaces.length)}`)}`;
  };
  return text.split("\n").map(wrapped).join("\n");
}

/** Prints what a command is doing on stderr, on a terminal only, and removes it when the work is done. */
export async function withProgress<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  const { stderr } = process;
  if (!stderr.isTTY) return await work();
  // A longer text would take two lines, and only the second one would be removed at the end.
  const room = (stderr.columns || DEFAULT_WIDTH) - 3;
  stderr.write(`${what.length > room ? `${what.slice(0, room - 1)}…` : what} …`);
  try {
    return await work();
  } finally {
    stderr.write("\r\u001b[K");
  }
}
