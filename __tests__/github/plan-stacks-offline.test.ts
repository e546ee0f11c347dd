import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { STACKS } from "../../fleet/model/stacks";
import { startOfflineProviders } from "../../offline/offline-providers";
import { overrideStackInPlace } from "../../offline/offline-stack";
import { Terraform } from "../../offline/terraform";
import { run, scratch, synthesizeFleet } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const CLUSTER = "production.eks.example.com";
const ids = STACKS.map((stack) => `production-eks-example-com-${stack}`);
const script = join(__dirname, "../../.github/scripts/plan-stacks.mjs");

const work = scratch();
afterAll(() => work.remove());

/** What the real Terraform says of a cluster that does not exist yet, and once its network does. */
test("a stack of a new cluster waits until the stacks before it are deployed, and is planned then", async () => {
  const output = join(work.path, "cdktf.out");
  await synthesizeFleet(output, SAMPLE_FLEET, CLUSTER);
  const directories = ids.map((id) => join(output, "stacks", id));
  for (const stackDirectory of directories) {
    overrideStackInPlace({ stackDirectory, stateDirectory: join(work.path, "state") });
  }
  mkdirSync(join(work.path, "temp"));
  const providers = await startOfflineProviders({ stacks: directories, storeDirectory: join(work.path, "store") });
  const plan = async (reports: string): Promise<string[]> => {
    const args = ["-c", 'cd "$0" && node "$@"', work.path, script, reports, ...ids];
    const env = { ...providers.env, TF_VAR_role_arn: "arn:aws:iam::111111111111:role/cluster-plan" };
    const { code, stderr } = await run("sh", args, {
      ...env,
      RUNNER_TEMP: join(work.path, "temp"),
      GITHUB_STEP_SUMMARY: "",
    });
    if (code !== 0) throw new Error(stderr || "a plan failed");
    return ids.map((id) => readFileSync(join(work.path, reports, `${id}.status`), "utf8").trim());
  };
  try {
    const adds = expect.stringMatching(/^Plan: [1-9]\d* to add, 0 to change, 0 to destroy\.$/);
    const waits = expect.stringMatching(/^waits: /);
    expect(await plan("before")).toEqual([adds, waits, waits, waits]);

    const network = new Terraform({ directory: directories[0] ?? "", env: providers.env });
    await network.apply();
    expect(await plan("after")).toEqual(["no changes", adds, waits, waits]);
  } finally {
    await providers.close();
  }
}, 120_000);
