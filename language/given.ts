type Given<Values> = { [Key in keyof Values]?: NonNullable<Values[Key]> };

/** Returns the values without those that are null or undefined: Terraform and charts then use their own defaults. */
export function given<Values extends object>(values: Values): Given<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
  ) as Given<Values>;
}
