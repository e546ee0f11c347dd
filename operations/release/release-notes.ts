import { readFileSync } from "node:fs";
import { checkFleet } from "../../fleet/load";
import { ExpectedError } from "../../language/expected-error";
import { DefinitionError } from "../../language/problem";
import { blastRadius } from "./blast-radius";
import { withReleaseModel } from "./edits";
import { type Definitions, withEdits } from "./promoted-fleet";
import { releaseDiff, releaseNamed } from "./release-diff";
import type { ReleaseNotesReport } from "./report";

/**
 * Returns the changes since an earlier release, and their effect on the clusters that have the earlier one. Clusters whose definitions the
 * later release refuses are left out: `fleet release check` shows why.
 *
 * @param since by default the release before by name
 */
export async function releaseNotes(
  definitions: Definitions,
  release: string,
  since: string | undefined,
): Promise<ReleaseNotesReport> {
  const { layers, problems, selected } = checkFleet(definitions);
  releaseNamed(layers, release);
  const earlier = layers.files.names("releases").filter((name) => name < release);
  const from = since ?? earlier.at(-1);
  if (from === undefined) throw new ExpectedError(`there is no release before ${release}. Name one with --since`);
  const diff = releaseDiff(layers, from, release);
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new DefinitionError(errors);
  const having = selected.filter(({ chosen }) => chosen.release === from);
  const edits = new Map(having.map(({ file }) => [file, withReleaseModel(readFileSync(file, "utf8"), release)]));
  const kinds = await withEdits(definitions, edits, ({ definitions: after, fleet }) => {
    const refused = new Set(
      fleet.selected.flatMap(({ name, problems: found }) =>
        found.some(({ severity }) => severity === "error") ? [name] : [],
      ),
    );
    const names = having.map(({ name }) => name).filter((name) => !refused.has(name));
    return blastRadius(definitions, after, names);
  });
  return { ...diff, kinds: [...kinds] };
}
