import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { FILE, NAME, versionedFleet, withVersion } from "../support/copies/versioned-fleet";
import { type Run, run } from "../support/run-program";

const TODAY = "2026-08-17";
const repository = versionedFleet();

/** Runs `fleet validate` with a text in the cluster's file. */
async function validate(text: string, ...args: readonly string[]): Promise<Run> {
  repository.write({ [FILE]: text });
  return await run("cli/fleet.mjs", ["validate", "--today", TODAY, ...args], {
    DEFINITIONS_DIR: repository.path,
    CLUSTER_NAME: undefined,
  });
}

const VALID = withVersion("1.35");
const BROKEN = VALID.replace("  cluster:\n", "  cluster:\n    kubernets_version: 1\n");

test("prints problems on stderr, counts on stdout, and ends with 1 for an error", async () => {
  const { code, stderr, stdout } = await validate(BROKEN);

  expect(stderr).toContain('error: tfvars.cluster.kubernets_version: unknown key "kubernets_version"');
  expect([code, stdout]).toEqual([1, "definitions: 17, errors: 1, warnings: 2\n"]);
});

test("an error elsewhere does not concern a file", async () => {
  const { code, stdout } = await validate(BROKEN, join(repository.path, "clusters/acme/shop.acme.example.net.yaml"));

  expect([code, stdout]).toEqual([0, "definitions: 1, errors: 0, warnings: 0\n"]);
});

test("files that are no definitions are fine, with names of clusters beside them, but one that never existed is a warning", async () => {
  const { code, stderr, stdout } = await validate(VALID, "README.md", "no/such/file", NAME);

  expect([code, stdout]).toEqual([0, "definitions: 1, errors: 0, warnings: 0\n"]);
  expect(stderr).toMatch(/^warning: no\/such\/file does not exist, and was not in the last commit either\. /);
  expect(stderr).not.toContain("README.md");
});

test("--strict ends with 2 for a warning", async () => {
  expect((await validate(VALID, "--strict", "production.eks.example.com")).code).toBe(2);
});

test("an unknown name is an error, and does not mention a variable that is not set", async () => {
  const { code, stderr } = await validate(VALID, "stagin.dev.example.com");

  expect([code, stderr.includes("CLUSTER_NAME")]).toEqual([1, false]);
  expect(stderr).toContain(`no cluster is named "stagin.dev.example.com". Did you mean "${NAME}"?`);
});

test("--base refuses a Kubernetes version that skips a minor version", async () => {
  const { code, stdout } = await validate(withVersion("1.33"), "--base", "HEAD", "--json", NAME);

  expect([code, JSON.parse(stdout)]).toMatchObject([
    1,
    {
      base: { ref: "HEAD", commit: repository.git("rev-parse", "HEAD").trim(), refused: [] },
      problems: expect.arrayContaining([expect.objectContaining({ rule: "version-steps" })]),
    },
  ]);
});

test("SARIF names files relative to the repository of the definitions", async () => {
  const { code, stdout } = await validate(BROKEN, "--format", "sarif", NAME);

  expect(code).toBe(1);
  expect(stdout).toContain(`"uri": "${FILE}"`);
});

test("the hook of pre-commit checks the files that it is given", async () => {
  const [hook] = parse(readFileSync(".pre-commit-hooks.yaml", "utf8")) as [
    { readonly entry: string; readonly files: string },
  ];
  repository.write({ [FILE]: BROKEN });
  const files = [join(repository.path, FILE), "README.md"];
  const { code, stdout } = await run("sh", ["-c", `${hook.entry} ${files.join(" ")}`], {
    DEFINITIONS_DIR: repository.path,
    CLUSTER_NAME: undefined,
  });

  expect([code, stdout]).toEqual([1, "definitions: 1, errors: 1, warnings: 0\n"]);
  expect(`definitions/${FILE}`).toMatch(new RegExp(hook.files));
});
