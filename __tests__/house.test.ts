import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import rooms from "./support/jest/rooms.json";

const ROOMS: Readonly<Record<string, readonly string[]>> = rooms;

/** Paths of all files that belong to the project: those that git tracks, and new ones that it does not ignore. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .trim()
  .split("\n")
  .filter((file) => existsSync(file));

test("no folder has more than 25 files", () => {
  const sizes = new Map<string, number>();
  // One published schema for each command, which readers find by its name.
  const counted = files.filter((file) => dirname(file) !== "cli/schema");
  for (const file of counted) sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1);

  expect([...sizes].filter(([, size]) => size > 25)).toEqual([]);
});

test("no source file has more than 250 lines", () => {
  const sources = files.filter((file) => /\.(?:[cm]?[jt]s|sh)$/.test(file) && !file.startsWith("__tests__/"));
  const long = sources.filter((file) => readFileSync(file, "utf8").split("\n").length - 1 > 250);

  expect(long).toEqual([]);
});

describe("the two parts of the tests", () => {
  const tests = files.filter((file) => file.startsWith("__tests__/") && file.endsWith(".test.ts"));
  const slow = tests.filter((file) => file.endsWith(".slow.test.ts"));

  const testsAt = (path: string): string[] =>
    tests.filter((file) => (file === path || file.startsWith(`${path}/`)) && !slow.includes(file));

  test("every room is a suite, and each of its folders and files has tests", () => {
    expect(files.filter((file) => dirname(file) === "__tests__/rooms").map((file) => basename(file, ".ts"))).toEqual(
      Object.keys(ROOMS).sort(),
    );
    for (const path of Object.values(ROOMS).flat())
      expect([path, testsAt(`__tests__/${path}`).length > 0]).toEqual([path, true]);
  });

  test("CI and npm test run both parts", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };

    expect(scripts["test"]).toBe("make test-all");
    expect(readFileSync(".ci/run", "utf8")).toMatch(/^make test-all$/m);
    expect(readFileSync("cli/actions/ci/review.ts", "utf8")).toContain('"npm", ["test", "--if-present"]');
  });

  test("a file that defines tests is named *.test.ts, or is a room", () => {
    const defining = files.filter(
      (file) =>
        /^__tests__\/.*\.[cm]?[jt]sx?$/.test(file) && /^(?:test|it|describe)\b/m.test(readFileSync(file, "utf8")),
    );

    expect(defining.filter((file) => !tests.includes(file))).toEqual([]);
  });

  // Other tests belong to the quick part, however long they take: make them cheaper, or use __tests__/support/jest/cases.ts.
  test("a slow test file runs processes or applies stacks", () => {
    const inProcess = slow.filter(
      (file) =>
        !/node:child_process|startOfflineProviders|startCloud|runFleetProcess|startLoadingBase|synthesizeFleet|RunningFleet|PseudoTerminal|copies\/|corpus\/world|import \{[^}]*\brun\b[^}]*\} from/.test(
          readFileSync(file, "utf8"),
        ),
    );

    expect(inProcess).toEqual([]);
  });
});
