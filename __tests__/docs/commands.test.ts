import { rmSync } from "node:fs";
import { oneOfEvery } from "../support/jest/cases";
import { commandsOf, commandsOfPages, matchesShown, type Shown, steady } from "../support/page-commands";
import { copyRolloutFleet } from "../support/rollout-fleet";
import { runFleet } from "../support/run-fleet";

const { inProcess, ofProcesses } = commandsOfPages();

afterAll(() => {
  for (const directory of rollouts.values()) rmSync(directory, { recursive: true });
});

const rollouts = new Map<string, string>();

/** Returns a directory with the fleet of rollouts, whose records only the commands of this rollout see. */
function rolloutOf(name: string): string {
  const known = rollouts.get(name) ?? copyRolloutFleet();
  rollouts.set(name, known);
  return known;
}

async function printed({ args, directory, rollout }: Shown): Promise<string> {
  const definitions = rollout === undefined ? directory : rolloutOf(rollout);
  return (await runFleet(args, { definitions })).stdout;
}

/** Whole pages, because the commands of a rollout follow each other. */
const pages = oneOfEvery(4, [...new Set(inProcess.map(({ page }) => page))]);
const tried = inProcess.filter(({ page }) => pages.includes(page));

test.each(tried)("fleet $line prints what $page shows", async ({ shown }) => {
  const output = await printed(shown);

  if (!matchesShown(output, shown.output)) expect(steady(output)).toBe(steady(shown.output));
});

test.each(["find-out-why", "guard", "review-a-change", "operations/upgrade-a-cluster", "recipes/README"])(
  "docs/%s.md shows a command",
  (page) => {
    expect([...inProcess, ...ofProcesses].map((each) => each.page)).toContain(`docs/${page}.md`);
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
