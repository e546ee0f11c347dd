import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { PseudoTerminal } from "../support/pseudo-terminal";
import { runFleet, runFleetProcess } from "../support/run-fleet";
import { scratch } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const work = scratch();
const definitions = join(work.path, "definitions");
const REQUEST = ["--owner", "search", "--account", "sandbox", "--tier", "development", "--region", "eu-west-1"];
const FILE = join(definitions, "clusters/search/search.dev.example.com.yaml");

beforeAll(() => cpSync(SAMPLE_FLEET, definitions, { recursive: true }));
afterAll(() => work.remove());

test("a dry run prints the files and writes none", async () => {
  const { code, stdout } = await runFleet(["new", "search.dev.example.com", ...REQUEST, "--dry-run"], { definitions });
  expect(code).toBe(0);
  expect(stdout).toContain(`# ${FILE}\n# yaml-language-server`);
  expect([existsSync(FILE), existsSync(join(definitions, "ranges.yaml"))]).toEqual([false, false]);
});

test("new writes a cluster that validates, and a second time refuses its name", async () => {
  const { code, stdout, stderr } = await runFleetProcess(["new", "search.dev.example.com", ...REQUEST], {
    definitions,
  });
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
  expect(stdout).toContain(`wrote ${FILE}\nwrote ${join(definitions, "ranges.yaml")}\n`);
  expect(stdout).toContain("\n  npx fleet rehearse search.dev.example.com --base none  apply it");
  expect(readFileSync(join(definitions, "ranges.yaml"), "utf8")).toMatch(
    /^ {2}10\.\d+\.0\.0\/16: search\.dev\.example\.com$/m,
  );

  expect(await runFleet(["new", "search.dev.example.com", ...REQUEST], { definitions })).toEqual({
    code: 1,
    stdout: "",
    stderr: "<CLUSTER_NAME> search.dev.example.com exists already. Choose another name, or edit its file\n",
  });
});

describe("a cluster that exists already", () => {
  const ranges = join(definitions, "ranges.yaml");
  const imported = (...args: string[]) =>
    runFleet(["import", "eksctl", "docs/examples/import/eksctl.yaml", ...REQUEST.slice(0, -2), ...args], {
      definitions,
    });
  const line = "10.120.0.0/16: shop-dev";

  test.each([
    ["--dry-run", "stderr"],
    ["--out", "stdout"],
  ] as const)("an import with %s reserves nothing, and names the line", async (flag, stream) => {
    const before = readFileSync(ranges, "utf8");
    const answer = await imported(flag, ...(flag === "--out" ? [join(work.path, "draft.yaml")] : []));

    expect([answer.code, readFileSync(ranges, "utf8")]).toEqual([0, before]);
    expect(answer[stream]).toContain(`${ranges} gets the line "${line}" below sandbox`);
  });

  test("an import reserves its range as new does, and does not write the line again", async () => {
    const first = await imported();
    const reserved = readFileSync(ranges, "utf8");
    const file = join(definitions, "clusters/search/shop-dev.yaml");

    expect([first.code, first.stdout]).toEqual([0, expect.stringMatching(`^wrote ${file}\nwrote ${ranges}\n`)]);
    expect(reserved).toContain(`\n  ${line}\n`);
    rmSync(file);
    expect((await imported("--json")).stdout).toContain('"reserved": true');
    expect(readFileSync(ranges, "utf8")).toBe(reserved);
    rmSync(file);
  });

  test("an import is refused if another cluster has reserved its range", async () => {
    writeFileSync(ranges, readFileSync(ranges, "utf8").replace(line, "10.120.0.0/16: search.dev.example.com"));
    const answer = await imported();

    expect([answer.code, answer.stderr]).toEqual([
      2,
      expect.stringContaining("is reserved for search.dev.example.com"),
    ]);
    expect(existsSync(join(definitions, "clusters/search/shop-dev.yaml"))).toBe(false);
  });
});

test("a definition that is refused changes no file", async () => {
  const before = readFileSync(join(definitions, "ranges.yaml"), "utf8");
  const { code, stderr } = await runFleet(
    ["new", "b.dev.example.com", ...REQUEST, "--zones", "eu-west-1z,eu-west-1y"],
    { definitions },
  );

  expect([code, stderr]).toEqual([1, expect.stringContaining("eu-west-1z")]);
  expect(existsSync(join(definitions, "clusters/search/b.dev.example.com.yaml"))).toBe(false);
  expect(readFileSync(join(definitions, "ranges.yaml"), "utf8")).toBe(before);
});

test("a repository without a cluster gets its first one", async () => {
  const empty = join(work.path, "empty");
  for (const part of ["accounts", "tiers"]) cpSync(join(SAMPLE_FLEET, part), join(empty, part), { recursive: true });
  const { code, stdout } = await runFleet(["new", "search.dev.example.com", ...REQUEST], { definitions: empty });

  expect([code, stdout.split("\n")[0]]).toEqual([
    0,
    `wrote ${join(empty, "clusters/search/search.dev.example.com.yaml")}`,
  ]);
});

test("without a terminal nothing is asked: every missing and wrong answer is reported", async () => {
  expect(await runFleetProcess(["new", "c.dev.example.com", "--account", "sandbx"], { definitions })).toEqual({
    code: 1,
    stdout: "",
    stderr: `--account unknown account "sandbx". Did you mean "sandbox"?
--region is required. Name one, such as eu-west-1
`,
  });
});

test("on a terminal it asks for each answer without a flag, and again after a wrong answer", async () => {
  const variables = { DEFINITIONS_DIR: definitions, CLUSTER_NAME: undefined };
  const terminal = new PseudoTerminal(
    "cli/fleet.mjs",
    ["new", "asked.dev.example.com", "--account", "sandbox", "--tier", "development"],
    variables,
  );
  try {
    await terminal.shows("Team that owns the cluster:");
    terminal.type("Ops!\r");
    await terminal.shows('got "Ops!"');
    terminal.type("\u007f".repeat(4));
    terminal.type("ops\r");
    await terminal.shows("AWS region:");
    terminal.type("eu-central");
    await terminal.shows("eu-central-2");
    terminal.type("\r");
    await terminal.shows("What the cluster contains:");
    terminal.type("\u001b[B\r"); // production, the one after the default
    await terminal.shows("Length of the range's prefix");
    terminal.type("\r");

    expect([await terminal.ended, terminal.lines().join("\n")]).toEqual([0, expect.stringContaining("wrote ")]);
    expect(parse(readFileSync(join(definitions, "clusters/ops/asked.dev.example.com.yaml"), "utf8"))).toMatchObject({
      meta: { ACCOUNT: "sandbox", TIER: "development", OWNER: "ops" },
      tfvars: { common: { aws_region: "eu-central-1" }, workers: [{ min_size: 3, max_size: 12 }] },
    });
  } finally {
    terminal.close();
  }
});

test("Ctrl-C in a question writes nothing, and ends with 130", async () => {
  const variables = { DEFINITIONS_DIR: definitions, CLUSTER_NAME: undefined };
  const terminal = new PseudoTerminal("cli/fleet.mjs", ["new", "never.dev.example.com"], variables);
  try {
    await terminal.shows("Team that owns the cluster:");
    terminal.type("\u0003");

    expect(await terminal.ended).toBe(130);
    expect(terminal.lines().at(-1)).toBe("stopped");
  } finally {
    terminal.close();
  }
});
