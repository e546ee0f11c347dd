import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DoctorReport } from "../../../../operations/doctor/report";
import { wrongInAnswer } from "../../../support/answer";
import { run, scratch } from "../../../support/run-program";
import { SAMPLE_FLEET } from "../../../support/sample-fleet";

const work = scratch();
afterAll(() => work.remove());

test("doctor calls the AWS CLI with --aws only, prints no answer of it, and ends with 2 for a problem", async () => {
  const calls = join(work.path, "calls");
  writeFileSync(
    join(work.path, "aws"),
    `#!/bin/sh\necho "$@" >> ${calls}\ncase "$1" in --version) echo aws-cli/2.15.0 ;; *) echo "Unable to locate credentials" >&2; exit 255 ;; esac\n`,
  );
  chmodSync(join(work.path, "aws"), 0o755);
  const { code, stdout, stderr } = await run(
    "cli/fleet.mjs",
    ["doctor", "--aws", "staging.dev.example.com", "--json"],
    {
      CLUSTER_NAME: undefined,
      DEFINITIONS_DIR: SAMPLE_FLEET,
      PATH: `${work.path}:${process.env["PATH"]}`,
    },
  );

  const { checks } = JSON.parse(stdout) as DoctorReport;
  expect([code, stderr, wrongInAnswer("doctor", stdout)]).toEqual([2, "", null]);
  expect(checks.at(-1)).toMatchObject({ name: "sandbox: credentials", found: "Unable to locate credentials" });
});
