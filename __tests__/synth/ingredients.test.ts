import fs from "node:fs";
import { join } from "node:path";
import { ASSETS } from "../../constructs/assets";
import { loadFleet } from "../../fleet/load";
import { scratch } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const work = scratch();
afterAll(() => work.remove());

const { clusters } = loadFleet({ directory: SAMPLE_FLEET, shipped: "definitions", today: "2026-01-01" });

/** Synthesizes every sample, and returns what that reads: files outside of its output, and variables. */
async function readBySynthesis(): Promise<{ files: Set<string>; variables: Set<string> }> {
  const files = new Set<string>();
  const variables = new Set<string>();
  const { env } = process;
  process.env = new Proxy(env, {
    get: (target, name) => {
      variables.add(String(name));
      return target[String(name)];
    },
  });
  try {
    const { synthesizeCluster } = await import("../../synth/synthesize-cluster");
    for (const name of ["readFileSync", "readdirSync", "copyFileSync", "openSync"] as const) {
      const original = fs[name] as (...args: unknown[]) => unknown;
      jest.spyOn(fs, name).mockImplementation(((path: string, ...rest: unknown[]) => {
        files.add(path.replace(`${process.cwd()}/`, ""));
        return original(path, ...rest);
      }) as never);
    }
    for (const cluster of clusters) synthesizeCluster(cluster, join(work.path, "out"));
  } finally {
    process.env = env;
    jest.restoreAllMocks();
  }
  return { files, variables };
}

test("synthesis reads only what the fingerprint of the program accounts for", async () => {
  const { files, variables } = await readBySynthesis();

  expect([...files].filter((file) => !Object.values(ASSETS).some((asset) => file.startsWith(asset)))).toEqual([]);
  expect([...files]).toContain(join(ASSETS.manifests, "templates/manifests.yaml"));
  const loaded = ["GRACEFUL_FS_PLATFORM", "NODE_DEBUG", "READABLE_STREAM", "TEST_GRACEFUL_FS_GLOBAL_PATCH"];
  const unused = new Set([...loaded, "__MINIMATCH_TESTING_PLATFORM__"]); // by the packer of archives, which nothing calls
  expect([...variables].filter((name) => !unused.has(name)).sort()).toEqual([
    "CDKTF_CONTEXT_JSON", // is part of the fingerprint
    "CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS", // decides whether errors stop it, and an output with errors is not stored
    "CDKTF_TARGET_STACK_ID", // cdktf does nothing with it
    "SYNTH_HCL_OUTPUT", // is part of the fingerprint
    "TERRAFORM_BINARY_NAME", // names the command in an error message
  ]);
});
