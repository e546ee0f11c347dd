import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { InitReport } from "../../operations/init/report";
import { wrongInAnswer } from "../support/answer";
import { PseudoTerminal } from "../support/pseudo-terminal";
import { contentsOf, type Run, run, scratch } from "../support/run-program";

const work = scratch();
afterAll(() => work.remove());

const ENVIRONMENT = { DEFINITIONS_DIR: undefined, CLUSTER_NAME: undefined, FORCE_COLOR: undefined };
const ANSWERS = ["--account-id", "123456789012", "--region", "eu-west-1", "--domain", "dev.example.com"];

/** Begins a repository in a folder below the scratch folder, without a rehearsal. */
const init = (folder: string, ...args: string[]): Promise<Run> =>
  run("cli/fleet.mjs", ["init", join(work.path, folder), "--skip-rehearsal", ...args], ENVIRONMENT);

const PIPELINE = ".github/workflows/pull-request.yml";

const statesOf = ({ stdout }: Run): Record<string, string> =>
  Object.fromEntries((JSON.parse(stdout) as InitReport).files.map(({ path, state }) => [path, state]));

test("without a terminal, every missing answer is named and nothing is written", async () => {
  expect(await init("none")).toEqual({
    code: 1,
    stdout: "",
    stderr: `--account-id is required: the 12 digits of the AWS account
--region is required: the AWS region, such as eu-west-1
--domain is required: the domain below which clusters get their names, such as dev.example.com
`,
  });
  expect(existsSync(join(work.path, "none"))).toBe(false);
});

test("a folder with other content is refused together with what else is wrong", async () => {
  mkdirSync(join(work.path, "used/src"), { recursive: true });
  const { code, stderr } = await init("used", ...ANSWERS, "--region", "eu-west1");

  expect([code, stderr]).toEqual([
    1,
    `--region unknown region "eu-west1". Did you mean "eu-west-1"?
${join(work.path, "used")} contains src, which is no fleet of clusters. Name another folder, or use --yes to write beside it
`,
  ]);
});

test("a repository is written, and a second run writes only what is missing", async () => {
  const folder = join(work.path, "own");
  const answers = [...ANSWERS, "--ci", "github", "--repository", "acme/clusters"];
  const first = await init("own", ...answers, "--json");
  expect([first.code, wrongInAnswer("init", first.stdout)]).toEqual([0, null]);
  expect(new Set(Object.values(statesOf(first)))).toEqual(new Set(["written"]));
  expect(JSON.parse(first.stdout)).toMatchObject({
    folder,
    cluster: "first.dev.example.com",
    errors: 0,
    warnings: 1,
    rehearsal: null,
  });

  expect(readFileSync(join(folder, "definitions/pipelines.yaml"), "utf8")).toContain(
    'platform_team: ["@acme/platform"]',
  );
  writeFileSync(join(folder, "main.ts"), "// ours\n");
  writeFileSync(join(folder, PIPELINE), `${readFileSync(join(folder, PIPELINE), "utf8")}# ours\n`);
  writeFileSync(join(folder, "definitions/tiers/staging.yaml"), "tfvars: {}\n");
  for (const file of ["cdktf.json", "definitions/schema/names.schema.json"]) rmSync(join(folder, file));
  const before = contentsOf(folder);
  const again = await init("own", ...answers, "--json");

  expect([again.code, Object.entries(statesOf(again)).filter(([, state]) => state !== "unchanged")]).toEqual([
    0,
    [
      ["cdktf.json", "written"],
      ["main.ts", "kept"],
      ["definitions/tiers/staging.yaml", "kept"],
      ["definitions/schema/names.schema.json", "written"],
      [PIPELINE, "kept"],
    ],
  ]);
  expect(contentsOf(folder)).toMatchObject(before);
});

