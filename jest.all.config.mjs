import quick from "./jest.quick.config.mjs";

// Property tests try all their cases (__tests__/support/jest/cases.ts).
process.env.ALL_CASES = "1";

/** What `make test-all` and CI run: the quick part, and `*.slow.test.ts`, which run many processes or apply many stacks. */
/** @type {import("jest").Config} */
export default {
  ...quick,
  // Slow tests run processes that use the cores themselves.
  maxWorkers: "100%",
  testMatch: [...quick.testMatch, "<rootDir>/__tests__/**/*.slow.test.ts"],
  // Slow tests run Terraform or OpenTofu on machines of any speed.
  testTimeout: 300_000,
};
