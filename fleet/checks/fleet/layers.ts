import type { Problem } from "../../../language/problem";
import { ifCertain } from "../../../language/refused";
import { accountOf } from "../../../language/words/arns";
import { layOver } from "../../../language/yaml/merge";
import { treeOf } from "../../../language/yaml/plain-tree";
import { descend, formatPath, type MapTree, type Path, placeOf } from "../../../language/yaml/tree";
import { type RecordsBucket, recordsBucketOf } from "../../accounts/records-access";
import { parseWithPlaces } from "../../parse/parse-with-places";
import { definitionPart, layMapOver } from "../../read/layer-parts";
import type { Layers } from "../../read/layers";
import { readRollouts } from "../../read/rollouts";
import { knownRegion } from "../../rules/known-region";
import { definition } from "../../schema/definition";
import { limitProblems } from "./account-limits";
import { bootstrapProblems } from "./bootstrap";

/**
 * Reports mistakes in layers, even if no cluster uses the layer or each cluster overrides the value: otherwise the next user of the
 * layer would find the mistake. A key that clusters must add is not missing in a layer.
 */
export function layerProblems(layers: Layers): Problem[] {
  const { part: defaults, problems } = definitionPart(layers.defaults);
  return [
    ...problems,
    ...partProblems(defaults),
    ...[...layers.everyPart()].flatMap(({ part, problems: found }) => {
      const merged = layMapOver(defaults, part);
      return [...found, ...partProblems(merged).filter(({ place }) => place?.file === part.source.file)];
    }),
  ];
}

/** The keys that each cluster must add to its layers. */
const ADDED = treeOf({
  meta: { CLUSTER_NAME: "part.example.com" },
  tfvars: { common: { aws_region: "us-east-1" }, cluster: { kubernetes_version: "1.00" } },
});

function partProblems(part: MapTree): readonly Problem[] {
  return parseWithPlaces(layOver(ADDED, part), definition, { partial: true }).problems;
}

/** Reports accounts with the same id, and roles of other accounts: both come from a copied file that was changed in part. */
export function accountProblems(layers: Layers): Problem[] {
  const owner = new Map<string, string>();
  const records = recordsOf(layers);
  return [...layers.everyRead()].flatMap(({ folder, name, root }) => {
    const own = folder === "accounts" ? layers.account(name).own : undefined;
    if (own === undefined) return [];
    const problem = (path: Path, message: string, severity: Problem["severity"] = "error"): Problem => {
      return {
        rule: "account",
        severity,
        place: placeOf(descend(root, path).tree),
        path: formatPath(root, path),
        message,
      };
    };
    const problems: Problem[] = [];
    const first = owner.get(own.id);
    if (first === undefined) owner.set(own.id, name);
    else problems.push(problem(["id"], `is already the id of account ${first}. Keep one file per account`));
    for (const [role, arn] of Object.entries(own.roles)) {
      if (arn === undefined || accountOf(arn) === own.id) continue;
      problems.push(problem(["roles", role], `must be a role of account ${own.id}, but is ${arn}`));
    }
    for (const role of ["deploy", "destroy"] as const)
      if (own.roles[role] === own.roles.plan)
        problems.push(
          problem(
            ["roles", "plan"],
            `is also the role ${role}, so that every plan of a pull request could change the account. Use a role that may only read`,
          ),
        );
    const wrong = bootstrapProblems(own, layers.files.names("accounts"));
    problems.push(...wrong.map(({ message, path }) => problem(path, message)));
    const limits = limitProblems(
      own,
      (peer) => (layers.files.names("accounts").includes(peer) ? layers.account(peer).own : undefined),
      records,
    );
    problems.push(...limits.map(({ message, path, severity }) => problem(path, message, severity)));
    const unknown = knownRegion(["state", "region"], own.state.region, Object.keys(layers.regions));
    return [...problems, ...unknown.map(({ message, path }) => problem(path, message))];
  });
}

/** Returns where the records of rollouts are; undefined too if the file cannot be read, which is reported as its own problem. */
function recordsOf(layers: Layers): RecordsBucket | undefined {
  const location = ifCertain(() => readRollouts(layers.files)?.value?.records);
  const accounts = [...layers.everyRead()].flatMap(({ folder, name }) =>
    folder === "accounts" ? (layers.account(name).own ?? []) : [],
  );
  return location === undefined ? undefined : recordsBucketOf(location, accounts);
}
