import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { GitRepository } from "../support/git-repository";
import { run } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const CLUSTER = "clusters/platform/staging.dev.example.com.yaml";

/** The blocks of the page that show what a command prints, without the ids of commits. */
const shown = [...readFileSync("docs/review-a-change.md", "utf8").matchAll(/^```text\n(.*?)^```$/gms)].map(([, text]) =>
  withoutIds(text ?? ""),
);

function withoutIds(text: string): string {
  return text.replaceAll(/\([0-9a-f]{8}\)/g, "(id)");
}

test("the page shows what fleet diff and fleet affected print of the change that it describes", async () => {
  const repository = new GitRepository();
  cpSync(SAMPLE_FLEET, repository.path, { recursive: true });
  const commit = repository.commit();
  const text = readFileSync(join(SAMPLE_FLEET, CLUSTER), "utf8");
  const changed = text
    .replace("      max_size: 4\n", "      max_size: 4\n      root_volume:\n        size_gib: 100\n")
    .replace("vertical_pod_autoscaler_enabled: true", "vertical_pod_autoscaler_enabled: false");
  repository.write({ [CLUSTER]: changed });
  const environment = { DEFINITIONS_DIR: repository.path, CLUSTER_NAME: undefined };
  try {
    for (const command of ["diff", "affected"]) {
      const { stdout } = await run(
        "cli/fleet.mjs",
        [command, "--base", "HEAD", "staging.dev.example.com"],
        environment,
      );
      expect(shown).toContain(withoutIds(stdout));
    }
  } finally {
    repository.remove();
    rmSync(join(".fleet/base", commit), { recursive: true, force: true });
  }
});
