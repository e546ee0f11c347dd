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
  const doctor = (...args: string[]) =>
    run("cli/fleet.mjs", ["doctor", ...args], {
      CLUSTER_NAME: undefined,
      DEFINITIONS_DIR: SAMPLE_FLEET,
      PATH: `${work.path}:${process.env["PATH"]}`,
    });
  const [{ code, stdout, stderr }, account, unknown] = await Promise.all([
    doctor("--aws", "staging.dev.example.com", "--json"),
    doctor("--aws", "sandbox", "--json"),
    doctor("nope"),
  ]);

  const { checks } = JSON.parse(stdout) as DoctorReport;
  expect([code, stderr, wrongInAnswer("doctor", stdout)]).toEqual([2, "", null]);
  expect(checks.at(-1)).toMatchObject({ name: "sandbox: credentials", found: "Unable to locate credentials" });
  expect(JSON.parse(account.stdout)).toEqual(JSON.parse(stdout));
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('no cluster is named "nope"')]);
});
