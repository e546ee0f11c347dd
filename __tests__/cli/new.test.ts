import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runFleet, runFleetProcess } from "../support/run-fleet";
import { scratch } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const work = scratch();
const definitions = join(work.path, "definitions");
const REQUEST = ["--owner", "search", "--account", "sandbox", "--tier", "development", "--region", "eu-west-1"];
const FILE = join(definitions, "clusters/search/search.dev.example.com.yaml");

beforeAll(() => cpSync(SAMPLE_FLEET, definitions, { recursive: true }));
afterAll(() => work.remove());

test("a dry run prints the files and writes none", async () => {
  const { code, stdout } = await runFleet(["new", "search.dev.example.com", ...REQUEST, "--dry-run"], { definitions });
  expect(code).toBe(0);
  expect(stdout).toContain(`# ${FILE}\n# yaml-language-server`);
  expect([existsSync(FILE), existsSync(join(definitions, "ranges.yaml"))]).toEqual([false, false]);
});

test("new writes a cluster that validates, and a second time refuses its name", async () => {
  const { code, stdout, stderr } = await runFleetProcess(["new", "search.dev.example.com", ...REQUEST], {
    definitions,
  });
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
  expect(stdout).toContain(`wrote ${FILE}\nwrote ${join(definitions, "ranges.yaml")}\n`);
  expect(readFileSync(join(definitions, "ranges.yaml"), "utf8")).toMatch(
    /^ {2}10\.\d+\.0\.0\/16: search\.dev\.example\.com$/m,
  );

  expect(await runFleet(["new", "search.dev.example.com", ...REQUEST], { definitions })).toEqual({
    code: 1,
    stdout: "",
    stderr: "<CLUSTER_NAME> search.dev.example.com exists already. Choose another name, or edit its file\n",
  });
});

test("what the loader refuses leaves every file as it was", async () => {
  const before = readFileSync(join(definitions, "ranges.yaml"), "utf8");
  const { code, stderr } = await runFleet(
    ["new", "b.dev.example.com", ...REQUEST, "--zones", "eu-west-1z,eu-west-1y"],
    { definitions },
  );

  expect([code, stderr]).toEqual([1, expect.stringContaining("eu-west-1z")]);
  expect(existsSync(join(definitions, "clusters/search/b.dev.example.com.yaml"))).toBe(false);
  expect(readFileSync(join(definitions, "ranges.yaml"), "utf8")).toBe(before);
});
