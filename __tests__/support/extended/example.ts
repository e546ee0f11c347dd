/** Imported before anything else, it gives the test the extensions of the published example: they are chosen when the program is loaded. */
export const EXAMPLE = "docs/examples/extensions/definitions";

process.env["DEFINITIONS_DIR"] = EXAMPLE;
