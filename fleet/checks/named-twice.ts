import type { Path } from "../yaml/tree";
import type { Finding } from "./finding";

/** Items of a list that go by a name which another has: names are state addresses. */
export function namedTwice(path: Path, items: readonly { readonly name: string }[]): Finding[] {
  const names = items.map(({ name }) => name);
  return names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [{ path: [...path, index, "name"], message: `is the second ${name} of the list: give each a name of its own` }]
      : [],
  );
}
