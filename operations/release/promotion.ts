import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ReleaseStep, releaseSteps, wrongReleaseStep } from "../../fleet/checks/fleet/release-steps";
import { rollbacks, wrongStepOf } from "../../fleet/checks/fleet/version-steps";
import { checkFleet } from "../../fleet/load";
import { readExceptions } from "../../fleet/read/exceptions";
import type { Layers } from "../../fleet/read/layers";
import type { ResolvedFile } from "../../fleet/resolve";
import { ExpectedError } from "../../language/expected-error";
import { DefinitionError, formatProblem } from "../../language/problem";
import { ifCertain } from "../../language/refused";
import { didYouMean, listed, meantOrKnown } from "../../language/suggest";
import { withChannelRelease, withReleaseModel } from "./edits";
import { type Definitions, withEdits } from "./promoted-fleet";
import type { PromoteReport } from "./report";

/** The changes of a promotion, and the objections to it. */
export interface Promotion {
  readonly report: Omit<PromoteReport, "commands" | "pull_request" | "version" | "written">;
  /** The one file that it edits; undefined if it changes nothing. */
  readonly edit: { readonly file: string; readonly text: string } | undefined;
}

/** Returns the reasons why a release has or has not proven itself, by the records of rollouts; undefined without rollouts. */
export type Proof = (release: string) => readonly string[];

/**
 * Plans the promotion of a channel or of one cluster to a release. Nothing is written.
 *
 * @param proof the records against the release; without records, the earlier channels count
 * @throws ExpectedError for names that do not exist, DefinitionError if the definitions have errors already
 */
export async function planPromotion(
  definitions: Definitions,
  name: string,
  release: string,
  proof: Proof | undefined,
): Promise<Promotion> {
  const { layers, problems, selected } = checkFleet(definitions);
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new DefinitionError(errors);
  const releases = layers.files.names("releases");
  if (!releases.includes(release))
    throw new ExpectedError(`unknown release ${JSON.stringify(release)}${meantOrKnown(release, releases)}`);
  const target = targetOf(name, layers, selected);
  const { from } = target;
  const affected = target.kind === "cluster" ? [target.cluster] : selected.filter((each) => each.chosen.model === name);
  const held = affected.flatMap((each) => {
    const hold = holdOf(each);
    return hold === undefined ? [] : [{ ...hold, cluster: each.name, release: each.chosen.release }];
  });
  const moved = affected.filter((each) => holdOf(each) === undefined && each.chosen.release !== release);
  const base = {
    target: { kind: target.kind, name },
    from,
    to: release,
    held: held.map(({ by, cluster, reason, release: kept, until }) => ({ cluster, release: kept, by, reason, until })),
  };
  if (from === release) return { edit: undefined, report: { ...base, file: null, clusters: [], refused: [] } };
  if (target.kind === "cluster" && held.length > 0)
    throw new ExpectedError(
      `${name} is held on ${held[0]?.release} until ${held[0]?.until} by ${held[0]?.by}: ${held[0]?.reason}. Remove HOLD from ${target.cluster.file} first`,
    );
  const file = target.kind === "cluster" ? target.cluster.file : join(definitions.directory, "channels.yaml");
  const before = layers.files.data("channels.yaml").root?.source.file;
  if (target.kind === "channel" && before !== file)
    throw new ExpectedError(`${before} comes with the program. Copy it to ${file}, which you can change`);
  const edited = target.kind === "cluster" ? withReleaseModel : withReleaseOf(name);
  const text = edited(readFileSync(file, "utf8"), release);
  const refused = [
    ...stepsOf(moved, release, releaseSteps(layers)),
    ...unproven(target.kind, name, release, layers, proof),
    ...(await errorsOf(definitions, new Map([[file, text]]), moved)),
  ];
  return { edit: { file, text }, report: { ...base, file, clusters: moved.map((each) => each.name), refused } };
}

const withReleaseOf = (channel: string) => (text: string, release: string) =>
  withChannelRelease(text, channel, release);

type Target =
  | { readonly kind: "channel"; readonly from: string }
  | { readonly kind: "cluster"; readonly from: string; readonly cluster: ResolvedFile };

function targetOf(name: string, layers: Layers, clusters: readonly ResolvedFile[]): Target {
  const channels = layers.channelNames();
  if (channels.includes(name)) return { kind: "channel", from: layers.releaseOf(name) };
  const cluster = clusters.find((each) => each.name === name);
  if (cluster !== undefined) return { kind: "cluster", from: cluster.chosen.release, cluster };
  const known = [...channels, ...clusters.map((each) => each.name)];
  const hint = /[*?[{]/.test(name)
    ? ". A promotion is of one channel or one cluster, so a glob cannot be given"
    : didYouMean(name, known) || `. Channels: ${listed(channels)}`;
  throw new ExpectedError(`no channel or cluster is named ${JSON.stringify(name)}${hint}`);
}

function holdOf({ subject }: ResolvedFile) {
  return ifCertain(() => subject?.definition.meta.HOLD);
}

function stepsOf(moved: readonly ResolvedFile[], release: string, steps: readonly ReleaseStep[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const { chosen, name } of moved) {
    const reason = wrongReleaseStep(chosen.release, release, steps);
    if (reason !== undefined) reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
  }
  return [...reasons].map(([reason, names]) => `${listed(names, 3)} ${reason}`);
}

/** A release proves itself in the channels before, in the order of channels.yaml. The first channel and a way back need no proof. */
function unproven(
  kind: Target["kind"],
  name: string,
  release: string,
  layers: Layers,
  proof: Proof | undefined,
): readonly string[] {
  const channels = layers.channelNames();
  const earlier = channels.slice(0, channels.indexOf(name));
  if (kind === "cluster" || earlier.length === 0 || layers.releaseOf(name) >= release) return [];
  if (proof !== undefined) return proof(release);
  if (earlier.some((channel) => layers.releaseOf(channel) >= release)) return [];
  return [
    `no channel before ${name} has release ${release}, so it is untested. Promote ${earlier.at(-1)} first: fleet promote ${earlier.at(-1)} ${release}`,
  ];
}

/** Returns the errors of the definitions after the edit, and the changes that EKS would refuse. */
function errorsOf(
  definitions: Definitions,
  edits: ReadonlyMap<string, string>,
  moved: readonly ResolvedFile[],
): Promise<string[]> {
  return withEdits(definitions, edits, async ({ fleet, problems }) => {
    const errors = problems.filter(({ severity }) => severity === "error").map(formatProblem);
    const { exceptions } = readExceptions(fleet.layers.files, definitions.today);
    const allowed = rollbacks(exceptions, definitions.today);
    const version = (file: ResolvedFile | undefined) =>
      ifCertain(() => file?.subject?.definition.tfvars.cluster.kubernetes_version);
    const steps = moved.flatMap((before) => {
      const after = fleet.selected.find((each) => each.name === before.name);
      const [from, to] = [version(before), version(after)];
      const reason = from === undefined || to === undefined ? undefined : wrongStepOf(before.name, from, to, allowed);
      return reason === undefined ? [] : [`${before.name}: kubernetes_version ${reason}`];
    });
    return [...errors, ...steps];
  });
}
