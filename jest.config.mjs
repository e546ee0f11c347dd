/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  // Leaves node_modules, which holds half a gigabyte of provider bindings, out of Jest's crawl.
  roots: ["<rootDir>/__tests__"],
  testMatch: ["**/*.test.ts"],
  transform: {
    "^.+\\.ts$": [
      "<rootDir>/__tests__/support/jest/transformer.cjs",
      { sourceMaps: true, jsc: { target: "es2022", parser: { syntax: "typescript" } } },
    ],
  },
  // All cores: Jest leaves one free, and with two that is half of them.
  maxWorkers: "100%",
  testSequencer: "<rootDir>/__tests__/support/jest/longest-first.mjs",
  setupFilesAfterEnv: ["<rootDir>/__tests__/support/jest/kept-folder.ts"],
  testTimeout: 60_000,
  reporters: ["default", "<rootDir>/__tests__/support/jest/slowest-files.mjs"],
  globalSetup: "<rootDir>/__tests__/support/jest/print-terraform.mjs",
};
