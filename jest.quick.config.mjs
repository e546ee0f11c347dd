import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import config from "./jest.config.mjs";

/** The folders and files whose tests are run as one suite each (__tests__/support/jest/describe-room.ts). */
const rooms = JSON.parse(readFileSync(new URL("__tests__/support/jest/rooms.json", import.meta.url), "utf8"));

/** What `make test` runs: every test file once, except `*.slow.test.ts`. With `npx jest` and a path, each file is a suite of its own. */
/** @type {import("jest").Config} */
export default {
  ...config,
  // One more than cores: tests that wait for a process or for a time-out leave a core idle.
  maxWorkers: availableParallelism() + 1,
  testMatch: [
    "<rootDir>/__tests__/rooms/*.ts",
    "<rootDir>/__tests__/**/*.test.ts",
    ...Object.values(rooms)
      .flat()
      .map((path) => `!**/__tests__/${path}${path.endsWith(".ts") ? "" : "/**"}`),
    "!**/*.slow.test.ts",
  ],
};
