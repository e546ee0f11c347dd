import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ASSETS } from "../../constructs/assets";
import { copyOfRepository } from "../support/copies/copy-of-repository";
import { contentsOf } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

/** A copy of the program, so that its files can be changed. */
const copy = copyOfRepository();
const inCopy = (path: string): string => join(copy.path, path);
const OUTPUT = inCopy("cdktf.out");
const STORE = inCopy(".fleet/synth");
const CLUSTER = "production.eks.example.com";
const STACK = "stacks/production-eks-example-com-addons";

afterAll(() => copy.remove());

/** Returns the stored files. Each has an identity, because one that is written again is another file. */
function entries(): { readonly path: string; readonly id: string }[] {
  const found = readdirSync(STORE, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = found.map((entry) => join(entry.parentPath, entry.name));
  return paths.map((path) => ({ path, id: `${path} ${statSync(path).ino} ${statSync(path).mtimeMs}` }));
}

/** Synthesizes a cluster with the real program, and returns how many outputs it builds and stores. */
function builtBy(environment: Readonly<Record<string, string>> = {}): number {
  const before = new Set(entries().map(({ id }) => id));
  const { status, stderr } = spawnSync(process.execPath, ["launch.mjs", "main.ts"], {
    cwd: copy.path,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], DEFINITIONS_DIR: SAMPLE_FLEET, CLUSTER_NAME: CLUSTER, ...environment },
  });
  expect([status, stderr.replace(/^.* warning: .*\n/gm, "")]).toEqual([0, ""]);
  return entries().filter(({ id }) => !before.has(id)).length;
}

function replaceIn(path: string, from: string, to: string): void {
  const text = readFileSync(inCopy(path), "utf8");
  expect(text).toContain(from);
  writeFileSync(inCopy(path), text.replace(from, to));
}

let written: Record<string, string>;
beforeAll(() => {
  mkdirSync(STORE, { recursive: true });
  expect(builtBy()).toBe(1);
  written = contentsOf(OUTPUT);
});

test("an unchanged cluster is not built again, whether its output is there or not", () => {
  expect(builtBy()).toBe(0);
  rmSync(OUTPUT, { recursive: true });
  expect(builtBy()).toBe(0);
  expect(contentsOf(OUTPUT)).toEqual(written);
});

test("an output that was edited by hand is written again, and what Terraform leaves beside it stays", () => {
  writeFileSync(join(OUTPUT, STACK, "cdk.tf.json"), "{}");
  writeFileSync(join(OUTPUT, STACK, ".terraform.lock.hcl"), "locked");

  expect(builtBy()).toBe(0);
  expect(contentsOf(OUTPUT)).toEqual({ ...written, [`${STACK}/.terraform.lock.hcl`]: "locked" });
  rmSync(join(OUTPUT, STACK, ".terraform.lock.hcl"));
});

test("a stored output is found for the same definitions in another folder", () => {
  cpSync(SAMPLE_FLEET, inCopy("moved"), { recursive: true });

  expect(builtBy({ DEFINITIONS_DIR: "moved" })).toBe(0);
  expect(contentsOf(OUTPUT)).toEqual(written);
});

test("a damaged stored output is built again", () => {
  const [stored] = entries();
  truncateSync(stored?.path ?? "", 1000);
  expect(builtBy()).toBe(1);

  truncateSync(stored?.path ?? "", statSync(stored?.path ?? "").size - 100);
  rmSync(OUTPUT, { recursive: true });
  expect(builtBy()).toBe(1);
  expect(contentsOf(OUTPUT)).toEqual(written);
});

test("nothing is read from the store or written to it with FLEET_NO_CACHE", () => {
  for (const { path } of entries()) truncateSync(path, 0);

  expect(builtBy({ FLEET_NO_CACHE: "1" })).toBe(0);
  expect(contentsOf(OUTPUT)).toEqual(written);
});

test("FLEET_CACHE_DIR names another store", () => {
  expect(builtBy({ FLEET_CACHE_DIR: ".fleet/synth/elsewhere" })).toBe(1);
  expect(entries().filter(({ path }) => path.includes("elsewhere"))).toHaveLength(1);
});

test.each<[string, () => void, Readonly<Record<string, string>>]>([
  ["the code", () => replaceIn("constructs/helm/release-settings.ts", "maxHistory: 5", "maxHistory: 6"), {}],
  ["data that the code imports", () => replaceIn("aws/data/ami.json", "{", "{ "), {}],
  ["a package", () => replaceIn("package-lock.json", "{", "{ "), {}],
  ["a file that is copied", () => replaceIn(`${ASSETS.manifests}/Chart.yaml`, "\n", "\n# changed\n"), {}],
  ["the context of cdktf", () => {}, { CDKTF_CONTEXT_JSON: '{"a":1}' }],
])("a cluster is built again after a change of %s", (_, change, environment) => {
  builtBy(); // whatever an earlier test left
  change();

  expect(builtBy(environment)).toBe(1);
  expect(builtBy(environment)).toBe(0);
});
