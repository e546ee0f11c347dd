import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import fc from "fast-check";
import { loadFleet } from "../../fleet/load";
import type { Cluster } from "../../fleet/model/cluster";
import { DefinitionError } from "../../language/problem";
import type { Entry } from "../../synth/entry";
import { programFingerprint } from "../../synth/fingerprint";
import { OutputStore } from "../../synth/store";
import { Synthesizer } from "../../synth/synthesizer";
import { TODAY } from "../support/definitions";
import { cases } from "../support/jest/cases";
import { contentsOf, scratch } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const work = scratch();
afterAll(() => work.remove());
// As a bundle would: without the name of the code, nothing is stored.
Object.assign(globalThis, { SYNTHESIS_CODE: "code under test" });

const NAMES = ["a", "b", "c", "d"] as const;
type Name = (typeof NAMES)[number];

/** Settings in a cluster's file. */
interface Settings {
  readonly tier: "development" | "staging";
  readonly channel: "stable" | "insiders";
  readonly groups: number;
  readonly peer: Name | undefined;
  readonly addon: boolean;
}

/** Content of a directory of definitions. */
interface Fleet {
  readonly clusters: Readonly<Partial<Record<Name, Settings>>>;
  readonly owner: number;
  readonly stable: "2026.10" | "2026.11";
  readonly retention: 30 | 60;
}

type Edit = (fleet: Fleet) => Fleet;

const setting = fc.oneof(
  fc.record({ tier: fc.constantFrom("development", "staging") }),
  fc.record({ channel: fc.constantFrom("stable", "insiders") }),
  fc.record({ groups: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ peer: fc.constantFrom(undefined, ...NAMES) }),
  fc.record({ addon: fc.boolean() }),
) as fc.Arbitrary<Partial<Settings>>;
const name = fc.constantFrom(...NAMES);
const NEW: Settings = { tier: "staging", channel: "stable", groups: 1, peer: undefined, addon: false };

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(name, setting).map(([each, change]) => withCluster(each, change)) },
  fc.tuple(name, name).map(
    ([from, to]): Edit =>
      (fleet) =>
        renamed(fleet, from, to),
  ),
  name.map(
    (each): Edit =>
      (fleet) => ({ ...fleet, clusters: { ...fleet.clusters, [each]: undefined } }),
  ),
  fc.integer({ min: 0, max: 2 }).map(
    (owner): Edit =>
      (fleet) => ({ ...fleet, owner }),
  ),
  fc.constantFrom("2026.10" as const, "2026.11" as const).map(
    (stable): Edit =>
      (fleet) => ({ ...fleet, stable }),
  ),
  fc.constantFrom(30 as const, 60 as const).map(
    (retention): Edit =>
      (fleet) => ({ ...fleet, retention }),
  ),
);

function withCluster(each: Name, change: Partial<Settings>): Edit {
  return (fleet) => ({
    ...fleet,
    clusters: { ...fleet.clusters, [each]: { ...NEW, ...fleet.clusters[each], ...change } },
  });
}

function renamed({ clusters, ...others }: Fleet, from: Name, to: Name): Fleet {
  return { ...others, clusters: { ...clusters, [from]: undefined, [to]: clusters[from] } };
}

/** Damage to a file of an output or of the store between two runs. */
const damage = fc.record({
  file: fc.nat(),
  how: fc.constantFrom<(path: string) => void>(
    (path) => appendFileSync(path, " "),
    (path) => truncateSync(path, 20),
    (path) => rmSync(path),
  ),
});

