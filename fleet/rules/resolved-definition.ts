import type { Problem } from "../../language/problem";
import { descend, formatPath, placeOf, type Tree } from "../../language/yaml/tree";
import type { Subject } from "../model/subject";
import { isMended } from "../parse/parse-with-places";
import type { Finding } from "./finding";

/** One cluster's file with its layers under it. */
export interface ResolvedDefinition {
  readonly file: string;
  /** CLUSTER_NAME where it could be read, or else the file's name. */
  readonly name: string;
  /** The merged definition, each value with its place and with what it overrode; made again, because few are asked for. */
  readonly tree: () => Tree;
  readonly problems: readonly Problem[];
  /** Undefined where not even a mended definition could be made. */
  readonly subject: Subject | undefined;
  readonly mended: readonly string[];
}

/** Puts each finding where its value was written; what stands in a layer also says which cluster it is about. */
export function findingProblems(
  { tree: made, mended, file, name }: Pick<ResolvedDefinition, "tree" | "mended" | "file" | "name">,
  findings: readonly Finding[],
): Problem[] {
  if (findings.length === 0) return [];
  const tree = made();
  return findings.flatMap(({ path, message, own, given = [], severity = "error" as const }): Problem[] => {
    if ([path, ...given].some((each) => isMended(mended, formatPath(tree, each)))) return [];
    const { tree: value, complete } = descend(tree, path);
    if (value.kind === "scalar" && value.secret) return [];
    const place = placeOf(value);
    if (own && (!complete || place.file !== file)) return [];
    const shared = place.file === file ? {} : { clusters: [name] };
    return [{ severity, place, path: formatPath(tree, path), message, ...shared }];
  });
}
