/** A flag of a command, under its name without dashes. Without `value` it is a switch. */
export interface Flag {
  readonly description: string;
  /** The name of the flag's value, such as `name` in `--tier <name>`. */
  readonly value?: string;
  /** True if the flag can be given several times. */
  readonly repeat?: true;
  readonly choices?: readonly string[];
  readonly default?: string;
  /** True if empty text is an answer. */
  readonly canBeEmpty?: true;
}

export type Flags = Readonly<Record<string, Flag>>;

/** A positional argument: `<cluster>` is required, `[cluster]` optional, and `[clusters...]` any number. */
export interface Positional {
  readonly name: string;
  readonly description: string;
  readonly choices?: readonly string[];
}

type ValueOf<F extends Flag> = F extends { readonly repeat: true }
  ? readonly string[]
  : F extends { readonly choices: readonly (infer Choice)[] }
    ? F extends { readonly default: string }
      ? Choice
      : Choice | undefined
    : F extends { readonly value: string }
      ? F extends { readonly default: string }
        ? string
        : string | undefined
      : boolean;

/** The values of flags, by their names without dashes. */
export type FlagValues<F extends Flags> = { readonly [Name in keyof F]: ValueOf<F[Name]> };

/** The parsed command line. */
export interface Input<Values = unknown> {
  /** The positional arguments, one after another. */
  readonly positionals: readonly string[];
  readonly flags: Values;
  /** True if `--json` was given. */
  readonly json: boolean;
}

/** A command of `fleet`: what `--help` shows, and how it is run. Its file imports nothing else, so that help stays fast. */
export interface Command<F extends Flags = Flags> {
  /** One word, or two: the first is a group of `GROUPS`, such as `rollout` in `rollout plan`. */
  readonly name: string;
  /** One line in the list of commands. */
  readonly summary: string;
  /** Further text for `fleet <command> --help`. */
  readonly details?: string;
  readonly positionals?: readonly Positional[];
  readonly flags: F;
  /** Command lines with what each does. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** False if the command has no JSON output. */
  readonly json?: false;
  /** Returns the exit code. */
  readonly run: (input: Input<FlagValues<F>>) => Promise<number>;
}

/** Groups of commands, by the first word of their names, with their descriptions in `fleet --help`. */
export const GROUPS: Readonly<Record<string, string>> = {
  import: "describe clusters of other tools as definitions",
  pipelines: "generate the pipelines of a CI system",
  release: "cut, check, compare and list releases",
  rollout: "roll changes out over the fleet, in waves and windows",
};

/** Returns the group of a command and the last word of its name: `rollout plan` is `plan` of `rollout`. */
export function partsOf({ name }: Command): { readonly group: string | undefined; readonly word: string } {
  const [first = "", second] = name.split(" ");
  return second === undefined ? { group: undefined, word: first } : { group: first, word: second };
}

/** Returns the command, with its flags' names and values checked against what its action reads. */
export function defineCommand<const F extends Flags>(command: Command<F>): Command {
  return command as unknown as Command;
}

/** Clusters that a command is about, for commands that accept any number. */
export const CLUSTERS: Positional = {
  name: "[clusters...]",
  description: "names or globs of clusters; by default those in CLUSTER_NAME, or all",
};

/** Clusters of a command that requires a name, because it reaches AWS. */
export const NAMED_CLUSTERS: Positional = {
  name: "[clusters...]",
  description: "names or globs of clusters; by default those in CLUSTER_NAME. '*' means all",
};

/** For commands that synthesize. Commander sets the opposite: `cache` is false. */
export const NO_CACHE = {
  description: "build every stack, even if it was built from the same before",
} as const;

/** The day that a command counts from. */
export const TODAY = { value: "date", description: "count from this day, YYYY-MM-DD, instead of today" } as const;
