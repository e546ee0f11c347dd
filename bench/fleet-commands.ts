import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { clusterName, generateFleet } from "./generated-fleet";
import { node, ratio } from "./processes";
import { type Benchmark, firstSynth, fleet, time, work } from "./workspace";
import { writeYear } from "./year-of-records";

/** Clusters of the fleet that commands are asked about. */
const SIZE = 1000;

/** Exit codes of a command that answers: 2 is a finding. */
const ANSWERED = [0, 2];

const environment = (size: number) => ({
  DEFINITIONS_DIR: fleet(size).directory,
  CDKTF_OUTDIR: join(work, `out-${size}`),
  FLEET_CACHE_DIR: join(work, `store-${size}`),
});

const load = (): Promise<number> => time(["launch.mjs", "bench/load-fleet.ts"], environment(SIZE));

let edits = 0;

/** Replaces text in a file of a fleet by text that no run before has seen. */
function edit(file: string, from: RegExp, to: (edit: number) => string): void {
  edits += 1;
  const text = readFileSync(file, "utf8");
  if (!from.test(text)) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(file, text.replace(from, to(edits)));
}

const editCluster = (size: number): void =>
  edit(
    join(fleet(size).directory, `clusters/team-3/${clusterName(3)}.yaml`),
    /OWNER: .*/,
    (edit) => `OWNER: team-${edit}`,
  );

const committed = new Set<number>();

/** Makes a fleet a repository of its own whose outputs are stored, as they are after the base was synthesized. */
async function commit(size: number): Promise<void> {
  if (committed.has(size)) return;
  committed.add(size);
  const { directory } = fleet(size);
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=bench", "-c", "user.email=bench@example.com", ...args], { cwd: directory });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "base");
  await node(["launch.mjs", "main.ts"], environment(size));
}

const command = async (size: number, ...args: string[]): Promise<number> =>
  (await node(["cli/fleet.mjs", ...args], environment(size), undefined, ANSWERED)).milliseconds;

/** A command that compares with the base, after one edited definition. */
const compares = (name: string): Benchmark => ({
  name,
  what: `fleet ${name} of 1,000 clusters after one edited definition, over loading them`,
  bar: 3,
  unit: "ms",
  measure: async () => {
    await commit(SIZE);
    const ours = () => {
      editCluster(SIZE);
      return command(SIZE, name, "--base", "HEAD");
    };
    return ratio(3, ours, load);
  },
});

const ROLLOUTS = `records: .fleet/rollouts
waves:
  - { name: first, select: { channel: insiders }, soak: 24h, healthy: [nodes] }
  - { name: rest, soak: 24h, max_at_once: 20, healthy: [nodes] }
health_checks:
  nodes: { check: nodes, timeout: 5m }
`;

/** Fewer clusters, because every one is built. */
const SMALLER = 200;

/** A command that compares with the base, after a change that touches every cluster. */
const ofEvery = (name: string): Benchmark => ({
  name: `${name}-all`,
  what: `fleet ${name} of 200 clusters after a changed default, over building them`,
  bar: 1.3,
  unit: "ms",
  measure: async () => {
    await commit(SMALLER);
    await command(SMALLER, name, "--base", "HEAD"); // its code is bundled once, as that of the synthesis is by now
    const ours = () => {
      edit(join(fleet(SMALLER).directory, "defaults.yaml"), /tags: .*/, (edit) => `tags: { bench: v${edit} }`);
      return command(SMALLER, name, "--base", "HEAD");
    };
    return ratio(
      3,
      ours,
      async () => (await firstSynth({ ...environment(SMALLER), CDKTF_OUTDIR: join(work, "all") })).milliseconds,
    );
  },
});

/** Commands that people run many times a day, over the least work that they require. */
export const FLEET_COMMANDS: readonly Benchmark[] = [
  {
    name: "resynth",
    what: "1,000 clusters after one edited definition, over loading them",
    bar: 1.5,
    unit: "ms",
    measure: async () => {
      await commit(SIZE);
      const ours = () => {
        editCluster(SIZE);
        return time(["launch.mjs", "main.ts"], environment(SIZE));
      };
      return ratio(3, ours, load);
    },
  },
  {
    name: "resynth-memory",
    what: "the same: peak of the largest process, over one cluster built alone",
    bar: 1.5,
    unit: "MiB",
    measure: async () => {
      await commit(SIZE);
      const peaks = join(work, "peaks");
      const ours = async () => {
        editCluster(SIZE);
        return (await node(["launch.mjs", "main.ts"], environment(SIZE), peaks)).peak;
      };
      const alone = { ...environment(SIZE), CLUSTER_NAME: clusterName(0), CDKTF_OUTDIR: join(work, "alone") };
      return ratio(1, ours, async () => (await firstSynth(alone, peaks)).peak);
    },
  },
  {
    name: "list",
    what: "fleet list of 1,000 clusters, over loading them",
    bar: 1.1,
    unit: "ms",
    measure: () => ratio(5, () => command(SIZE, "list", "--json"), load),
  },
  {
    name: "rollout-next",
    what: "fleet rollout next of 1,000 clusters with a year of records, over loading them",
    bar: 2,
    unit: "ms",
    measure: async () => {
      const directory = join(work, "definitions-rollout");
      const records = join(work, "records");
      mkdirSync(directory);
      generateFleet(directory, SIZE);
      writeFileSync(join(directory, "rollouts.yaml"), ROLLOUTS);
      await writeYear(
        records,
        Array.from({ length: SIZE }, (_, index) => clusterName(index)),
      );
      const env = { ...environment(SIZE), DEFINITIONS_DIR: directory };
      const args = ["cli/fleet.mjs", "rollout", "next", "--json", "--records", relative(process.cwd(), records)];
      const ours = async () => (await node(args, env)).milliseconds;
      return ratio(5, ours, () => time(["launch.mjs", "bench/load-fleet.ts"], env));
    },
  },
  {
    name: "check",
    what: "fleet validate of 1,000 clusters, over loading them",
    bar: 1.1,
    unit: "ms",
    measure: () => ratio(5, () => command(SIZE, "validate", "--json"), load),
  },
  compares("affected"),
  compares("diff"),
  ofEvery("affected"),
  ofEvery("diff"),
  {
    name: "help",
    what: "fleet --help, over node -e 0",
    bar: 3,
    unit: "ms",
    measure: () =>
      ratio(
        9,
        () => command(1, "--help"),
        () => time(["-e", "0"]),
      ),
  },
  {
    name: "completion",
    what: "completing one of 1,000 clusters, over node -e 0",
    bar: 3,
    unit: "ms",
    measure: () =>
      ratio(
        9,
        () => command(SIZE, "__complete", "list", ""),
        () => time(["-e", "0"]),
      ),
  },
];
