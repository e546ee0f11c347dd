import { spawn } from "node:child_process";
import { printRefused } from "../../cli/shared/definitions";
import { version } from "../../package.json";
import { runFleet, runFleetProcess } from "../support/run-fleet";
import { SAMPLE_FLEET } from "../support/sample-fleet";

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
    "a name of a cluster is empty. Name the cluster, or use '*' for all clusters\n",
  ],
])("wrong input ends with 1 and a sentence: %j", async (args, stderr) => {
  expect(await runFleet(args)).toEqual({ code: 1, stdout: "", stderr });
});

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
