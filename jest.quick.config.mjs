import { readdirSync } from "node:fs";
import { basename } from "node:path";
import config from "./jest.config.mjs";

/** The folders whose test files are run as one suite each (__tests__/support/describe-room.ts). */
const rooms = readdirSync(new URL("__tests__/rooms", import.meta.url)).map((file) => basename(file, ".ts"));

/** What `make test` runs: every test file once, except `*.slow.test.ts`. With `npx jest` and a path, each file is a suite of its own. */
/** @type {import("jest").Config} */
export default {
  ...config,
  testMatch: [
    "<rootDir>/__tests__/rooms/*.ts",
    "<rootDir>/__tests__/**/*.test.ts",
    ...rooms.map((room) => `!**/__tests__/${room}/**`),
    "!**/*.slow.test.ts",
  ],
};
