/** Imports go one way: addons -> fleet -> constructs -> stacks -> main; each rule says who may not import whom, and why. */
const ours = "^(addons|bench|cli|constructs|fleet|offline|stacks|main)";

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "cdktf-at-the-edge",
      comment: "cdktf is archived: the day it is replaced, that must be a search-and-replace in few folders",
      severity: "error",
      from: { pathNot: "^(constructs|stacks)/|^bench/plain-app\\.ts$|^__tests__/support/synth\\.ts$" },
      to: { path: "node_modules/(cdktf|constructs|@cdktf)/" },
    },
    {
      name: "provider-leaves-only",
      comment: "the index of a provider package costs 5 s and 750 MB",
      severity: "error",
      from: {},
      to: { path: "node_modules/@cdktf/provider-[a-z]+/lib/index" },
    },
    { name: "offline-alone", severity: "error", from: { path: "^offline/" }, to: { path: ours, pathNot: "^offline/" } },
    { name: "addons-first", severity: "error", from: { path: "^addons/" }, to: { path: ours, pathNot: "^addons/" } },
    {
      name: "fleet-second",
      severity: "error",
      from: { path: "^fleet/" },
      to: { path: ours, pathNot: "^(fleet|addons)/" },
    },
    {
      name: "constructs-third",
      severity: "error",
      from: { path: "^constructs/" },
      to: { path: ours, pathNot: "^(constructs|fleet|addons)/" },
    },
    {
      name: "stacks-fourth",
      severity: "error",
      from: { path: "^stacks/" },
      to: { path: ours, pathNot: "^(stacks|constructs|fleet|addons)/" },
    },
    {
      name: "nobody-imports-main",
      severity: "error",
      from: { pathNot: "^(main\\.ts$|__tests__/)" },
      to: { path: "^main\\.ts$" },
    },
    { name: "no-test-code-in-the-program", severity: "error", from: { path: ours }, to: { path: "^__tests__/" } },
    {
      name: "resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: [".ts", ".js", ".mjs", ".cjs"] },
  },
};
