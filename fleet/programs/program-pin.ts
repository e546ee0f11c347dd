/** Which version of the program a release names. */
export interface ProgramPin {
  readonly version: string;
  readonly commit?: string | undefined;
  readonly integrity?: string | undefined;
  readonly source?: string | undefined;
}

/** Returns what `program` of a release means, which can be a version alone. */
export function pinOf(program: string | ProgramPin): ProgramPin {
  return typeof program === "string" ? { version: program } : program;
}
