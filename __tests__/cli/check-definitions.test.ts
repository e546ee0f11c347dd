import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyOfRepository } from "../support/copy-of-repository";
import { definition } from "../support/definition";
import { type Run, run } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const A = "definitions/clusters/a.example.com.yaml";
const B = "definitions/clusters/b.example.com.yaml";

const work = copyOfRepository();
afterAll(() => work.remove());

const inWork = (file: string): string => join(work.path, file);
const git = (...args: string[]) => execFileSync("git", ["-C", work.path, ...args]);
const append = (file: string, text: string): void =>
  writeFileSync(inWork(file), `${readFileSync(inWork(file), "utf8")}${text}`);

/** Runs the command in a copy of the repository with two clusters of its own. */
function checkDefinitions(base = "HEAD"): Promise<Run> {
  const command = `cd "${work.path}" && exec node launch.mjs cli/main.ts check-definitions ${base}`;
  return run("sh", ["-c", command], { CLUSTER_NAME: undefined, DEFINITIONS_DIR: undefined });
}

/** The stacks that were applied, in the order in which they were. */
const applied = ({ stdout }: Run): string[] =>
  [...stdout.matchAll(/✔ terraform apply (\S+)/g)].map(([, stack = ""]) => stack);

beforeAll(() => {
  for (const part of ["accounts", "clusters", "tiers"]) rmSync(inWork(`definitions/${part}`), { recursive: true });
  for (const part of ["accounts", "tiers", "channels.yaml"])
    cpSync(join(SAMPLE_FLEET, part), inWork(`definitions/${part}`), { recursive: true });
  mkdirSync(inWork("definitions/clusters"));
  writeFileSync(inWork(A), definition());
  writeFileSync(inWork(B), definition({ networking: "vpc_cidr: 10.1.0.0/16" }, "b.example.com"));
  git("init", "--quiet");
  git("add", "definitions");
  git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", "base");
});

afterEach(() => {
  git("checkout", "--quiet", ".");
  git("clean", "--quiet", "--force", "definitions");
});

test("applies the cluster whose Terraform changes, and no other", async () => {
  append(B, "  cluster: { zonal_shift: true }\n");
  const ended = await checkDefinitions();

  expect([ended.code, ended.stderr]).toEqual([0, ""]);
  expect(ended.stdout).toContain("compare with HEAD: 1 of 2 clusters change");
  expect(applied(ended)).toEqual(
    ["networking", "eks-cluster", "eks-workers", "addons"].map((stack) => `b-example-com-${stack}`),
  );
}, 60_000);

test("applies a cluster that the base does not have", async () => {
  writeFileSync(
    inWork("definitions/clusters/c.example.com.yaml"),
    definition({ networking: "vpc_cidr: 10.2.0.0/16" }, "c.example.com"),
  );
  const ended = await checkDefinitions();

  expect(ended.stdout).toContain("compare with HEAD: 1 of 3 clusters change");
  expect(applied(ended)[0]).toBe("c-example-com-networking");
}, 60_000);

test.each<[string, () => void]>([
  ["a new comment", () => append(A, "# A comment\n")],
  ["a deleted cluster", () => rmSync(inWork(B))],
])("applies nothing for %s", async (_, change) => {
  change();
  const ended = await checkDefinitions();

  expect([ended.code, applied(ended)]).toEqual([0, []]);
  expect(ended.stdout).toMatch(/compare with HEAD: 0 of [12] clusters change/);
});

test("exits with 1 for a broken definition, and reports the error once", async () => {
  append(B, "  cluster: { zonal_shfit: true }\n");
  const { code, stdout, stderr } = await checkDefinitions();

  expect(code).toBe(1);
  expect(`${stdout}${stderr}`.match(/unknown key "zonal_shfit"/g)).toHaveLength(1);
  expect(stdout).not.toContain("synthesize");
});

test("exits with 1 for a base that does not exist", async () => {
  expect((await checkDefinitions("nothing")).code).toBe(1);
});
