import { spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { resolve } from "node:path";
import { printRefused } from "../../cli/shared/definitions";
import { version } from "../../package.json";
import { runFleet, runFleetProcess } from "../support/run-fleet";
import { scratch } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

/** A path that cannot exist, and a name that no file system accepts. */
const IN_A_FILE = "package.json/x";
const LONG = "x".repeat(300);
const INIT = "--account-id 123456789012 --region eu-west-1 --domain dev.example.com --skip-rehearsal".split(" ");

test("fleet prints the version of the package", async () => {
  expect(await runFleetProcess(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test("a misspelled command ends with 1 and a suggestion", async () => {
  expect(await runFleetProcess(["lits"])).toEqual({
    code: 1,
    stdout: "",
    stderr: "error: unknown command 'lits'\n(Did you mean list?)\nfleet --help lists the commands\n",
  });
});

test.each([
  [["help", "lits"], "error: unknown command 'lits'\n(Did you mean list?)\nfleet --help lists the commands\n"],
  [
    ["help", "rollout", "pln"],
    "error: unknown command 'pln'\n(Did you mean plan?)\nfleet rollout --help lists the commands\n",
  ],
])("help for a command that does not exist ends with 1: %j", async (args, stderr) => {
  expect(await runFleetProcess(args)).toEqual({ code: 1, stdout: "", stderr });
});

test("help for a command prints what its --help prints", async () => {
  const help = await runFleetProcess(["help", "rollout", "plan"]);
  expect(help).toEqual(await runFleetProcess(["rollout", "plan", "--help"]));
});

test("a misspelled flag ends with 1 and a suggestion", async () => {
  expect(await runFleetProcess(["list", "--jsn"])).toEqual({
    code: 1,
    stdout: "",
    stderr: "error: unknown option '--jsn'\n(Did you mean --json?)\nfleet list --help lists arguments and flags\n",
  });
});

test("an unknown cluster ends with 1 and a suggestion, without a stack trace", async () => {
  expect(await runFleetProcess(["list", "staging.dev.exampel.com"])).toEqual({
    code: 1,
    stdout: "",
    stderr: 'error: no cluster is named "staging.dev.exampel.com". Did you mean "staging.dev.example.com"?\n1 error\n',
  });
});

test.each([
  [["list", "--today", "2026-02-30"], '--today must be a day, such as 2026-11-30, but is "2026-02-30"\n'],
  // A variable of a script that is not set.
  [
    ["list", "staging.dev.example.com", ""],
    "an argument is empty. Expected [clusters...]: names or globs of clusters; by default those in CLUSTER_NAME, or all\nfleet list --help lists arguments and flags\n",
  ],
  [
    ["list", "--tier", " "],
    "--tier is empty. Expected <name>: clusters of this tier\nfleet list --help lists arguments and flags\n",
  ],
  [["guard", IN_A_FILE], `error: ${IN_A_FILE} is below a file instead of a folder. Check its spelling\n`],
  [["import", "eksctl", LONG], `${LONG} is longer than the file system allows. Use a shorter name\n`],
  [["adopt", "a", "--inventory", "docs"], "docs is a folder. Name a file\n"],
  [["init", IN_A_FILE, ...INIT], `${resolve(IN_A_FILE)} is below a file instead of a folder. Check its spelling\n`],
  [["upgrade-check", "--to", IN_A_FILE], `${IN_A_FILE} is below a file instead of a folder. Check its spelling\n`],
  [
    ["import", "eksctl", "docs/examples/import/eksctl.yaml", "--zones", "eu-west-1a"],
    "docs/examples/import/eksctl.yaml names its zones, so --zones has no effect. Remove the flag\n",
  ],
])("wrong input ends with 1 and a sentence: %j", async (args, stderr) => {
  expect(await runFleet(args)).toEqual({ code: 1, stdout: "", stderr });
});

test.each(["rehearse", "diff", "affected"])(
  "fleet %s reports an unknown name before a base that cannot be opened",
  async (command) => {
    const work = scratch();
    cpSync(SAMPLE_FLEET, work.path, { recursive: true });
    const { code, stderr } = await runFleet([command, "nope"], { definitions: work.path });
    work.remove();

    expect([code, stderr]).toEqual([1, expect.stringContaining('error: no cluster is named "nope". Known: ')]);
  },
);

test("the name of a refused file cannot write control characters or lines of its own", () => {
  const error = jest.spyOn(console, "error").mockImplementation();
  printRefused({ errors: [], refused: ["e\u001b[31m\nx"], refusedForPeers: [] });
  expect(error.mock.calls).toEqual([["The answer leaves out e\\u001b[31m\\u000ax"]]);
  error.mockRestore();
});

test("a reader that stops reading ends the command quietly", async () => {
  const child = spawn("cli/fleet.mjs", ["list", "--json"], {
    env: { ...process.env, DEFINITIONS_DIR: SAMPLE_FLEET },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));

  expect([code, stderr]).toEqual([0, ""]);
});

test("list prints the selected clusters as a table of 80 columns in a pipe", async () => {
  const { code, stderr, stdout } = await runFleetProcess(["list", "staging.*", "--today", "2026-11-30"]);

  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.split("\n")).toEqual([
    "name          account/     tier     release  k8s         stacks  owner",
    "              region",
    "staging.dev.  sandbox/eu-  staging  stable:  1.35, 117d  4       platform",
    "example.com   west-1                2026.10",
    "",
  ]);
});
