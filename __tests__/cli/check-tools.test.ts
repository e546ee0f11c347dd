import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, scratch } from "../support/run-program";

const work = scratch();
afterAll(() => work.remove());

let folders = 0;

/** Runs the check where only these tools exist, each printing what it is told to. */
async function check(tools: Readonly<Record<string, string>>) {
  folders += 1;
  const bin = join(work.path, `bin${folders}`);
  mkdirSync(bin);
  for (const tool of ["sh", "sed", "head"]) symlinkSync(`/usr/bin/${tool}`, join(bin, tool));
  for (const [tool, output] of Object.entries(tools)) {
    writeFileSync(join(bin, tool), `#!/bin/sh\necho '${output}'\n`);
    chmodSync(join(bin, tool), 0o755);
  }
  return run("/bin/sh", ["cli/check-tools.sh"], { PATH: bin });
}

const GOOD = { node: "v20.12.0", terraform: "Terraform v1.10.0" };
const HOW = {
  node: "Get it from https://nodejs.org or with nvm install 20.",
  terraform: "Get it from https://developer.hashicorp.com/terraform/install or with tfenv install 1.11.4.",
};

test.each([
  ["the oldest supported versions", GOOD],
  ["newer versions", { node: "v24.1.0", terraform: "Terraform v2.0.1" }],
  [
    "a terraform that prints more lines",
    { ...GOOD, terraform: "Terraform v1.11.4\non linux_amd64\n\nYour version is out of date!" },
  ],
])("prints nothing for %s", async (_, tools) => {
  expect(await check(tools)).toEqual({ code: 0, stdout: "", stderr: "" });
});

test.each([
  [
    "node: old",
    { ...GOOD, node: "v18.19.1" },
    `Node 18.19.1 is too old. Install version 20.12 or newer. ${HOW.node}\n`,
  ],
  [
    "node: the right major version, but too old",
    { ...GOOD, node: "v20.11.1" },
    `Node 20.11.1 is too old. Install version 20.12 or newer. ${HOW.node}\n`,
  ],
  [
    "terraform: old",
    { ...GOOD, terraform: "Terraform v1.9.8" },
    `Terraform 1.9.8 is too old. Install version 1.10 or newer. ${HOW.terraform}\n`,
  ],
  ["node: missing", { terraform: GOOD.terraform }, `Node is missing. Install version 20.12 or newer. ${HOW.node}\n`],
  [
    "both missing",
    {},
    `Node is missing. Install version 20.12 or newer. ${HOW.node}\nTerraform is missing. Install version 1.10 or newer. ${HOW.terraform}\n`,
  ],
])("prints the required version and where to get it (%s)", async (_, tools, message) => {
  expect(await check(tools)).toEqual({ code: 1, stdout: "", stderr: message });
});

test.each(["demo", "test", "synth", "cluster"])("make %s stops if a tool is missing", async (target) => {
  const bin = join(work.path, `make-${target}`);
  mkdirSync(bin);
  for (const tool of ["sh", "sed", "head", "make", "date", "touch"]) symlinkSync(`/usr/bin/${tool}`, join(bin, tool));
  const { code, stdout, stderr } = await run("/usr/bin/make", [target], { PATH: bin, MAKEFLAGS: "", MAKELEVEL: "" });

  expect(stdout).toBe("");
  expect(stderr.split("\n").filter((line) => !line.startsWith("make: ***"))).toEqual([
    `Node is missing. Install version 20.12 or newer. ${HOW.node}`,
    `Terraform is missing. Install version 1.10 or newer. ${HOW.terraform}`,
    "",
  ]);
  expect(code).toBe(2);
});
