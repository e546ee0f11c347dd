import { type Command, type Flag, GROUPS, partsOf } from "../shared/command";

/** Names that are read from the names of files. */
export type Named = "accounts" | "clusters" | "releases" | "tiers";

/** A word that may come next. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** Possible next words, or the name of any file, which the shell completes by itself. */
export type Completion = readonly Candidate[] | "files";

/** The kind of name that a flag or an argument accepts, by the flag's name or by the name of its value. */
const NAMED: Readonly<Record<string, Named | "files">> = {
  account: "accounts",
  cluster: "clusters",
  clusters: "clusters",
  release: "releases",
  releases: "releases",
  tier: "tiers",
  file: "files",
  plans: "files",
};

const HELP: Flag = { description: "print help" };
const VERSION: Flag = { description: "print the version" };
const JSON_FLAG: Flag = { description: "print the answer as JSON" };

/** The completions of one word of a command; undefined if none are known. */
type Source = Completion | Named | undefined;

/**
 * Returns the completions of the last word after `fleet`. Bash passes `--flag=value` as three words, other shells as one. Each completion
 * replaces that word.
 */
export function completionOf(
  commands: readonly Command[],
  words: readonly string[],
  namesOf: (what: Named) => readonly string[],
): Completion {
  const before = words.slice(0, -1);
  const current = words.at(-1) ?? "";
  const { group, inGroup, rest } = reached(commands, before);
  const [word, ...after] = rest;
  if (word === undefined) {
    const flags = group === undefined ? { help: HELP, version: VERSION } : { help: HELP };
    const named = [...candidatesOf(inGroup, group), { value: "help", description: "print help for a command" }];
    return starting(current.startsWith("-") ? flagsAs(flags) : named, current);
  }
  if (word === "help") {
    const { group: about, inGroup: there, rest: further } = reached(inGroup, after);
    return further.length === 0 ? starting(candidatesOf(there, about ?? group), current) : [];
  }
  const command = inGroup.find((each) => partsOf(each).group === group && partsOf(each).word === word);
  if (command === undefined) return [];
  return ofWord(command, after, current, (source) => {
    if (source === undefined || typeof source === "object" || source === "files") return source ?? [];
    return namesOf(source).map((value) => ({ value, description: "" }));
  });
}

/** Returns the group that the first word names, if any, with the group's commands and the remaining words. */
function reached(commands: readonly Command[], words: readonly string[]) {
  const [first, ...rest] = words;
  const inGroup = commands.filter((each) => partsOf(each).group !== undefined && partsOf(each).group === first);
  return inGroup.length === 0 ? { group: undefined, inGroup: commands, rest: words } : { group: first, inGroup, rest };
}

/** The words that may come next: commands of a group, or commands and groups. */
function candidatesOf(commands: readonly Command[], group: string | undefined): Candidate[] {
  const named = new Map<string, Candidate>();
  for (const command of commands) {
    const { group: own, word } = partsOf(command);
    const value = own === group || own === undefined ? word : own;
    named.set(value, { value, description: value === word ? command.summary : (GROUPS[value] ?? "") });
  }
  return [...named.values()];
}

function ofWord(
  command: Command,
  before: readonly string[],
  current: string,
  candidates: (source: Source) => Completion,
): Completion {
  const flags = flagsOf(command);
  const given = new Set<string>();
  let positionals = 0;
  let open: string | undefined; // the flag whose value comes next
  let onlyPositionals = false;
  for (const word of before) {
    if (open !== undefined) {
      if (word !== "=") open = undefined; // the sign between a flag and its value, which only Bash passes as a separate word
    } else if (word === "--" && !onlyPositionals) onlyPositionals = true;
    else if (word.startsWith("-") && !onlyPositionals) {
      const [flag = "", value] = split(word);
      given.add(flag);
      if (value === undefined && hasValue(flags[flag])) open = flag;
    } else positionals += 1;
  }
  if (open !== undefined) return starting(candidates(valuesOf(open, flags[open])), current === "=" ? "" : current);
  if (current.startsWith("-") && !onlyPositionals) {
    const [flag = "", value] = split(current);
    if (value !== undefined) return starting(attached(flag, candidates(valuesOf(flag, flags[flag]))), current);
    const left = Object.entries(flags).filter(([each, { repeat }]) => repeat || !given.has(each));
    return starting(flagsAs(Object.fromEntries(left)), current);
  }
  return starting(candidates(positionalOf(command, positionals)), current);
}

function flagsOf({ flags, json }: Command): Readonly<Record<string, Flag>> {
  return { ...flags, ...(json !== false && { json: JSON_FLAG }), help: HELP };
}

/** A flag without its dashes, and the value that is attached to it. */
function split(word: string): string[] {
  const [, flag = "", value] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  return value === undefined ? [flag] : [flag, value];
}

const hasValue = (flag: Flag | undefined): boolean => flag?.value !== undefined || flag?.choices !== undefined;

function valuesOf(name: string, flag: Flag | undefined): Source {
  if (flag?.choices !== undefined) return choices(flag.choices);
  return NAMED[name] ?? NAMED[flag?.value ?? ""];
}

function positionalOf({ positionals = [] }: Command, index: number): Source {
  const last = positionals.at(-1);
  const positional = positionals[index] ?? (last?.name.includes("...") ? last : undefined);
  if (positional?.choices !== undefined) return choices(positional.choices);
  return NAMED[positional?.name.replace(/[^\w]/g, "") ?? ""];
}

const choices = (values: readonly string[]): Completion => values.map((value) => ({ value, description: "" }));

const flagsAs = (flags: Readonly<Record<string, Flag>>): Candidate[] =>
  Object.entries(flags).map(([flag, { description }]) => ({ value: `--${flag}`, description }));

const attached = (flag: string, completion: Completion): Completion =>
  completion === "files" ? [] : completion.map((each) => ({ ...each, value: `--${flag}=${each.value}` }));

const starting = (completion: Completion, current: string): Completion =>
  completion === "files" ? completion : completion.filter(({ value }) => value.startsWith(current));
