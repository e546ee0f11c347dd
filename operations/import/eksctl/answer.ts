import { join } from "node:path";
import { DefinitionError, type Problem } from "../../../language/problem";
import { childOf, type MapTree, placeOf } from "../../../language/yaml/tree";
import type { NewClusterRequest, RequestProblem } from "../../new-cluster/request";
import { type Definitions, problemsOfDraft, registryFor } from "../check-draft";
import { accountNeeds, destinationOf } from "../destination";
import { importEksctl } from "./import-eksctl";
import type { EksctlImportReport } from "./report";

/** A ClusterConfig without unknown keys, and the flags of the command line. */
export interface EksctlRequest extends Pick<NewClusterRequest, "account" | "owner" | "releaseModel" | "tier"> {
  readonly source: string;
  readonly root: MapTree;
  readonly name: string | undefined;
  readonly zones: readonly string[];
  /** Another file that gets the definition; undefined for its place among the definitions. */
  readonly out: string | undefined;
}

/** The report and the problems. Nothing has been written yet. */
export interface EksctlAnswer {
  readonly report: Omit<EksctlImportReport, "written">;
  readonly problems: readonly Problem[];
  /** The definition at its place among the others, and ranges.yaml if it changes, with their texts. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Returns the definition of a ClusterConfig with everything that is not in it, or every problem of the request.
 *
 * @throws DefinitionError for a cluster that no definition can describe
 */
export function eksctlAnswer(
  request: EksctlRequest,
  definitions: Definitions,
): EksctlAnswer | { readonly problems: readonly RequestProblem[]; readonly report?: undefined } {
  const { account, out, owner, releaseModel, root, source, tier, zones } = request;
  refuseOutposts(root);
  const metadata = childOf(root, "metadata");
  const named = (key: string): string => {
    const tree = metadata && childOf(metadata, key);
    return tree?.kind === "scalar" ? String(tree.value) : "";
  };
  const region = named("region");
  const name = request.name ?? named("name");
  const destination = destinationOf({ name, owner, account, tier, releaseModel, region }, definitions);
  if ("problems" in destination) return destination;
  const { createsVpc, left, notes, range, text } = importEksctl(root, source, destination, zones);
  const path = join(definitions.directory, "clusters", destination.owner, `${name}.yaml`);
  const registry = registryFor(destination, createsVpc ? range : undefined, definitions);
  const problems = problemsOfDraft({ name, path, text, registry }, definitions, out ?? path);
  const file = out ?? path;
  const reserves = registry !== undefined && registry.text !== definitions.ranges;
  return {
    problems,
    files: new Map([[path, text], ...(reserves ? [[registry.path, registry.text] as const] : [])]),
    report: {
      version: 1,
      source,
      cluster: name,
      region,
      file,
      text,
      reservation:
        registry === undefined
          ? null
          : { file: registry.path, account: destination.account.name, range, reserved: !reserves },
      valid: problems.every(({ severity }) => severity !== "error"),
      problems: problems.map((problem) => ({
        severity: problem.severity,
        line: problem.place?.file === file ? problem.place.line : null,
        file: problem.place?.file ?? null,
        path: problem.path,
        message: problem.message,
      })),
      left: [...left],
      notes: [...notes],
      account: { name: destination.account.name, needs: accountNeeds(destination, definitions.layers, range) },
    },
  };
}

function refuseOutposts(root: MapTree): void {
  const outpost = childOf(root, "outpost");
  if (outpost === undefined) return;
  throw new DefinitionError([
    {
      rule: "invalid-value",
      severity: "error",
      place: placeOf(outpost),
      path: "outpost",
      message:
        "a control plane on an Outpost has no add-ons, access entries or Pod Identity, which every definition requires. Keep the cluster in eksctl",
    },
  ]);
}
