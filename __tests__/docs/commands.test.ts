import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { GitRepository } from "../support/git-repository";
import { commandsOf, matchesShown, type Shown, steady } from "../support/page-commands";
import { copyRolloutFleet } from "../support/rollout-fleet";
import { runFleet, runFleetProcess } from "../support/run-fleet";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const PAGES = [
  "README.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((file) => `docs/${file}`),
];

const COMMANDS = PAGES.filter((page) => page.endsWith(".md")).flatMap((page) =>
  commandsOf(readFileSync(page, "utf8")).map((shown) => ({ page, line: shown.args.join(" "), shown })),
);

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
  for (const directory of rollouts.values()) rmSync(directory, { recursive: true });
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

const rollouts = new Map<string, string>();

/** Returns a directory with the fleet of rollouts, whose records only the commands of this rollout see. */
function rolloutOf(name: string): string {
  const known = rollouts.get(name) ?? copyRolloutFleet();
  rollouts.set(name, known);
  return known;
}

async function printed({ args, change, directory, rollout }: Shown): Promise<string> {
  if (rollout !== undefined) return (await runFleet(args, { definitions: rolloutOf(rollout) })).stdout;
  // Extensions are chosen when a process starts.
  if (directory?.includes("extensions")) return (await runFleetProcess(args, { definitions: directory })).stdout;
  // A comparison starts processes of its own, which need the program as users have it.
  if (change !== undefined) return (await runFleetProcess(args, { definitions: repositoryOf(change) })).stdout;
  return (await runFleet(args, { definitions: directory })).stdout;
}

test.each(COMMANDS)("fleet $line prints what $page shows", async ({ shown }) => {
  const output = await printed(shown);

  if (!matchesShown(output, shown.output)) expect(steady(output)).toBe(steady(shown.output));
});

test.each(["find-out-why", "guard", "review-a-change", "operations/upgrade-a-cluster", "recipes/README"])(
  "docs/%s.md shows a command",
  (page) => {
    expect(COMMANDS.map((each) => each.page)).toContain(`docs/${page}.md`);
  },
);

describe("what a page shows", () => {
  test.each<[string, string, string, boolean]>([
    ["is the whole output", "a\nb\n", "a\n", false],
    ["may cut lines with ...", "a\nb\nc\n", "a\n...\nc\n", true],
    ["may cut no line with ...", "a\nc\n", "a\n...\nc\n", true],
    ["may not cut parts of lines", "a\nbc\n", "a\n...\nc\n", false],
    ["may show other times", "applied in 4.2 s [0.6s]\n", "applied in 12 s [1.1s]\n", true],
    ["may show other commits", "with HEAD (cf84da96)\n", "with HEAD (0000abcd)\n", true],
    ["must show the same numbers", "4 stacks\n", "5 stacks\n", false],
    ["is compared as text, not as a pattern", "axb\n", "a.b\n", false],
  ])("%s", (_, output, shown, matches) => {
    expect(matchesShown(output, shown)).toBe(matches);
  });

  test("is one output for each command of a block, with the comment above the block", () => {
    const page =
      "<!-- change=x -->\n\n```console\n$ npx fleet list 'a b'\none\n$ fleet size\ntwo\n```\n```console\n$ make\n```\n";

    expect(commandsOf(page)).toEqual([
      { args: ["list", "a b"], output: "one\n", directory: undefined, change: "x", rollout: undefined },
      { args: ["size"], output: "two\n", directory: undefined, change: "x", rollout: undefined },
    ]);
  });
});
