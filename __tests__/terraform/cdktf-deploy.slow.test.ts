import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { STACKS } from "../../fleet/model/stacks";
import { startOfflineProviders } from "../../offline/offline-providers";
import { overrideStackInPlace } from "../../offline/offline-stack";
import { run, scratch, synthesizeFleet } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const work = scratch();
afterAll(() => work.remove());

/** The stacks whose state is there, in the order in which it was last written. */
function applied(states: string): string[] {
  const written = readdirSync(states).map((file) => ({ file, at: statSync(join(states, file)).mtimeMs }));
  return written.sort((a, b) => a.at - b.at).map(({ file }) => basename(file, ".tfstate"));
}

test("cdktf deploys the four stacks of a cluster in order", async () => {
  const output = join(work.path, "out");
  const state = join(work.path, "state");
  await synthesizeFleet(output, SAMPLE_FLEET, "insiders.dev.example.com");
  const providers = await startOfflineProviders({
    stacks: [join(output, "stacks")],
    storeDirectory: join(work.path, "store"),
  });
  for (const stack of STACKS) {
    overrideStackInPlace({
      stackDirectory: join(output, "stacks", `insiders-dev-example-com-${stack}`),
      stateDirectory: state,
    });
  }
  try {
    const args = ["deploy", "*", "--auto-approve", "--skip-synth", "--skip-provider-lock", "--output", output];
    const deployed = await run("node_modules/.bin/cdktf", args, { ...providers.env, CI: "1" });

    expect(deployed.code).toBe(0);
    expect(applied(join(state, "insiders.dev.example.com"))).toEqual([...STACKS]);
  } finally {
    await providers.close();
  }
}, 120_000);
