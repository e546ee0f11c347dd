import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import rooms from "./support/jest/rooms.json";

const ROOMS: Readonly<Record<string, readonly string[]>> = rooms;

const tests = readdirSync("__tests__", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => `__tests__/${file}`)
  .sort();

const isSlow = (file: string): boolean => file.endsWith(".slow.test.ts");

/** Returns the test files that Jest runs, those that a room runs among them. */
function ranBy(config: string): string[] {
  const listed = execFileSync("node", ["node_modules/jest/bin/jest.js", "--config", config, "--listTests"], {
    encoding: "utf8",
  });
  const suites = listed.trim().split("\n");
  return suites
    .map((suite) => relative(".", suite))
    .flatMap((suite) => (dirname(suite) === "__tests__/rooms" ? ofRoom(basename(suite, ".ts")) : [suite]))
    .sort();
}

const ofRoom = (room: string): string[] =>
  (ROOMS[room] ?? [`${room} of rooms.json`]).flatMap((path) =>
    tests.filter((file) => !isSlow(file) && (file === `__tests__/${path}` || file.startsWith(`__tests__/${path}/`))),
  );

test("make test runs every test file once, except those that are named *.slow.test.ts", () => {
  expect(ranBy("jest.quick.config.mjs")).toEqual(tests.filter((file) => !isSlow(file)));
});

test("make test-all runs every test file once", () => {
  expect(ranBy("jest.all.config.mjs")).toEqual(tests);
});
