import type { Problem } from "../../../language/problem";
import { didYouMean } from "../../../language/suggest";
import { layOver } from "../../../language/yaml/merge";
import { treeOf } from "../../../language/yaml/plain-tree";
import { descend, type MapTree, type Path, placeOf } from "../../../language/yaml/tree";
import { parseWithPlaces } from "../../parse/parse-with-places";
import { definitionPart, layeredPart } from "../../read/layer-parts";
import type { Layers } from "../../read/layers";
import { definition } from "../../schema/definition";

/**
 * What is wrong in a layer by itself, whether or not a cluster takes it or sets the same: its next user must not be the one
 * who finds the mistake. What a cluster has to add is no mistake.
 */
export function layerProblems(layers: Layers): Problem[] {
  const defaults = definitionPart(layers.defaults);
  return [
    ...partProblems(defaults),
    ...[...layers.everyRead()].flatMap(({ root }) => {
      const part = layeredPart(root);
      const merged = layOver(defaults, part);
      return merged.kind === "map" ? partProblems(merged).filter(({ place }) => place?.file === root.source.file) : [];
    }),
  ];
}

function partProblems(part: MapTree): readonly Problem[] {
  const whole = layOver(
    treeOf({
      meta: { CLUSTER_NAME: "part.example.com" },
      tfvars: { common: { aws_region: "us-east-1" }, cluster: { kubernetes_version: "1.00" } },
    }),
    part,
  );
  return parseWithPlaces(whole, definition, { partial: true }).problems;
}

/** Each account once, and its roles in it: a copied file whose id was changed in one place only would deploy elsewhere. */
export function accountProblems(layers: Layers): Problem[] {
  const owner = new Map<string, string>();
  return [...layers.everyRead()].flatMap(({ folder, name, root }) => {
    const own = folder === "accounts" ? layers.account(name).own : undefined;
    if (own === undefined) return [];
    const problem = (path: Path, message: string): Problem => {
      return { severity: "error", place: placeOf(descend(root, path).tree), path: path.join("."), message };
    };
    const problems: Problem[] = [];
    const first = owner.get(own.id);
    if (first === undefined) owner.set(own.id, name);
    else problems.push(problem(["id"], `is the id of account ${first} too: keep one file an account`));
    for (const role of ["deploy", "plan"] as const) {
      if (own.roles[role].split(":")[4] === own.id) continue;
      problems.push(problem(["roles", role], `must be a role of account ${own.id}, got ${own.roles[role]}`));
    }
    const regions = Object.keys(layers.regions);
    if (regions.length > 0 && !regions.includes(own.state.region)) {
      const message = `unknown region ${JSON.stringify(own.state.region)}${didYouMean(own.state.region, regions)}`;
      problems.push(problem(["state", "region"], message));
    }
    return problems;
  });
}
