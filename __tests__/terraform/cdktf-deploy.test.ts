import { existsSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { STACKS } from "../../fleet/names";
import { startOfflineProviders } from "../../offline/offline-providers";
import { overrideStackInPlace } from "../../offline/offline-stack";
import { run, scratch, synthesizeFleet } from "../support/run-program";

const work = scratch();
afterAll(() => work.remove());

/** The stacks in the order in which their applies ended; cdktf puts a stack's name before the first of its lines. */
function applied(output: string): string[] {
  const ended: string[] = [];
  let stack = "";
  for (const line of stripVTControlCharacters(output).split("\n")) {
    stack = /^(insiders-dev-example-com-\S+) /.exec(line)?.[1] ?? stack;
    if (line.includes("Apply complete!")) ended.push(stack);
  }
  return ended;
}

test("cdktf deploys a cluster's four stacks in their order", async () => {
  const output = join(work.path, "out");
  const state = join(work.path, "state");
  await synthesizeFleet(output, "definitions", "insiders.dev.example.com");
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

    expect(applied(deployed.stdout)).toEqual(STACKS.map((stack) => `insiders-dev-example-com-${stack}`));
    expect(deployed.code).toBe(0);
    expect(STACKS.filter((stack) => !existsSync(join(state, "insiders.dev.example.com", `${stack}.tfstate`)))).toEqual(
      [],
    );
  } finally {
    await providers.close();
  }
}, 120_000);
