import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CI_SYSTEMS, type CiSystem } from "../../../../fleet/schema/pipelines";
import type { PipelinesReport } from "../../../../pipelines/report";
import { smallFleet } from "../../../support/pipelines/running/small-fleet";
import { runFleet } from "../../../support/run-fleet";
import { contentsOf, type Run, scratch } from "../../../support/run-program";

const work = scratch();
const repository = join(work.path, "repository");
const definitions = join(work.path, "definitions");
const program = process.cwd();
afterAll(() => work.remove());
afterEach(() => process.chdir(program));
beforeEach(() => {
  process.chdir(work.path); // CODEOWNERS has paths as they are from here
  for (const folder of [repository, definitions]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(repository);
  for (const [name, text] of Object.entries(smallFleet("github", "https://status.example.com/")))
    if (name.startsWith("definitions/")) write(join(work.path, name), text);
});

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Changes the one line that names the CI system. */
function moveTo(system: CiSystem): void {
  const file = join(definitions, "pipelines.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^system: .*$/m, `system: ${system}`));
}

const generate = (...flags: string[]): Promise<Run> =>
  runFleet(["pipelines", "generate", "--out", "repository", ...flags], { definitions: "definitions" });
const files = (): string[] => Object.keys(contentsOf(repository)).sort();

test("one line moves the pipelines to another system: the files of the one before go, and the check passes", async () => {
  const places: Record<CiSystem, RegExp> = {
    github: /^\.github\//,
    gitlab: /^\.gitlab(?:-ci\.yml|\/CODEOWNERS)$/,
    concourse: /^concourse\//,
    prow: /^(?:prow\/|\.github\/CODEOWNERS$)/,
  };
  for (const system of CI_SYSTEMS) {
    moveTo(system);
    expect([system, (await generate("--check")).code]).toEqual([system, 2]);
    expect([system, (await generate()).code]).toEqual([system, 0]);
    expect(files().filter((file) => !places[system].test(file))).toEqual([]);
    expect([system, (await generate("--check")).code, files().length > 0]).toEqual([system, 0, true]);
  }
});

test("a file that somebody wrote is never overwritten, and nothing else is written either", async () => {
  write(join(repository, ".github/workflows/deploy.yml"), "name: mine\n");
  const { code, stderr } = await generate();

  expect([code, stderr]).toEqual([
    1,
    ".github/workflows/deploy.yml would be overwritten, but is not generated. Remove or rename the file first\n",
  ]);
  expect(files()).toEqual([".github/workflows/deploy.yml"]);
});

test("a hand-written workflow stays beside the generated ones, and a generated one that nothing requires is removed", async () => {
  await generate();
  const drift = readFileSync(join(repository, ".github/workflows/drift.yml"), "utf8");
  write(join(repository, ".github/workflows/mine.yml"), "name: mine\n");
  write(join(repository, ".github/workflows/older.yml"), drift);
  const { stdout } = await generate("--json");

  expect((JSON.parse(stdout) as PipelinesReport).files.filter(({ state }) => state !== "same")).toEqual([
    { path: ".github/workflows/older.yml", state: "removed" },
  ]);
  expect(existsSync(join(repository, ".github/workflows/mine.yml"))).toBe(true);
  expect(existsSync(join(repository, ".github/workflows/older.yml"))).toBe(false);
});

test("the check finds a generated file that was edited by hand, and leaves it as it is", async () => {
  await generate();
  const file = join(repository, ".github/workflows/deploy.yml");
  const edited = readFileSync(file, "utf8").replace("fleet ci guard", "true");
  writeFileSync(file, edited);
  const { code, stdout } = await generate("--check");

  expect([code, stdout]).toEqual([2, expect.stringContaining(".github/workflows/deploy.yml")]);
  expect(readFileSync(file, "utf8")).toBe(edited);
});
