import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { diffReport } from "../../../../operations/diff/report";
import { SMALLEST } from "../../../support/definitions";
import { GitRepository } from "../../../support/git-repository";
import { runFleetProcess } from "../../../support/run-fleet";
import { SAMPLE_FLEET } from "../../../support/sample-fleet";

test("fleet diff compares the working tree with a commit, in another folder's repository too", async () => {
  const definitions = new GitRepository();
  for (const part of ["accounts", "tiers", "channels.yaml"])
    cpSync(join(SAMPLE_FLEET, part), join(definitions.path, part), { recursive: true });
  const file = "clusters/a.example.com.yaml";
  const commit = definitions.commit({ [file]: SMALLEST });
  const fleet = (...args: string[]) => runFleetProcess(["diff", ...args], { definitions: definitions.path });
  try {
    expect(await fleet()).toMatchObject({ code: 0, stdout: expect.stringMatching(/^no clusters differ of 1, /) });

    definitions.write({ [file]: `${SMALLEST}      max_size: 9\n` });
    const { code, stderr, stdout } = await fleet("--json");
    expect([code, stderr]).toEqual([2, ""]);
    expect(diffReport.parse(JSON.parse(stdout)).actions).toEqual({ update: 1 });
    expect(await fleet("--base", "nothing")).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining('the repository has no commit "nothing"'),
    });
  } finally {
    definitions.remove();
    rmSync(join(".fleet/base", commit), { recursive: true, force: true });
  }
});