test("a run that cannot write one file writes none", async () => {
  const folder = join(work.path, "broken");
  mkdirSync(folder);
  writeFileSync(join(folder, "definitions"), "a file");
  const { code, stderr } = await init("broken", ...ANSWERS);

  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/^cannot write .*: (ENOTDIR|EEXIST)\. Nothing was written\n$/),
  ]);
  expect(readdirSync(folder)).toEqual(["definitions"]);
});

test("with --yes, files are written beside other content, but not through a broken link", async () => {
  const folder = join(work.path, "linked");
  mkdirSync(join(folder, "src"), { recursive: true });
  symlinkSync(join(work.path, "elsewhere"), join(folder, "README.md"));
  const result = await init("linked", ...ANSWERS, "--yes", "--json");

  expect([result.code, statesOf(result)["README.md"], existsSync(join(work.path, "elsewhere"))]).toEqual([
    0,
    "kept",
    false,
  ]);
});

test("without Terraform, the cluster is validated and the reason is shown", async () => {
  const folder = join(work.path, "bare folder");
  const { code, stdout } = await run("cli/fleet.mjs", ["init", folder, ...ANSWERS], {
    ...ENVIRONMENT,
    TERRAFORM_BINARY_NAME: "no-terraform",
  });

  expect(code).toBe(0);
  expect(stdout).toContain(
    "definitions: valid, warnings: 1\nnot rehearsed: no-terraform cannot be run. Install Terraform 1.10",
  );
  expect(stdout).toContain("then run npx fleet rehearse first.dev.example.com --base none");
  expect(stdout).toContain(`\n  cd '${folder}'\n  npm install\n`);
});

test("--no-cluster leaves a repository to which fleet new adds the first cluster", async () => {
  const folder = join(work.path, "empty");
  expect((await init("empty", ...ANSWERS, "--no-cluster")).code).toBe(0);
  const { code, stdout } = await run(
    "cli/fleet.mjs",
    ["new", "web.dev.example.com", "--owner", "web", "--tier", "development", "--region", "eu-west-1"],
    { ...ENVIRONMENT, DEFINITIONS_DIR: join(folder, "definitions") },
  );

  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining(
      "web.dev.example.com has 10.64.0.0/16 of account sandbox in eu-west-1, tier development, preset small, and belongs to web.\nDefaults were used for --account, --preset.\n",
    ),
  ]);
});

test("on a terminal it asks every question, and again after a wrong answer", async () => {
  const folder = join(work.path, "asked");
  const args = ["init", folder, "--skip-rehearsal", "--tier", "staging"];
  const terminal = new PseudoTerminal("cli/fleet.mjs", args, ENVIRONMENT, { columns: 120 });
  const answer = async (question: string, keys: string): Promise<void> => {
    await terminal.shows(question);
    terminal.type(keys);
  };
  try {
    await answer("The 12 digits of the AWS account:", "123\r");
    await answer('got "123"', "456789012\r");
    await answer("The name of the account in definitions:", "\r");
    await answer("The AWS region, such as eu-west-1:", "us-gov-w");
    await answer("us-gov-west-1", "\r");
    await answer("The domain below which", "dev.example.com\r");
    await answer("Route 53 zone", "\r");
    await answer("The range for the networks", "\r");
    await answer("The IAM role of the people", "\r");
    await answer("The team that owns", "web\r");
    await answer("The name of the first cluster:", "\r");
    await answer("The CI system that runs the pipelines:", "\r");

    expect([await terminal.ended, terminal.lines().join("\n")]).toEqual([
      0,
      expect.stringContaining("definitions: valid"),
    ]);
  } finally {
    terminal.close();
  }
  const file = join(folder, "definitions/accounts/sandbox.yaml");
  expect(readFileSync(file, "utf8")).toContain("deploy: arn:aws-us-gov:iam::123456789012:role/cluster-deploy");
  expect(existsSync(join(folder, "definitions/clusters/web/first.dev.example.com.yaml"))).toBe(true);
});
