import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Files, SMALLEST, withDefinitions } from "./support/definitions";

const FILE = "clusters/a.example.com.yaml";
const second = `${SMALLEST.replace("a.example.com", "b.example.com")}  networking: { vpc_cidr: 10.1.0.0/16 }\n`;

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The stacks that were written; undefined if there is no output directory. */
  readonly stacks: readonly string[] | undefined;
  /** Everything that is in the directory of definitions afterwards. */
  readonly left: readonly string[];
}

/** Runs the real program as `cdktf synth` does. */
function run(files: Files, environment: Readonly<Record<string, string>> = {}): Run {
  return withDefinitions(files, (directory) => {
    const outdir = join(directory, "out");
    const { status, stdout, stderr } = spawnSync(process.execPath, ["launch.mjs", "main.ts"], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], DEFINITIONS_DIR: directory, CDKTF_OUTDIR: outdir, ...environment },
    });
    const stacks = join(outdir, "stacks");
    return {
      status,
      stdout,
      stderr: stderr.replaceAll(`${directory}/`, "").replaceAll(directory, "DIRECTORY"),
      stacks: existsSync(outdir) ? (existsSync(stacks) ? readdirSync(stacks).sort() : []) : undefined,
      left: readdirSync(directory).sort(),
    };
  });
}

const stacksOf = (slug: string): string[] =>
  ["addons", "eks-cluster", "eks-workers", "networking"].map((stack) => `${slug}-${stack}`);

describe("definitions with errors", () => {
  const bad = {
    [FILE]: SMALLEST.replace("us-east-1", "us-east-9").replace(
      "general",
      "general\n      min_size: 3\n      max_size: 2",
    ),
    "clusters/b.example.com.yaml": "meta: [\n",
    "accounts/unused.yaml": "",
  };

  test("every error is reported, the program exits with 1, and nothing is written", () => {
    expect(run(bad)).toEqual({
      status: 1,
      stdout: "",
      stderr: `${[
        "accounts/unused.yaml:1:1 error: the file is empty, but must contain a map of keys",
        `${FILE}:5:17 error: tfvars.common.aws_region: unknown region "us-east-9". Did you mean "us-east-1"?`,
        "    5 |     aws_region: us-east-9",
        "      |                 ^",
        `${FILE}:9:17 error: tfvars.workers[general].max_size: must be at least min_size (3), but is 2`,
        "    9 |       max_size: 2",
        "      |                 ^",
        "clusters/b.example.com.yaml:2:1 error: is not valid YAML: a [ or { before this line is not closed",
        "4 errors",
      ].join("\n")}\n`,
      stacks: undefined,
      left: ["accounts", "channels.yaml", "clusters", "tiers"],
    });
  });

  test.each<[string, Files]>([
    ["a cluster without meta", { [FILE]: "tfvars: {}\n" }],
    ["keys that JavaScript objects have", { [FILE]: `${SMALLEST}constructor: 1\n__proto__: 2\n` }],
    ["50,000 nested lists", { [FILE]: `a: ${"[".repeat(50_000)}` }],
    ["an alias of itself", { [FILE]: "a: &a [*a]\n" }],
    ["a link to no file", { [FILE]: { linkTo: "nowhere" } }],
    ["a directory with the name of a file", { [`${FILE}/x`]: "" }],
    ["a file of all bytes", { [FILE]: Uint8Array.from({ length: 256 }, (_, byte) => byte) }],
    ["a directory without clusters", { "clusters/readme.md": "" }],
  ])("errors with a place and no stack trace are reported for %s", (_, files) => {
    const { status, stdout, stderr, stacks } = run(files);
    expect({ status, stdout, stacks }).toEqual({ status: 1, stdout: "", stacks: undefined });
    expect(stderr).toMatch(/^((\S+:\d+:\d+ )?error: .+\n( +\d+ \| .*\n +\| +\^\n)?)+\d+ errors?\n$/);
    expect(stderr).not.toMatch(/^\s+at |node:internal|\.ts:|\.cjs:/m);
  });

  test("a directory of definitions that does not exist is an error", () => {
    expect(run({ [FILE]: SMALLEST }, { DEFINITIONS_DIR: "nowhere" })).toMatchObject({
      status: 1,
      stderr:
        'error: DEFINITIONS_DIR: directory "nowhere" does not exist. fleet init creates one; DEFINITIONS_DIR names another\n1 error\n',
      stacks: undefined,
    });
  });

  test("a CLUSTER_NAME that no cluster has is an error", () => {
    expect(run({ [FILE]: SMALLEST }, { CLUSTER_NAME: "a.exmple.com" })).toMatchObject({
      status: 1,
      stderr: 'error: CLUSTER_NAME: no cluster is named "a.exmple.com". Did you mean "a.example.com"?\n1 error\n',
      stacks: undefined,
    });
  });
});

describe("definitions without errors", () => {
  const two = { [FILE]: SMALLEST, "clusters/b.example.com.yaml": second };

  test("each cluster becomes four stacks", () => {
    const { status, stacks } = run(two);
    expect({ status, stacks }).toEqual({
      status: 0,
      stacks: [...stacksOf("a-example-com"), ...stacksOf("b-example-com")],
    });
  });

  test.each([
    ["a name", "b.example.com", ["b-example-com"]],
    ["a glob", "b.*", ["b-example-com"]],
    ["a list", "b.example.com, a.*", ["a-example-com", "b-example-com"]],
  ])("only the clusters that CLUSTER_NAME selects are read and written, with %s", (_, CLUSTER_NAME, slugs) => {
    const { status, stacks } = run({ ...two, "clusters/c.example.com.yaml": "[" }, { CLUSTER_NAME });
    expect({ status, stacks }).toEqual({ status: 0, stacks: slugs.flatMap(stacksOf) });
  });

  test("a warning is printed to standard error, and the stacks are written", () => {
    const { status, stdout, stderr, stacks } = run({
      [FILE]: `${SMALLEST}  cluster: { kubernetes_version: "1.33" }\n`,
    });
    expect({ status, stdout, stacks }).toEqual({ status: 0, stdout: "", stacks: stacksOf("a-example-com") });
    expect(stderr).toMatch(
      /^clusters\/a\.example\.com\.yaml:8:34 warning: tfvars\.cluster\.kubernetes_version: (standard )?support of Kubernetes 1\.33 ended on 202\d-07-29.*\n$/,
    );
  });
});