/** Writes the files of a fleet, and loads it; undefined if they are refused. */
function load(directory: string, fleet: Fleet): readonly Cluster[] | undefined {
  rmSync(directory, { recursive: true, force: true });
  cpSync(SAMPLE_FLEET, directory, { recursive: true, filter: (path) => !path.includes("/clusters") });
  const write = (file: string, text: string): void => writeFileSync(join(directory, file), text);
  const defaults = readFileSync("definitions/defaults.yaml", "utf8");
  write("defaults.yaml", defaults.replace("OWNER: platform", `OWNER: platform-${fleet.owner}`));
  write("channels.yaml", `insiders: "2026.11"\nstable: "${fleet.stable}"\n`);
  write("tiers/staging.yaml", `tfvars:\n  networking:\n    flow_logs:\n      retention_days: ${fleet.retention}\n`);
  mkdirSync(join(directory, "clusters"));
  for (const [index, each] of NAMES.entries()) {
    const settings = fleet.clusters[each];
    if (settings !== undefined) write(`clusters/${each}.example.com.yaml`, definition(each, index, settings));
  }
  try {
    return loadFleet({ directory, shipped: "definitions", today: TODAY }).clusters;
  } catch (error) {
    if (error instanceof DefinitionError) return undefined;
    throw error;
  }
}

function definition(each: Name, index: number, { addon, channel, groups, peer, tier }: Settings): string {
  const connections =
    peer === undefined
      ? "[]"
      : `[{ name: peer, cluster: ${peer}.example.com, tiers: [private], peer_tiers: [private], allow_remote_vpc_dns_resolution: true }]`;
  return `meta:
  CLUSTER_NAME: ${each}.example.com
  ACCOUNT: sandbox
  TIER: ${tier}
  RELEASE_MODEL: ${channel}
tfvars:
  common:
    aws_region: us-east-1
  networking:
    vpc_cidr: 10.${64 + index}.0.0/16
    vpc_peering_connections: ${connections}
  workers: [${Array.from({ length: groups }, (_, group) => `{ name: group-${group} }`).join(", ")}]
  addons:
    vertical_pod_autoscaler_enabled: ${addon}
`;
}

/** A store that records what is built though it was stored already, and is not damaged. */
class RecordingStore extends OutputStore {
  readonly twice: string[] = [];
  private readonly stored = new Set<string>();

  override write(fingerprint: string, entry: Entry): void {
    if (this.stored.has(fingerprint)) this.twice.push(fingerprint);
    this.stored.add(fingerprint);
    super.write(fingerprint, entry);
  }

  /** The entry in a file may be built again. */
  noteDamage(file: string): void {
    this.stored.delete(basename(file));
  }
}

/** Every file below a folder, in order; none if it is missing. */
function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name)).sort();
}

let round = 0;

test("after any edits, an incremental run writes what a full run writes, and builds nothing twice", async () => {
  let entriesWritten = 0;
  let clustersWritten = 0;
  const run = async (steps: readonly { edits: Edit[]; damages: { file: number; how: (path: string) => void }[] }[]) => {
    round += 1;
    const folder = (part: string): string => join(work.path, `${round}-${part}`);
    const store = new RecordingStore(folder("store"), programFingerprint() ?? "");
    let fleet: Fleet = { clusters: { a: NEW, b: NEW }, owner: 0, stable: "2026.10", retention: 30 };
    for (const { damages, edits } of steps) {
      const next = edits.reduce((each, change) => change(each), fleet);
      const clusters = load(folder("definitions"), next);
      if (clusters === undefined) continue;
      fleet = next;
      await new Synthesizer(folder("incremental"), 0, { store }).write(clusters, { all: true });
      await new Synthesizer(folder("full"), 0, { store: undefined }).write(clusters, { all: true });
      clustersWritten += clusters.length;

      expect(contentsOf(folder("incremental"))).toEqual(contentsOf(folder("full")));
      expect(store.twice).toEqual([]);
      for (const { file, how } of damages) {
        const files = [...filesIn(folder("incremental")), ...filesIn(folder("store"))];
        const damaged = files[file % files.length] as string;
        how(damaged);
        store.noteDamage(damaged);
      }
    }
    entriesWritten += filesIn(folder("store")).length;
  };
  const step = fc.record({
    edits: fc.array(edit, { minLength: 1, maxLength: 2 }),
    damages: fc.array(damage, { maxLength: 1 }),
  });
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), run), {
    numRuns: cases({ all: 4, quick: 1 }),
    endOnFailure: true,
  });

  expect(entriesWritten).toBeGreaterThan(0);
  expect(clustersWritten).toBeGreaterThan(entriesWritten);
});
