import { rmSync } from "node:fs";
import { copyRolloutFleet } from "../../../support/rollout-fleet";
import { runFleetProcess } from "../../../support/run-fleet";

const directory = copyRolloutFleet();
afterAll(() => rmSync(directory, { recursive: true }));

test("of three runners at the same instant, each a process of its own, one starts the cluster", async () => {
  const claim = async (runner: string): Promise<readonly string[]> => {
    const args = ["rollout", "next", "--claim", "--runner", runner, "--now", "2026-11-30T08:00:00Z", "--json"];
    const { code, stderr, stdout } = await runFleetProcess(args, { definitions: directory });
    if (code !== 0) throw new Error(stderr);
    return (JSON.parse(stdout) as { claimed: { cluster: string }[] }).claimed.map(({ cluster }) => cluster);
  };

  const claimed = await Promise.all(["one", "two", "three"].map(claim));

  expect(claimed.flat()).toEqual(["insiders.dev.example.com"]);
}, 180_000);
