/** Files of `definitions/` that belong to the program, as its code does: clusters of a release get those of the release's program. */
export const PROGRAM_DATA: readonly string[] = ["defaults.yaml", "regions.yaml"];
