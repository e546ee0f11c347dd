import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { GitRepository } from "../support/git-repository";
import { commandsOfPages, matchesShown, type Shown, steady } from "../support/page-commands";
import { runFleetProcess } from "../support/run-fleet";
import { SAMPLE_FLEET } from "../support/sample-fleet";

/** The changes that pages describe: edits of a cluster, which are not committed. */
const CHANGES: Readonly<Record<string, { readonly file: string; edit(text: string): string }>> = {
  "larger-volumes": {
    file: "clusters/platform/staging.dev.example.com.yaml",
    edit: (text) =>
      text
        .replace("      max_size: 4\n", "      max_size: 4\n      root_volume:\n        size_gib: 100\n")
        .replace("vertical_pod_autoscaler_enabled: true", "vertical_pod_autoscaler_enabled: false"),
  },
  "next-generation": {
    file: "clusters/platform/staging.dev.example.com.yaml",
    edit: (text) => text.replace("      max_size: 4\n", "      max_size: 4\n      generation: 2\n"),
  },
};

const repositories = new Map<string, { readonly repository: GitRepository; readonly commit: string }>();

afterAll(() => {
  for (const { commit, repository } of repositories.values()) {
    repository.remove();
    rmSync(join(".fleet/base", commit), { recursive: true, force: true });
  }
});

/** Returns a repository with the tests' fleet, and a change in its working tree. */
function repositoryOf(name: string): string {
  const existing = repositories.get(name)?.repository.path;
  if (existing !== undefined) return existing;
  const change = CHANGES[name];
  if (change === undefined) throw new Error(`no change is named ${name}`);
  const repository = new GitRepository();
  cpSync(SAMPLE_FLEET, repository.path, { recursive: true });
  repositories.set(name, { repository, commit: repository.commit() });
  repository.write({ [change.file]: change.edit(readFileSync(join(SAMPLE_FLEET, change.file), "utf8")) });
  return repository.path;
}

async function printed({ args, change, directory }: Shown): Promise<string> {
  const definitions = change === undefined ? directory : repositoryOf(change);
  return (await runFleetProcess(args, { definitions })).stdout;
}

test.each(commandsOfPages().ofProcesses)("fleet $line prints what $page shows", async ({ shown }) => {
  const output = await printed(shown);

  if (!matchesShown(output, shown.output)) expect(steady(output)).toBe(steady(shown.output));
});
