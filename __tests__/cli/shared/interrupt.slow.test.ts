import { spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "../../support/run-program";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const work = scratch();
afterAll(() => work.remove());

test("Ctrl-C during an apply ends fleet rehearse with 130, and leaves no temporary folder", async () => {
  const temporary = join(work.path, "tmp");
  mkdirSync(temporary);
  const child = spawn("node", ["cli/fleet.mjs", "rehearse", "--base", "none"], {
    env: {
      ...process.env,
      TMPDIR: temporary,
      DEFINITIONS_DIR: SAMPLE_FLEET,
      CLUSTER_NAME: "staging.dev.example.com",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (text.includes("apply staging-dev-example-com-networking")) child.kill("SIGINT");
    });
  const code = await new Promise((resolve) => child.on("close", resolve));

  expect({ code, left: readdirSync(temporary) }).toEqual({ code: 130, left: [] });
  expect(output).toMatch(/\nstopped\n$/);
});
