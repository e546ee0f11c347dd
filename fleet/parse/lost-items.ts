import type { Path } from "../../language/yaml/tree";

/**
 * Items that were removed from lists of a tree while it was parsed, from which the positions of the other items in the file follow.
 */
export class LostItems {
  /** Positions in the file, by the path of the list. */
  private readonly byList = new Map<string, ReadonlySet<number>>();

  add(path: Path): void {
    const list = JSON.stringify(path.slice(0, -1));
    this.byList.set(list, new Set([...(this.byList.get(list) ?? []), Number(path.at(-1))]));
  }

  /** Returns a function from paths in the tree, as it is now, to paths in the file. It does not see what is lost later. */
  places(): (path: Path) => Path {
    const now = new Map(this.byList);
    return (path) => {
      const place: (string | number)[] = [];
      for (const step of path) place.push(typeof step === "number" ? nth(step, now.get(JSON.stringify(place))) : step);
      return place;
    };
  }
}

/** Returns the position of the n-th item that is not lost. */
function nth(index: number, lost: ReadonlySet<number> | undefined): number {
  let position = index;
  for (const each of [...(lost ?? [])].sort((a, b) => a - b)) if (each <= position) position += 1;
  return position;
}
