import { z } from "zod";
import { schemaProblems } from "../../../fleet/parse/problems";
import { inReadingOrder, type Problem } from "../../../language/problem";
import { parseYaml } from "../../../language/yaml/parse";
import { plainValue } from "../../../language/yaml/plain-tree";
import { childOf, descend, type MapTree, type Path, placeOf } from "../../../language/yaml/tree";
import data from "./data/cluster-config.json";

/** The version of the format that this program reads. */
export const API_VERSION = "eksctl.io/v1alpha5";

const KIND = "ClusterConfig";

/** Every key of a ClusterConfig with its type, as eksctl's own schema has them. */
export const CLUSTER_CONFIG = data;

let parsed: z.ZodType | undefined;

/** Built on first use, because this lasts a tenth of a second. */
function clusterConfigSchema(): z.ZodType {
  parsed ??= z.fromJSONSchema(data.schema as never);
  return parsed;
}

/** Reads a ClusterConfig from YAML or JSON. If the problems contain an error, no tree is returned. */
export function readConfig(
  file: string,
  bytes: Uint8Array,
): { readonly root?: MapTree; readonly problems: readonly Problem[] } {
  const { problems, root } = parseYaml(file, bytes);
  if (root === undefined || problems.length > 0) return { problems: problems.map(aboutDocuments) };
  const header = headerProblems(root);
  if (header.length > 0) return { problems: header };
  const result = clusterConfigSchema().safeParse(plainValue(root));
  if (result.success) return { root, problems: [] };
  return { problems: inReadingOrder(inWords(root, result.error.issues)) };
}

/**
 * Returns problems from schema errors. An unknown key may be a typing error for a missing key of the same map. Then both are one problem.
 */
function inWords(root: MapTree, issues: readonly z.core.$ZodIssue[]): Problem[] {
  const mapOf = (path: readonly PropertyKey[]): string => JSON.stringify(path);
  const misspelt = new Set(issues.flatMap(({ code, path }) => (code === "unrecognized_keys" ? mapOf(path) : [])));
  const isMissing = ({ path }: z.core.$ZodIssue): boolean => !descend(root, path as Path).complete;
  const alone = issues.filter((issue) => isMissing(issue) && !misspelt.has(mapOf(issue.path.slice(0, -1))));
  const groups = [issues.filter((issue) => !alone.includes(issue)), alone];
  return groups.flatMap((group) => schemaProblems(root, clusterConfigSchema(), group, { own: root }));
}

function aboutDocuments(problem: Problem): Problem {
  if (!problem.message.includes("several YAML documents")) return problem;
  const message = `the file contains several YAML documents. Put the ${KIND} into a file of its own`;
  return { ...problem, message };
}

/** Another kind of file would have a hundred errors, which all mean that it is another kind of file. */
function headerProblems(root: MapTree): Problem[] {
  return Object.entries({ apiVersion: API_VERSION, kind: KIND }).flatMap(([key, expected]) => {
    const tree = childOf(root, key);
    if (tree?.kind === "scalar" && tree.value === expected) return [];
    const found = tree === undefined ? "is missing" : `is ${JSON.stringify(plainValue(tree))}`;
    const message = `${found}, but must be ${expected}. fleet import eksctl reads a ${KIND} of eksctl only`;
    return [{ rule: "invalid-value", severity: "error", place: placeOf(tree ?? root), path: key, message }];
  });
}
