import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, scratch } from "../support/run-program";

const work = scratch();
afterAll(() => work.remove());

let folders = 0;

/** Runs the check where only these tools exist, each printing what it is told to. */
async function check(tools: Readonly<Record<string, string>>, needed: readonly string[] = ["terraform"], binary = "") {
  folders += 1;
  const bin = join(work.path, `bin${folders}`);
  mkdirSync(bin);
  for (const tool of ["sh", "sed", "head"]) symlinkSync(`/usr/bin/${tool}`, join(bin, tool));
  for (const [tool, output] of Object.entries(tools)) {
    writeFileSync(join(bin, tool), `#!/bin/sh\necho '${output}'\n`);
    chmodSync(join(bin, tool), 0o755);
  }
  return run("/bin/sh", ["cli/check-tools.sh", ...needed], { PATH: bin, TERRAFORM_BINARY_NAME: binary });
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

describe("OpenTofu", () => {
  const tofu = { node: GOOD.node, tofu: "OpenTofu v1.10.6\non linux_amd64" };

  test("is accepted in place of Terraform when TERRAFORM_BINARY_NAME names it", async () => {
    expect(await check(tofu, ["terraform"], "tofu")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("is refused before 1.10", async () => {
    const { code, stderr } = await check({ ...tofu, tofu: "OpenTofu v1.9.1" }, ["terraform"], "tofu");

    expect([code, stderr]).toEqual([
      1,
      "OpenTofu 1.9.1 is too old. Install version 1.10 or newer. Get it from https://opentofu.org/docs/intro/install.\n",
    ]);
  });

  test("is offered when it is installed and Terraform is not", async () => {
    const { code, stderr } = await check(tofu);

    expect([code, stderr]).toEqual([
      1,
      "Terraform is missing. Install version 1.10 or newer. Or use OpenTofu 1.10.6, which was found: set TERRAFORM_BINARY_NAME=tofu.\n",
    ]);
  });
});

test("names a TERRAFORM_BINARY_NAME that cannot be run", async () => {
  const { code, stderr } = await check(GOOD, ["terraform"], "tofo");

  expect([code, stderr]).toEqual([
    1,
    "TERRAFORM_BINARY_NAME is tofo, which is not Terraform or OpenTofu, or cannot be run.\n",
  ]);
});

test("requires no tool that the command does not use", async () => {
  expect(await check({ node: GOOD.node }, [])).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("requires a version of the AWS CLI whose tokens EKS accepts", async () => {
  const how = "Get it from https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html.";
  const aws = (version: string) => check({ node: GOOD.node, aws: `aws-cli/${version} Python/3.12` }, ["aws"]);

  expect(await aws("1.24.0")).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(await aws("2.7.1")).toEqual({ code: 0, stdout: "", stderr: "" });
  expect((await aws("1.23.9")).stderr).toBe(`The AWS CLI 1.23.9 is too old. Install version 1.24 or newer. ${how}\n`);
});

/** Runs make where there is no tool but those of every system, and returns what it prints itself. */
async function make(target: string): Promise<readonly string[]> {
  const bin = join(work.path, `make-${target}`);
  mkdirSync(bin);
  for (const tool of ["sh", "sed", "head", "make", "date", "touch"]) symlinkSync(`/usr/bin/${tool}`, join(bin, tool));
  const { code, stdout, stderr } = await run("/usr/bin/make", [target], {
    PATH: bin,
    MAKEFLAGS: "",
    MAKELEVEL: "",
    TERRAFORM_BINARY_NAME: "",
  });

  expect([code, stdout]).toEqual([2, ""]);
  return stderr.split("\n").filter((line) => line !== "" && !line.startsWith("make: ***"));
}

const MISSING = {
  node: `Node is missing. Install version 20.12 or newer. ${HOW.node}`,
  terraform: `Terraform is missing. Install version 1.10 or newer. ${HOW.terraform}`,
  aws: "The AWS CLI is missing. Install version 1.24 or newer. Get it from https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html.",
};

test.each(["demo", "test", "test-all", "synth"])("make %s needs Node and Terraform", async (target) => {
  expect(await make(target)).toEqual([MISSING.node, MISSING.terraform]);
});

test.each(["validate", "ranges", "capacity", "generate"])("make %s needs Node alone", async (target) => {
  expect(await make(target)).toEqual([MISSING.node]);
});

test.each(["plan", "cluster"])("make %s needs the AWS CLI too", async (target) => {
  expect(await make(target)).toEqual([MISSING.node, MISSING.terraform, MISSING.aws]);
});

test("make refuses a setting that no command reads", async () => {
  const { code, stdout, stderr } = await run("make", ["validate", "CLUSTER=a"], { MAKEFLAGS: "", MAKELEVEL: "" });

  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(
    "unknown setting CLUSTER. Settings are CLUSTER_NAME DEFINITIONS_DIR BASE TERRAFORM_BINARY_NAME VERIFY_CONTEXT CHARTS_DIR",
  );
});

test("make explains how to select a cluster if a name is given as a command", async () => {
  const { code, stderr } = await run("make", ["a.example.com"], { MAKEFLAGS: "", MAKELEVEL: "" });

  expect(code).toBe(2);
  expect(stderr).toContain(
    "a.example.com is no command. make help lists the commands. A cluster is selected with CLUSTER_NAME=a.example.com",
  );
});

/** Runs the installation with an npm that ends after some seconds with an exit code. */
function install(seconds: number, code: number) {
  const root = join(work.path, `install-${seconds}-${code}`);
  for (const folder of ["bin", "cli", "node_modules"]) mkdirSync(join(root, folder), { recursive: true });
  copyFileSync("cli/install-packages.sh", join(root, "cli/install-packages.sh"));
  writeFileSync(join(root, "bin/npm"), `#!/bin/sh\nsleep ${seconds}\nexit ${code}\n`);
  chmodSync(join(root, "bin/npm"), 0o755);
  return run("sh", [join(root, "cli/install-packages.sh")], { PATH: `${join(root, "bin")}:${process.env["PATH"]}` });
}

test("the installation of packages prints a line at its start and every 10 seconds", async () => {
  const { code, stdout } = await install(11, 0);

  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^installing packages: .+\nstill installing packages \[1\ds\]\n✔ install packages \[1\ds\]\n$/,
  );
});

test("a failed installation of packages names the network as the likely cause", async () => {
  const { code, stderr } = await install(0, 1);

  expect(code).toBe(1);
  expect(stderr).toContain("npm could not install the packages. If it could not reach the registry");
});
