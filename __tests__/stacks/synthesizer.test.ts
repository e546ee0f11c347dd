import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateFleet } from "../../bench/generated-fleet";
import { run, scratch, synthesizeFleet } from "../support/run-program";

const work = scratch();
const definitions = join(work.path, "definitions");
/** More than are worth sharing among processes, and no multiple of a batch. */
const SIZE = 11;

beforeAll(() => {
  mkdirSync(definitions);
  generateFleet(definitions, SIZE);
});
afterAll(() => work.remove());

/** Every file below a folder, with its content. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

test("shared among processes, built one by one, and built again: the same files, byte for byte", async () => {
  await synthesizeFleet(join(work.path, "shared"), definitions);
  await synthesizeFleet(join(work.path, "again"), definitions);
  // By selection, so few at a time that no other process is started.
  const names = Array.from({ length: SIZE }, (_, index) => `cluster-${index}.fleet.example.com`);
  for (const few of [names.slice(0, 6), names.slice(6)]) {
    await synthesizeFleet(join(work.path, "single"), definitions, few.join());
  }
  const shared = contents(join(work.path, "shared"));
  const single = contents(join(work.path, "single"));

  expect(Object.keys(shared).filter((file) => file.endsWith("cdk.tf.json"))).toHaveLength(SIZE * 4);
  expect(contents(join(work.path, "again"))).toEqual(shared);
  expect({ ...single, "manifest.json": "" }).toEqual({ ...shared, "manifest.json": "" }); // of one it lists one
}, 60_000);

test.each([
  ["the generated fleet", definitions],
  ["the samples", "definitions"],
])(
  "%s: the same as one plain App with cdktf's own settings makes",
  async (_, directory) => {
    const [plain, ours] = [join(work.path, `plain-${directory.length}`), join(work.path, `ours-${directory.length}`)];
    await synthesizeFleet(ours, directory);
    const { code, stderr } = await run("node", ["launch.mjs", "bench/plain-app.ts"], {
      DEFINITIONS_DIR: directory,
      CLUSTER_NAME: undefined,
      CDKTF_OUTDIR: plain,
    });

    expect([code, stderr]).toEqual([0, ""]);
    expect({ ...contents(plain), "manifest.json": "" }).toEqual({ ...contents(ours), "manifest.json": "" });
    const manifests = [plain, ours].map((folder) => JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")));
    expect(manifests[1]).toEqual(manifests[0]);
  },
  60_000,
);

test("what earlier runs left of clusters that are gone goes, unless only some were asked for", async () => {
  const output = join(work.path, "stale");
  const stale = join(output, "stacks/gone-example-com-networking");
  mkdirSync(stale, { recursive: true });
  writeFileSync(join(stale, "cdk.tf.json"), "{}");

  await synthesizeFleet(output, definitions, "cluster-1.fleet.example.com");
  expect(existsSync(stale)).toBe(true);
  await synthesizeFleet(output, definitions);
  expect(existsSync(stale)).toBe(false);
});

test("no process stays behind when definitions are refused", async () => {
  const broken = join(work.path, "broken");
  mkdirSync(broken);
  generateFleet(broken, SIZE);
  writeFileSync(join(broken, "clusters/team-0/cluster-0.fleet.example.com.yaml"), "meta: []\n");
  await expect(synthesizeFleet(join(work.path, "refused"), broken)).rejects.toThrow(
    "meta: must be a map of keys, got a list",
  );

  expect(existsSync(join(work.path, "refused"))).toBe(false);
  expect(execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })).not.toContain("stacks/shard.ts");
});
