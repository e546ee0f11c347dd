import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, scratch } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const root = join(__dirname, "../..");
const work = scratch();
afterAll(() => work.remove());

/** Runs a command with a `cdktf` that prints its arguments, and fails for stacks whose names have an ending. */
function cli(command: string, variables: Record<string, string>, failing = "nothing") {
  const bin = join(work.path, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  const script = `#!/bin/sh\necho "$@"\ncase "$*" in *-${failing}) exit 1 ;; esac\n`;
  writeFileSync(join(bin, "cdktf"), script);
  chmodSync(join(bin, "cdktf"), 0o755);
  return run("sh", ["-c", `cd "${work.path}" && exec node "${root}/launch.mjs" cli/main.ts ${command}`], {
    CLUSTER_NAME: undefined,
    DEFINITIONS_DIR: join(root, SAMPLE_FLEET),
    ...variables,
  });
}

beforeAll(() => symlinkSync(join(root, "definitions"), join(work.path, "definitions")));

const STAGING = { CLUSTER_NAME: "staging.dev.example.com" };
const diff = (stack: string): string => `diff staging-dev-example-com-${stack}\n`;

test.each(["plan", "cluster"])("%s requires CLUSTER_NAME", async (command) => {
  const message = `CLUSTER_NAME is not set. Name a cluster, such as make ${command} CLUSTER_NAME=production.eks.example.com\n`;

  expect(await cli(command, {})).toEqual({ code: 1, stdout: "", stderr: message });
  expect(await cli(command, { CLUSTER_NAME: "" })).toEqual({ code: 1, stdout: "", stderr: message });
});

test("plan plans the four stacks in order, and stops at the first failure", async () => {
  expect(await cli("plan", STAGING)).toEqual({
    code: 0,
    stdout: `${diff("networking")}${diff("eks-cluster")}${diff("eks-workers")}${diff("addons")}`,
    stderr: "",
  });
  expect(await cli("plan", STAGING, "eks-cluster")).toEqual({
    code: 1,
    stdout: `${diff("networking")}${diff("eks-cluster")}`,
    stderr:
      "the plan of staging-dev-example-com-eks-cluster failed. A stack can be planned after the stacks before it are deployed\n",
  });
});

test("plan continues with the next cluster after a failure", async () => {
  const { code, stdout, stderr } = await cli("plan", { CLUSTER_NAME: "staging.*,batch.*" }, "networking");

  expect([code, stdout]).toEqual([1, `diff batch-eks-example-com-networking\n${diff("networking")}`]);
  expect(stderr).toBe(
    "the plan of batch-eks-example-com-networking failed\nthe plan of staging-dev-example-com-networking failed\n",
  );
});

test.each(["plan", "cluster"])("%s refuses a range of a cluster that is not selected", async (command) => {
  const definitions = join(work.path, `overlap-${command}`);
  cpSync(join(root, SAMPLE_FLEET), definitions, { recursive: true });
  const file = join(definitions, "clusters/platform/insiders.dev.example.com.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("10.65.0.0/16", "10.64.0.0/16"));
  const { code, stdout, stderr } = await cli(command, { ...STAGING, DEFINITIONS_DIR: definitions });

  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("10.64.0.0/16 overlaps 10.64.0.0/16 of insiders.dev.example.com");
});

test("a failed plan of the network does not mention stacks before it", async () => {
  const { stderr } = await cli("plan", STAGING, "networking");

  expect(stderr).toBe("the plan of staging-dev-example-com-networking failed\n");
});
