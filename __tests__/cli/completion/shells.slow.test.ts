import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { SCRIPTS, type Shell } from "../../../cli/completion/scripts";
import { PseudoTerminal } from "../../support/pseudo-terminal";
import { type Run, run, scratch } from "../../support/run-program";

const work = scratch();
const clusters = join(work.path, "clusters", "team");

/** Names of files that would run a command where a shell evaluated them. */
const HOSTILE = [
  "s$(touch evil).yaml",
  "s`touch evil`.yaml",
  "s';touch evil;'.yaml",
  "s touch evil.yaml",
  "s\ntouch.yaml",
];

beforeAll(() => {
  mkdirSync(clusters, { recursive: true });
  for (const name of ["shop.example.com.yaml", "staging.example.com.yaml", "search.yml", "s.txt", ...HOSTILE])
    writeFileSync(join(clusters, name), "this is no definition: [");
});
afterAll(() => work.remove());

const ENVIRONMENT = { DEFINITIONS_DIR: work.path };

const inPath = (shell: string): boolean =>
  (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, shell)));

const INSTALLED = (Object.keys(SCRIPTS) as Shell[]).filter(inPath);

/** Returns what Bash offers for words, by its script. */
function offered(...words: string[]): Promise<Run> {
  const lines = [
    'eval "$(cli/fleet.mjs completion bash)"',
    'COMP_WORDS=(fleet "$@") COMP_CWORD=$#',
    "_fleet",
    'printf "<%s>" "${COMPREPLY[@]}"',
  ];
  return run("bash", ["--norc", "-c", lines.join("\n"), "bash", ...words], ENVIRONMENT);
}

test("clusters are offered by the names of their files, whatever is in them, and hostile names are not", async () => {
  expect(await offered("list", "s")).toEqual({
    code: 0,
    stdout: "<shop.example.com><staging.example.com>",
    stderr: "",
  });
});

test("what a person has typed is not evaluated", async () => {
  const typed = join(work.path, "typed");

  expect((await offered("list", `$(touch ${typed})`, `\`touch ${typed}\``, "")).stdout).toContain("shop.example.com");
  expect(existsSync(typed)).toBe(false);
});

test("a missing directory of definitions offers nothing and prints nothing", async () => {
  const environment = { DEFINITIONS_DIR: join(work.path, "missing") };

  expect(await run("cli/fleet.mjs", ["__complete", "list", ""], environment)).toEqual({
    code: 0,
    stdout: "",
    stderr: "",
  });
});

test("the Tab key completes a command, a flag and a cluster in Bash", async () => {
  const terminal = new PseudoTerminal("bash", ["--norc", "--noprofile", "-i"], { ...ENVIRONMENT, PS1: "> " });
  try {
    terminal.type('eval "$(cli/fleet.mjs completion bash)"; echo is ready\r');
    await terminal.shows("\nis ready");
    for (const [keys, screen] of [
      ["fleet affe\t", "> fleet affected"],
      ["--form\t", "> fleet affected --format"],
      ["gitl\t", "> fleet affected --format gitlab"],
      ["st\t", "> fleet affected --format gitlab staging.example.com"],
    ] as const) {
      terminal.type(keys);
      await terminal.shows(screen);
    }
  } finally {
    terminal.close();
  }
});

test.each(INSTALLED)("the script of %s is valid there, even from a hostile path", async (shell) => {
  const script = join(work.path, `script.${shell}`);
  const marks = join(work.path, "path");
  writeFileSync(
    script,
    SCRIPTS[shell](`/clone's $(touch ${marks}) \`touch ${marks}\` \\'; touch ${marks}\n/cli/fleet.mjs`),
  );

  expect(await run(shell, ["-n", script])).toEqual({ code: 0, stdout: "", stderr: "" });
  await run(shell, ["-c", `source ${script} 2>/dev/null; fleet; true`]);
  expect(existsSync(marks)).toBe(false);
});

test("an answer loads none of the code that reads definitions", async () => {
  await run("cli/fleet.mjs", ["--version"]);
  const { states } = JSON.parse(readFileSync("dist/cli/fleet.cjs.inputs.json", "utf8")) as { states: object };

  expect(
    Object.keys(states).filter((file) =>
      /^(addons|aws|fleet|language\/(?!program-folder)|operations|stacks|synth)/.test(file),
    ),
  ).toEqual([]);
});
