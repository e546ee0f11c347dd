import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateFleet } from "../../bench/generated-fleet";
import { loadFleet } from "../../fleet/load";
import type { Cluster } from "../../fleet/model/cluster";
import { Synthesizer } from "../../synth/synthesizer";
import { contentsOf, run, scratch, synthesizeFleet } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const work = scratch();
const definitions = join(work.path, "definitions");
/** More than are worth sharing among processes, and no multiple of a batch. */
const SIZE = 11;

const shared = join(work.path, "shared");
const samples = join(work.path, "samples");

// A store of this file alone, so that the first runs build everything.
process.env["FLEET_CACHE_DIR"] = join(work.path, "store");
afterEach(() => {
  delete process.env["FLEET_NO_CACHE"];
});

beforeAll(async () => {
  mkdirSync(definitions);
  generateFleet(definitions, SIZE);
  await synthesizeFleet(shared, definitions);
  await synthesizeFleet(samples);
});
afterAll(() => work.remove());

test("shared among processes, and built one by one: the same files, byte for byte", async () => {
  process.env["FLEET_NO_CACHE"] = "1";
  // By selection, so few at a time that no other process is started.
  const single = join(work.path, "single");
  const names = Array.from({ length: SIZE }, (_, index) => `cluster-${index}.fleet.example.com`);
  for (const few of [names.slice(0, 6), names.slice(6)]) await synthesizeFleet(single, definitions, few.join());

  expect(Object.keys(contentsOf(shared)).filter((file) => file.endsWith("cdk.tf.json"))).toHaveLength(SIZE * 4);
  expect({ ...contentsOf(single), "manifest.json": "" }).toEqual({ ...contentsOf(shared), "manifest.json": "" }); // of one it lists one
});

test.each([
  ["the generated fleet", definitions, shared],
  ["the samples", SAMPLE_FLEET, samples],
])("%s: the same output as one plain App with cdktf's settings", async (_, directory, ours) => {
  const plain = join(work.path, "plain");
  rmSync(plain, { recursive: true, force: true });
  const { code, stderr } = await run("node", ["launch.mjs", "bench/plain-app.ts"], {
    DEFINITIONS_DIR: directory,
    CLUSTER_NAME: undefined,
    CDKTF_OUTDIR: plain,
  });

  expect([code, stderr]).toEqual([0, ""]);
  expect({ ...contentsOf(plain), "manifest.json": "" }).toEqual({ ...contentsOf(ours), "manifest.json": "" });
  const manifests = [plain, ours].map((folder) => JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")));
  expect(manifests[1]).toEqual(manifests[0]);
});

test("a run removes the output of removed clusters, unless it selects clusters", async () => {
  const again = join(work.path, "again");
  const stale = join(again, "stacks/gone-example-com-networking");
  mkdirSync(stale, { recursive: true });
  writeFileSync(join(stale, "cdk.tf.json"), "{}");

  await synthesizeFleet(again, definitions, "cluster-1.fleet.example.com");
  expect(existsSync(stale)).toBe(true);
  await synthesizeFleet(again, definitions);
  expect(contentsOf(again)).toEqual(contentsOf(shared));
});

test.each([1, SIZE])(
  "of %d clusters: if one cannot be synthesized, the earlier output stays and one line reports it",
  async (size) => {
    const { clusters } = loadFleet({ directory: definitions, shipped: "definitions", today: "2026-01-01" });
    const broken = clusters
      .slice(0, size)
      .map((cluster, index) => (index === size - 1 ? { ...cluster, tfvars: {} } : cluster));
    const output = join(work.path, `defect-${size}`);
    mkdirSync(join(output, "stacks/earlier"), { recursive: true });
    const synthesizer = new Synthesizer(output, size);
    const failure = await synthesizer.write(broken as Cluster[], { all: true }).catch((error: unknown) => error);
    synthesizer.close();

    expect((failure as Error).message).toMatch(
      /^cluster-\d+\.fleet\.example\.com cannot be synthesized: .+\. This is a defect of the program\. Run it with DEBUG=1 for the details$/,
    );
    expect(readdirSync(output, { recursive: true })).toEqual(["stacks", "stacks/earlier"]);
  },
);

test("after a cluster's file is removed, cdktf synth succeeds and removes its stacks", async () => {
  const fleet = join(work.path, "removed");
  const output = join(work.path, "removed-out");
  mkdirSync(fleet);
  generateFleet(fleet, 2);
  const synth = () =>
    run("node_modules/.bin/cdktf", ["synth", "--output", output], {
      DEFINITIONS_DIR: fleet,
      CLUSTER_NAME: undefined,
      CI: "1",
    });
  expect((await synth()).code).toBe(0);
  rmSync(join(fleet, "clusters/team-1/cluster-1.fleet.example.com.yaml"));
  expect((await synth()).code).toBe(0);
  expect(readdirSync(join(output, "stacks")).map((name) => name.replace("-fleet-example-com-", " "))).toEqual([
    "cluster-0 addons",
    "cluster-0 eks-cluster",
    "cluster-0 eks-workers",
    "cluster-0 networking",
  ]);
});

test("no process stays behind when definitions are refused", async () => {
  const broken = join(work.path, "broken");
  mkdirSync(broken);
  generateFleet(broken, SIZE);
  writeFileSync(join(broken, "clusters/team-0/cluster-0.fleet.example.com.yaml"), "meta: []\n");
  const output = join(work.path, "refused");
  await expect(synthesizeFleet(output, broken)).rejects.toThrow("meta: must be a map of keys, got a list");

  expect(existsSync(output)).toBe(false);
  // With their environments: other tests synthesize too, elsewhere.
  const processes = execFileSync("ps", ["axeww"], { encoding: "utf8" }).split("\n");
  expect(processes.filter((line) => line.includes("synth/shard.ts") && line.includes(output))).toEqual([]);
});
