import { descend, type MapTree, type Path } from "../language/yaml/tree";
import type { Finding } from "./rules/finding";

/** A definition with a platform of its release, and what the rules report of it. */
export interface WithPlatform {
  readonly chosen: { readonly switched: readonly string[] };
  /** The cluster's own file. */
  readonly root: MapTree;
  readonly tree: MapTree;
  readonly found: readonly Finding[];
}

/** An addon of a platform that a cluster does without. */
export interface LeftOff {
  readonly addon: string;
  /**
   * The finding of the rules about its settings or about another key; undefined if they refuse its switch: such a cluster cannot
   * have it.
   */
  readonly reason: string | undefined;
}

/**
 * Leaves out what a platform would switch on and the rules refuse, so that a platform brings no error: an addon that is no use on
 * Fargate, that a private network cuts off, that conflicts with what the cluster has. The rules alone decide, so no second list of
 * what can run where exists.
 *
 * @param retry returns the definition with these addons of the platform only
 */
export function settlePlatform<Definition extends WithPlatform>(
  whole: Definition,
  retry: (switched: readonly string[]) => Definition,
): { readonly kept: Definition; readonly leftOff: readonly LeftOff[] } {
  const { switched } = whole.chosen;
  const leftOff: LeftOff[] = [];
  let kept = whole;
  for (;;) {
    const refused = kept.chosen.switched.flatMap((addon) => {
      const objection = kept.found.find((each) => isAbout(each, addon, kept));
      if (objection === undefined) return [];
      const { message, severity } = objection;
      return { addon, reason: isAtSwitch(objection, addon) && severity === undefined ? undefined : message };
    });
    if (refused.length === 0) break;
    leftOff.push(...refused);
    kept = retry(kept.chosen.switched.filter((each) => !refused.some(({ addon }) => addon === each)));
  }
  if (kept.chosen.switched.length === 0 || errorsOf(kept).length === 0) return { kept, leftOff };

  const bare = retry([]);
  const known = new Set(errorsOf(bare).map(idOf));
  const news = ({ found }: Definition) => errorsOf({ found }).find((error) => !known.has(idOf(error)));
  if (news(kept) === undefined) return { kept, leftOff };
  const candidates = kept.chosen.switched;
  kept = bare;
  for (const addon of candidates) {
    const next = retry(switched.filter((each) => each === addon || kept.chosen.switched.includes(each)));
    const error = news(next);
    if (error === undefined) kept = next;
    else leftOff.push({ addon, reason: error.message });
  }
  return { kept, leftOff };
}

function errorsOf({ found }: Pick<WithPlatform, "found">): readonly Finding[] {
  return found.filter(({ severity }) => severity !== "warning");
}

function idOf({ message, path }: Finding): string {
  return JSON.stringify([path, message]);
}

const isAt = (path: Path, keys: readonly string[]): boolean => keys.every((key, index) => path[index] === key);

/** True if a finding is at an addon's switch, or because of it. */
function isAtSwitch({ because = [], path }: Finding, addon: string): boolean {
  return [path, ...because].some((each) => isAt(each, ["tfvars", "addons", addon, "enabled"]));
}

/** True if a finding, also a warning, is at an addon's switch, or an error at a setting of it that is not the cluster's own. */
function isAbout(finding: Finding, addon: string, { root, tree }: Pick<WithPlatform, "root" | "tree">): boolean {
  if (isAtSwitch(finding, addon)) return true;
  if (finding.severity !== undefined || !isAt(finding.path, ["tfvars", "addons", addon])) return false;
  return descend(tree, finding.path).tree.source !== root.source;
}
