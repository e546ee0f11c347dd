/** Imports go one way; each rule says who may not import whom, and why. */

/** The rooms in the order in which they may import each other: each imports only those before it. */
const ORDER = ["language", "aws", "addons", "fleet", "cdktf", "constructs", "stacks", "synth"];
const ours = `^(${[...ORDER, "operations", "pipelines", "bench", "cli", "offline"].join("|")})/|^main\\.ts$`;

/** The rooms of offline/, in the same way: its entries import all of them. */
const OFFLINE_ORDER = ["wire", "schema", "store", "overlay", "provider", "server"].map((room) => `offline/${room}`);

const oneWay = (order, all) =>
  order.map((room, index) => ({
    name: `${room}-imports-only-what-is-before-it`,
    severity: "error",
    from: { path: `^${room}/` },
    to: { path: all, pathNot: `^(${order.slice(0, index + 1).join("|")})/` },
  }));

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-rooms-that-import-each-other",
      comment: "a room that imports its importer has two owners: carve out what both share",
      severity: "error",
      scope: "folder",
      from: {},
      to: { circular: true },
    },
    {
      name: "cdktf-at-the-edge",
      comment: "cdktf is archived: the day it is replaced, that must be a search-and-replace in few folders",
      severity: "error",
      from: {
        pathNot:
          "^(cdktf|constructs|stacks|synth)/|^cli/library/cdktf\\.ts$|^bench/plain-app\\.ts$|^__tests__/support/synth\\.ts$",
      },
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
    ...oneWay(ORDER, ours),
    {
      name: "operations-imports-only-what-is-before-it",
      severity: "error",
      from: { path: "^operations/" },
      to: { path: ours, pathNot: `^(${[...ORDER, "offline", "operations"].join("|")})/` },
    },
    {
      name: "pipelines-know-definitions-only",
      comment: "what runs and where follows from definitions; jobs run commands, which load everything else",
      severity: "error",
      from: { path: "^pipelines/" },
      to: { path: ours, pathNot: "^(language|aws|addons|fleet|pipelines)/" },
    },
    {
      name: "only-commands-ask",
      comment: "what the rooms below need of an answer belongs to a room below",
      severity: "error",
      from: { pathNot: "^(operations|cli|bench|__tests__)/" },
      to: { path: "^operations/" },
    },
    {
      name: "only-commands-generate-pipelines",
      severity: "error",
      from: { pathNot: "^(pipelines|cli|__tests__)/" },
      to: { path: "^pipelines/" },
    },
    {
      name: "nobody-imports-commands",
      severity: "error",
      from: { pathNot: "^(cli|__tests__)/|^main\\.ts$" },
      to: { path: "^cli/" },
    },
    ...oneWay(OFFLINE_ORDER, "^offline/"),
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
    enhancedResolveOptions: {
      extensions: [".ts", ".js", ".mjs", ".cjs"],
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
