import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { copyOfRepository } from "./support/copies/copy-of-repository";
import { run } from "./support/run-program";

describe("a repository with an account and a cluster of its own, and none of the samples", () => {
  const copy = copyOfRepository();
  afterAll(() => copy.remove());

  const inCopy = (command: string) =>
    run("sh", ["-c", `cd ${copy.path} && ${command}`], { DEFINITIONS_DIR: undefined, CLUSTER_NAME: undefined });

  /** The first whole YAML file that a page shows. */
  const shown = (page: string): string => /```yaml\n((?:id|#)[\s\S]*?)```/.exec(readFileSync(page, "utf8"))?.[1] ?? "";

  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(copy.path, file)), { recursive: true });
    writeFileSync(join(copy.path, file), text);
  };

  beforeAll(() => {
    for (const folder of ["accounts", "clusters"]) rmSync(join(copy.path, "definitions", folder), { recursive: true });
    write("definitions/accounts/sandbox.yaml", shown("docs/getting-started.md"));
    write("definitions/clusters/search/search.dev.example.com.yaml", shown("docs/adding-a-cluster.md"));
    write("definitions/tiers/trial.yaml", "tfvars: {}\n");
    write("definitions/tiers/production.yaml", "tfvars: {}\n");
  });

  // The others are about waves and owners of the samples that have no cluster any more.
  test("is valid, and is asked for a domain by one of five warnings", async () => {
    const { code, stdout, stderr } = await inCopy("node cli/fleet.mjs validate");

    expect([code, stdout]).toEqual([0, "definitions: 1, errors: 0, warnings: 5\n"]);
    expect(stderr).toContain(
      "external_dns and cert_manager of platform development stay off, because no domain is set",
    );
  });

  test("passes the tests of the pages and of the tiers", async () => {
    const { code, stderr } = await inCopy("npx jest __tests__/docs/docs.test.ts __tests__/fleet/tiers.test.ts");

    expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  }, 180_000);
});
