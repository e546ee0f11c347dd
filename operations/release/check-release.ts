import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkFleet } from "../../fleet/load";
import { ExpectedError } from "../../language/expected-error";
import { formatProblem } from "../../language/problem";
import { ifCertain } from "../../language/refused";
import { meantOrKnown } from "../../language/suggest";
import { blastRadius, type Kind } from "./blast-radius";
import { withChannelRelease } from "./edits";
import { type Definitions, withEdits } from "./promoted-fleet";
import { releaseNamed } from "./release-diff";
import type { ReleaseCheckReport } from "./report";

/** Rehearses clusters: what Terraform reported of each, or null. */
export type Rehearse = (
  before: Definitions,
  after: Definitions,
  clusters: readonly string[],
) => Promise<ReleaseCheckReport["rehearsed"]>;

/**
 * Checks what would happen if channels were promoted to a release: every cluster that would get it is checked and synthesized, by the
 * program of the release, and one of each kind is rehearsed. Nothing is written.
 *
 * @param given channels; by default those with an earlier release
 */
export async function checkRelease(
  definitions: Definitions,
  release: string,
  given: readonly string[],
  rehearse: Rehearse | undefined,
): Promise<ReleaseCheckReport> {
  const { layers, selected } = checkFleet(definitions);
  releaseNamed(layers, release);
  const known = layers.channelNames();
  const unknown = given.find((channel) => !known.includes(channel));
  if (unknown !== undefined)
    throw new ExpectedError(`unknown channel ${JSON.stringify(unknown)}${meantOrKnown(unknown, known)}`);
  const channels = given.length > 0 ? given : known.filter((channel) => layers.releaseOf(channel) < release);
  const concerned = selected.filter(({ chosen }) => channels.includes(chosen.model));
  const holdOf = ({ subject }: (typeof concerned)[number]) => ifCertain(() => subject?.definition.meta.HOLD);
  const held = concerned.flatMap((each) => {
    const hold = holdOf(each);
    return hold === undefined
      ? []
      : [{ cluster: each.name, release: each.chosen.release, by: hold.by, reason: hold.reason, until: hold.until }];
  });
  const clusters = concerned
    .filter((each) => holdOf(each) === undefined && each.chosen.release !== release)
    .map(({ name }) => name);
  const file = join(definitions.directory, "channels.yaml");
  const before = existsSync(file) ? file : join(definitions.shipped, "channels.yaml");
  const text = channels.reduce(
    (edited, channel) => withChannelRelease(edited, channel, release),
    readFileSync(before, "utf8"),
  );
  return withEdits(definitions, new Map([[file, text]]), async (edited) => {
    const errors = edited.problems.filter(({ severity }) => severity === "error").map(formatProblem);
    const kinds = errors.length > 0 ? [] : await blastRadius(definitions, edited.definitions, clusters);
    const rehearsed =
      rehearse === undefined || errors.length > 0
        ? []
        : await rehearse(definitions, edited.definitions, sampleOf(kinds));
    return { version: 1, release, clusters, held, errors, kinds: [...kinds], rehearsed };
  });
}

/** Returns one cluster of each kind. */
function sampleOf(kinds: readonly Kind[]): string[] {
  return kinds.flatMap(({ clusters: [first] }) => first ?? []);
}
