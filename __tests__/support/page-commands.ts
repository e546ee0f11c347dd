import { readdirSync, readFileSync } from "node:fs";
import { SAMPLE_FLEET } from "./sample-fleet";

/** A command line of `fleet` on a page, and what the page says that it prints. */
export interface Shown {
  readonly args: readonly string[];
  readonly output: string;
  /** The directory of definitions, or the name of a change, in the comment above the block. */
  readonly directory: string | undefined;
  readonly change: string | undefined;
  /** The commands of one rollout share its records, over all pages in their order. */
  readonly rollout: string | undefined;
}

/** A block, with the comment directly above it. */
const BLOCK =
  /^(?:<!-- (DEFINITIONS_DIR|change|rollout)=(\S+) -->\n\n)?```console\n(\$ (?:npx )?fleet [\s\S]*?)^```$/gm;

/** A command line up to the next one, with what it prints. */
const COMMAND = /^\$ (?:npx )?fleet (.*)\n((?:(?!\$ ).*\n)*)/gm;

/** A word, in quotes or not. */
const WORD = /'([^']*)'|"([^"]*)"|(\S+)/g;

/** Returns the commands of `fleet` on a page, in its order. */
export function commandsOf(page: string): Shown[] {
  return [...page.matchAll(BLOCK)].flatMap(([, kind, named, block = ""]) =>
    [...block.matchAll(COMMAND)].map(([, line = "", output = ""]) => ({
      args: wordsOf(line),
      output,
      directory: kind === "DEFINITIONS_DIR" ? named : undefined,
      change: kind === "change" ? named : undefined,
      rollout: kind === "rollout" ? named : undefined,
    })),
  );
}

/** A block of a script, in a list or not. A block of a terminal, with its output, is a `console` block. */
const SCRIPT = /^( *)```(?:sh|bash)\n([\s\S]*?)^\1```$/gm;

/** Returns the words of each command of `fleet` in the scripts of a page, in its order. */
export function scriptLines(page: string): string[][] {
  return [...page.matchAll(SCRIPT)]
    .flatMap(([, , script = ""]) => script.replaceAll(/\\\n\s*/g, "").split("\n"))
    .flatMap((line) => /^\s*(?:[A-Z_]+=\S+ )*(?:npx )?fleet (.*)$/.exec(line)?.[1] ?? [])
    .map((line) => wordsOf(line.replace(/(?:^|\s)(?:#|\||>|&&|2>|;).*$/, "")));
}

const wordsOf = (line: string): string[] =>
  [...line.matchAll(WORD)].map(([, single, double, bare]) => single ?? double ?? bare ?? "");

const pages = (): readonly string[] => [
  "README.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((file) => `docs/${file}`),
];

/** A command with its page, and its line as a title. */
export interface OnPage {
  readonly page: string;
  readonly line: string;
  readonly shown: Shown;
}

/** Returns the commands of all pages. Those that need a process of their own take seconds each. */
export function commandsOfPages(): { readonly inProcess: readonly OnPage[]; readonly ofProcesses: readonly OnPage[] } {
  const all = pages()
    .filter((page) => page.endsWith(".md"))
    .flatMap((page) =>
      commandsOf(readFileSync(page, "utf8")).map((shown) => ({ page, line: shown.args.join(" "), shown })),
    );
  return {
    inProcess: all.filter(({ shown }) => !needsProcess(shown)),
    ofProcesses: all.filter(({ shown }) => needsProcess(shown)),
  };
}

/** Extensions are chosen when a process starts, and a comparison starts processes, which need the program as users have it. */
function needsProcess({ change, directory }: Shown): boolean {
  return change !== undefined || directory?.includes("extensions") === true;
}

/**
 * Returns an output without what differs from run to run and between the tests' fleet and the shipped one: times, the ids of
 * commits, the directory of definitions and the places in the defaults.
 */
export function steady(output: string): string {
  return output
    .replaceAll(`${SAMPLE_FLEET}/`, "definitions/")
    .replaceAll(/(definitions\/defaults\.yaml):\d+:\d+/g, "$1") // grows with every new key
    .replaceAll(/\([0-9a-f]{8}\)/g, "(id)")
    .replaceAll(/\b\d+(?:\.\d+)? ?(?:ms|s)\b/g, "time");
}

/** True if an output is what a page shows. There, a line with `...` stands for any number of lines. */
export function matchesShown(output: string, shown: string): boolean {
  const parts = steady(shown)
    .split(/^\.\.\.\n/m)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("(?:.*\\n)*?")}$`).test(steady(output));
}
