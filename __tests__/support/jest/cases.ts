/** True in `make test-all` (jest.all.config.mjs). `ALL_CASES=1 npx jest …` does the same for single files. */
const ALL = process.env["ALL_CASES"] === "1";

/** Returns the number of cases that a property test tries: all of them in `make test-all`, fewer in `make test`. */
export function cases(counts: { readonly all: number; readonly quick: number }): number {
  return ALL ? counts.all : counts.quick;
}

/** Returns every item of a list in `make test-all`, and in `make test` one of every few, from the whole length of the list. */
export function oneOfEvery<T>(few: number, items: readonly T[]): readonly T[] {
  return ALL ? items : items.filter((_, index) => index % few === 0);
}
