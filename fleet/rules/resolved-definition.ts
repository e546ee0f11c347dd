import type { Problem } from "../../language/problem";
import { ifCertain, isWhole } from "../../language/refused";
import { descend, formatPath, type Path, placeOf, type Tree } from "../../language/yaml/tree";
import type { Subject } from "../model/subject";
import type { RuledFinding } from "./finding";

/** One cluster's file with its layers under it. */
export interface ResolvedDefinition {
  readonly file: string;
  /** CLUSTER_NAME where it could be read, or else the file's name. */
  readonly name: string;
  /** Returns the merged definition, each value with its place and with what it overrode; computed again, because few are needed. */
  readonly tree: () => Tree;
  readonly problems: readonly Problem[];
  /** The files of defaults that lie under every definition. */
  readonly defaults: ReadonlySet<string>;
  /** Undefined where the definition makes no value. What was refused in it throws `RefusedValue` when it is read. */
  readonly subject: Subject | undefined;
}

/** A definition whose network was read whole, so that it can be compared with those of other clusters. */
export type Comparable = ResolvedDefinition & { readonly subject: Subject };

/** Returns the definitions that can be compared with each other: those without a refused value in what concerns the network. */
export function comparable(resolved: readonly ResolvedDefinition[]): Comparable[] {
  return resolved.filter((each): each is Comparable => {
    const { problems, subject } = each;
    if (subject === undefined) return false;
    if (!problems.some(({ severity }) => severity === "error")) return true; // reading all of it costs time
    const compared = ifCertain(() => {
      const { meta, tfvars } = subject.definition;
      return [meta, tfvars.networking, tfvars.common.aws_region, tfvars.cluster.service_ipv4_cidr];
    });
    return compared !== undefined && isWhole(compared);
  });
}

/**
 * Puts each finding at a place where a person can fix it; a value in a layer is reported with the names of the clusters that use
 * it. A default of the program is never the mistake: its problem is reported where a file caused it.
 */
export function findingProblems(
  { tree: made, file, name, defaults }: Pick<ResolvedDefinition, "tree" | "file" | "name" | "defaults">,
  findings: readonly RuledFinding[],
): Problem[] {
  if (findings.length === 0) return [];
  const tree = made();
  return findings.flatMap(
    ({ rule, path, message, own, byDefault, because = [], against = [], failedAt, ...given }): Problem[] => {
      const { severity = "error" as const } = given;
      if (failedAt !== undefined) return [{ rule, severity, place: failedAt, path: "", message, clusters: [name] }];
      const { tree: value, complete } = descend(tree, path);
      if (value.kind === "scalar" && value.secret) return [];
      const writtenAt = (paths: readonly Path[]): Tree[] =>
        paths.map((each) => descend(tree, each)).flatMap((found) => (found.complete ? [found.tree] : []));
      const isDefault = defaults.has(value.source.file);
      if (byDefault && !isDefault) return [];
      const mine = [value, ...writtenAt([...because, ...against])].find(({ source }) => source.file === file);
      if (own && (!complete || mine === undefined)) return [];
      const place = placeOf(
        mine ??
          (isDefault ? writtenAt(against).find(({ source }) => !defaults.has(source.file)) : undefined) ??
          (isDefault || because.length > 0 ? nearestOf(file, tree, path) : undefined) ??
          value,
      );
      const shared = place.file === file ? {} : { clusters: [name] };
      return [{ rule, severity, place, path: formatPath(tree, path), message, ...shared }];
    },
  );
}

/** Returns the deepest map on the way to a path that a file writes. */
function nearestOf(file: string, tree: Tree, path: Path): Tree | undefined {
  return path
    .map((_, length) => descend(tree, path.slice(0, length)).tree)
    .findLast((each) => each.kind === "map" && each.source.file === file);
}
