import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildFleet, type ResolvedFleet, resolveFleet } from "../../../fleet/load";
import type { Cluster } from "../../../fleet/model/cluster";
import type { Rollouts } from "../../../fleet/model/rollouts";
import { tryGit } from "../../../fleet/programs/git";
import { gatelessBecause } from "../../../fleet/rollouts/gateless";
import { supportEnds } from "../../../fleet/rollouts/support";
import { ExpectedError } from "../../../language/expected-error";
import { ownExtensions } from "../../../language/extensions/own";
import { programFolder } from "../../../language/program-folder";
import { type RolloutFleet, rolloutFleet } from "../../../operations/rollout/decide/fleet";
import { openStore } from "../../../operations/rollout/stores/open-store";
import { RecordLog } from "../../../operations/rollout/stores/record-log";
import { targetOf } from "../../../operations/rollout/target";
import { version } from "../../../package.json";
import { definitionsDirectory, shippedDirectory } from "../../shared/definitions";
import { definitionsCommit } from "../../shared/definitions-commit";
import { momentOf } from "../../shared/moment";

export interface RolloutFlags {
  readonly now: string | undefined;
  readonly records: string | undefined;
}

/** Everything that a command about rollouts works with. */
export interface OpenRollout {
  readonly rollouts: Rollouts;
  readonly clusters: readonly Cluster[];
  readonly fleet: RolloutFleet;
  /** Its records were read. */
  readonly log: RecordLog;
  /** The moment of the command: --now, or the clock. */
  readonly now: () => number;
  /** Commit of the definitions. */
  readonly commit: string | null;
}

/** Loads the definitions and reads the records. */
export async function openRollout(flags: RolloutFlags): Promise<OpenRollout> {
  const given = momentOf("--now", flags.now);
  const now = (): number => given ?? Date.now();
  const day = new Date(now()).toISOString().slice(0, 10);
  const resolved = resolveFleet({ directory: definitionsDirectory(), shipped: shippedDirectory(), today: day });
  const { clusters, rollouts, support } = buildFleet(resolved);
  if (rollouts === undefined)
    throw new ExpectedError(
      `${definitionsDirectory()} has no rollouts.yaml, which sets the order in which clusters change. docs/rollouts/plan-a-rollout.md shows how to write one`,
    );
  const code = { program: codeIdentity(), extensions: ownExtensions().code };
  const members = clusters.map((cluster) => ({
    ...cluster,
    target: targetOf(cluster, code),
    supported: supportEnds(cluster, support),
    gateless: gatelessOf(cluster, resolved),
  }));
  const log = new RecordLog(openStore(flags.records ?? rollouts.records, rollouts.records_region));
  await log.read();
  return { rollouts, clusters, fleet: rolloutFleet(rollouts, members), log, now, commit: definitionsCommit() };
}

/** Only protected clusters require a person: others may be deployed by whoever may merge. */
function gatelessOf({ account, meta }: Cluster, { layers }: ResolvedFleet): string | undefined {
  const settings = layers.pipelines?.value;
  if (settings === undefined || layers.tier(meta.TIER).own?.guard.protected !== true) return undefined;
  return gatelessBecause(settings, account);
}

/** The folders and files whose code synthesizes clusters. */
const CODE = ["addons", "aws", "cdktf", "constructs", "fleet", "language", "stacks", "synth", "package-lock.json"];

/** Other files in these folders: rules, which only refuse, and facts that no stack contains. */
const NO_CODE = /\t(?:fleet\/checks\/.*|aws\/data\/(?:instance-)?prices\.json|.*\.md)$/;

/** Returns the identity of this program's code: in a repository the hash of the committed files, otherwise the version. */
function codeIdentity(): string {
  const folder = programFolder();
  if (!existsSync(join(folder, "synth"))) return version;
  const files = tryGit(folder, ["ls-tree", "-r", "HEAD", "--", ...CODE]);
  return files === undefined
    ? version
    : files
        .split("\n")
        .filter((line) => !NO_CODE.test(line))
        .join("\n");
}
