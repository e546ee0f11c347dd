/** A group or a profile, and how often it was created again under new names. */
interface Generation {
  readonly name: string;
  readonly generation?: number | undefined;
}

/**
 * Returns what names of a group's or profile's resources begin or end with. The first generation adds nothing, so existing resources
 * keep their names. No name of a group contains a dot, so `a.2` is never the name of another group.
 */
export function generationName({ generation = 1, name }: Generation): string {
  return generation === 1 ? name : `${name}.${generation}`;
}

/** Returns what the hash in a group's or profile's name has for its generation; nothing for the first. */
export function generationSeed({ generation = 1 }: Pick<Generation, "generation">): readonly { generation: number }[] {
  return generation === 1 ? [] : [{ generation }];
}
