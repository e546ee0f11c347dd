import type { Problem } from "../../language/problem";
import { descend, formatPath, itemName, type Path, placeOf, type Tree } from "../../language/yaml/tree";
import { IDENTITIES } from "../schema/identity";

/**
 * Reports items of lists that a layer merges by name although they are about something else: an access entry of the same name for
 * another principal would keep the rights that the other layer grants.
 *
 * @param tree the merged definition, before items inherit defaults, which have no identity
 */
export function changedIdentities(tree: Tree, file: string, name: string): Problem[] {
  return Object.entries(IDENTITIES).flatMap(([list, { keys, severity }]) =>
    keys.length === 0
      ? []
      : itemsAt(tree, ["tfvars", ...list.split(".")]).flatMap((item) =>
          keys.flatMap((key): Problem[] => {
            const path = [...item, key];
            const { tree: value, complete } = descend(tree, path);
            const before = complete ? value.overrode : undefined;
            if (before === undefined || !differs(before, value)) return [];
            const [place, other] = [placeOf(value), placeOf(before)];
            const what = JSON.stringify(itemName(descend(tree, item).tree));
            const message = `is another ${key} than ${other.file}:${other.line}:${other.column} sets for ${what}, whose other keys this item would inherit. Rename this item, or keep its ${key}`;
            return [
              {
                rule: "changed-identity",
                severity,
                place,
                path: formatPath(tree, path),
                message,
                ...(place.file === file ? {} : { clusters: [name] }),
              },
            ];
          }),
        ),
  );
}

function differs(before: Tree, value: Tree): boolean {
  if (before.kind !== "scalar" || value.kind !== "scalar") return false;
  return before.value !== value.value && before.value !== null && value.value !== null;
}

/** Returns the paths of the items of a list; `*` on the way to it stands for each item of a list above. */
function itemsAt(tree: Tree, list: readonly string[]): Path[] {
  let paths: Path[] = [[]];
  for (const step of [...list, "*"]) {
    paths = paths.flatMap((path) => {
      if (step !== "*") return [[...path, step]];
      const { tree: found, complete } = descend(tree, path);
      return complete && found.kind === "list" ? found.items.map((_, index) => [...path, index]) : [];
    });
  }
  return paths;
}
