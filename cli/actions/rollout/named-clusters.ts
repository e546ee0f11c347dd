import { nameOfFile } from "../../../fleet/read/files";
import { select } from "../../../fleet/read/select";
import { DefinitionError } from "../../../language/problem";
import { selectionOf, withoutVariable } from "../../shared/definitions";
import type { OpenRollout } from "./open-rollout";

/**
 * Returns the names of the clusters that the command line or CLUSTER_NAME selects; undefined if nothing selects.
 *
 * @throws DefinitionError if a name or a glob matches no cluster
 */
export function namedClusters(
  positionals: readonly string[],
  { fleet }: Pick<OpenRollout, "fleet">,
): ReadonlySet<string> | undefined {
  const selection = selectionOf(positionals);
  if (selection === undefined) return undefined;
  const { files, problems } = select(
    fleet.clusters.map(({ name }) => `${name}.yaml`),
    selection,
  );
  if (problems.length > 0) throw new DefinitionError(withoutVariable(problems, positionals));
  return new Set(files.map(nameOfFile));
}
