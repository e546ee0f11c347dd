import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { STACKS } from "../fleet/model/stacks";
import type { InitReport } from "../operations/init/report";
import { version } from "../package.json";
import { copyOfRepository } from "./support/copies/copy-of-repository";
import { type Layout, LIFE_CLUSTER, testLife } from "./support/copies/life";
import { packedPackage, packInto } from "./support/copies/packed-package";
import { edit } from "./support/offline-cluster";
import { contentsOf, type Run, run, synthesizeFleet } from "./support/run-program";

const own = packedPackage();
afterAll(() => own.remove());

/** A command line in the repository of somebody who uses the package. */
const inOwn = (line: string, environment: Readonly<Record<string, string | undefined>> = {}): Promise<Run> =>
  run("sh", ["-c", `cd ${own.path} && PATH=$PWD/node_modules/.bin:$PATH && ${line}`], {
    CLUSTER_NAME: undefined,
    DEFINITIONS_DIR: undefined,
    ...environment,
    XDG_CACHE_HOME: join(own.path, "node_modules/.cache"),
  });

const INIT =
  "fleet init --yes --json --account-id 123456789012 --region eu-west-1 --domain dev.example.com --hosted-zone Z0123456EXAMPLE";
const CLUSTER = "first.dev.example.com";

/** Files of the repository besides those that `fleet init` writes. */
const FILES = {
  "app.ts": `import { App } from "cdktf";
import { load, planCluster } from "cluster-fleet";
import { addFleetStacks, type ClusterStacks } from "cluster-fleet/cdktf";
import { type Check, defineHelmAddon } from "cluster-fleet/contracts";

export const check: Check = ({ definition }) =>
  definition.tfvars.workers.length > 0 ? [] : [{ path: ["tfvars", "workers"], message: "must not be empty" }];
const app = new App({ outdir: "own.out" });
const fleet = load();
const stacks: Map<string, ClusterStacks> = addFleetStacks(app, fleet);
app.synth();
const names: string[] = fleet.clusters.map(({ name }) => name);
console.log(typeof defineHelmAddon, typeof planCluster, [...stacks.keys()].join(), names.join());
`,
  "tsconfig.json": JSON.stringify({
    compilerOptions: { target: "ES2022", module: "nodenext", strict: true, noEmit: true, types: ["node"] },
    files: ["main.ts", "app.ts"],
  }),
};

/** The files of the package before it runs. */
const packed = (): string[] => readdirSync(own.package, { recursive: true, encoding: "utf8" }).sort();
const asInstalled = packed();

let begun: Run;
beforeAll(async () => {
  begun = await inOwn(INIT);
  for (const [file, text] of Object.entries(FILES)) writeFileSync(join(own.path, file), text);
}, 180_000);

test("fleet init begins a repository in an empty folder, whose cluster is valid and can be applied", () => {
  const { errors, files, rehearsal, warnings } = JSON.parse(begun.stdout) as InitReport;

  expect([begun.code, errors, warnings, rehearsal?.passed]).toEqual([0, 0, 0, true]);
  expect(files.filter(({ state }) => state !== "written")).toEqual([]);
});

test("the package contains neither sources and tests nor the sample accounts and clusters", () => {
  const files = execFileSync("find", [".", "-type", "f"], { cwd: own.package, encoding: "utf8" }).trim().split("\n");

  expect(files.filter((file) => /(?<!\.d)\.ts$|__tests__|^\.\/bench\//.test(file))).toEqual([]);
  expect(readdirSync(join(own.package, "definitions")).sort()).toEqual([
    "channels.yaml",
    "defaults.yaml",
    "kubernetes-support.yaml",
    "regions.yaml",
    "releases",
    "schema",
    "seen-versions.yaml",
    "tiers",
  ]);
});

test("the package contains every page that its messages name", () => {
  const bundles = readdirSync(join(own.package, "bundles"), { recursive: true, encoding: "utf8" });
  const texts = bundles
    .filter((file) => /\.[cm]?js$/.test(file))
    .map((file) => readFileSync(join(own.package, "bundles", file), "utf8"));
  const named = new Set(
    texts.flatMap((text) => text.match(/\bdocs\/(?:[a-z0-9-]+\/)*(?:[a-z0-9-]+|README)\.md\b/g) ?? []),
  );

  expect(named.size).toBeGreaterThan(10);
  expect([...named].filter((page) => !existsSync(join(own.package, page)))).toEqual(["docs/definitions.md"]);
});

test.each([
  ["this checkout", "."],
  ["the repository that uses the package", own.path],
])("npx fleet runs in %s without asking a registry", async (_, folder) => {
  const offline = {
    npm_config_registry: "http://127.0.0.1:9",
    npm_config_fetch_retries: "0",
    npm_config_cache: join(own.path, "node_modules/.empty-cache"),
  };
  const { code, stdout } = await run("sh", ["-c", `cd ${folder} && npx fleet --version`], offline);

  expect([code, stdout]).toEqual([0, `${version}\n`]);
});

test("fleet list has the clusters of the repository that uses the package, and no others", async () => {
  const { code, stdout, stderr } = await inOwn("fleet list --json");
  const { clusters } = JSON.parse(stdout) as { clusters: { name: string }[] };

  expect([code, stderr, clusters.map(({ name }) => name)]).toEqual([0, "", ["first.dev.example.com"]]);
});

test("fleet show --layers names the files of the package that are used in place of missing ones", async () => {
  const { code, stdout } = await inOwn("fleet show first.dev.example.com --layers --json");
  const { layers } = JSON.parse(stdout) as { layers: { file: string; shipped: boolean }[] };

  expect(code).toBe(0);
  expect(layers.filter(({ shipped }) => shipped).map(({ file }) => file)).toContain(
    "node_modules/cluster-fleet/definitions/defaults.yaml",
  );
  expect(layers.filter(({ shipped }) => !shipped).map(({ file }) => file)).toEqual([
    "definitions/accounts/sandbox.yaml",
    "definitions/tiers/development.yaml",
    `definitions/clusters/platform/${CLUSTER}.yaml`,
  ]);
});

test("cdktf synth runs a main.ts of three lines, and an app of one's own has the same stacks", async () => {
  const synth = await inOwn("cdktf synth");
  const app = await inOwn("node node_modules/cluster-fleet/run.mjs app.ts");

  expect(synth.code).toBe(0);
  expect([app.code, app.stderr, app.stdout]).toEqual([
    0,
    "",
    "function function first.dev.example.com first.dev.example.com\n",
  ]);
  const json = contentsOf(join(own.path, "cdktf.out/stacks"));
  expect(Object.keys(json).filter((file) => file.endsWith("cdk.tf.json"))).toHaveLength(4);
  expect(contentsOf(join(own.path, "own.out/stacks"))).toEqual(json);
});

test("the cache is in the repository, not in node_modules", () => {
  expect(readdirSync(join(own.path, ".fleet")).sort()).toEqual(["rehearsal", "synth"]);
  expect(packed()).toEqual(asInstalled);
});

test("fleet schema writes the names of the repository's own accounts and tiers for its editors", async () => {
  const { code } = await inOwn("fleet schema");
  const names = readFileSync(join(own.path, "definitions/schema/names.schema.json"), "utf8");

  expect([code, names.includes('"sandbox"'), names.includes('"staging"'), names.includes('"acme"')]).toEqual([
    0,
    true,
    true,
    false,
  ]);
});

test("the types describe the package", async () => {
  expect(await inOwn("tsc -p .")).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("this repository synthesizes the same Terraform for the definitions of that folder", async () => {
  const outdir = join(own.path, "here.out");
  await synthesizeFleet(outdir, join(own.path, "definitions"));

  expect(contentsOf(join(outdir, "stacks"))).toEqual(contentsOf(join(own.path, "cdktf.out/stacks")));
});

/** An addon of a repository that EKS installs. */
const ADDON = `import { defineEksAddon, z } from "cluster-fleet/contracts";

export default defineEksAddon({
  name: "acme_observer",
  eks_name: "acme-observer",
  summary: "Reports what pods open",
  namespace: "acme-observer",
  requires: [],
  after: ["coredns"],
  conflicts_with: [],
  options: z.strictObject({ level: z.enum(["info", "debug"]).default("info").describe("What is reported.") }),
  values: (_cluster, { level }) => ({ level }),
});
`;

const SEEN = ["1.33", "1.34", "1.35", "1.36"].map((minor) => `"${minor}": "in use, 2026-10"`).join();
const SIZE = ["max_size: 4", "max_size: 5", "eks-workers"] as const;
const SYNTHESIZE = "node node_modules/cluster-fleet/run.mjs main.ts";

/** A folder below the one of the package, so that programs in it find the package. */
const below = (name: string): string => join(own.path, name);

describe.each<[string, () => Layout]>([
  [
    "the packed package, in the folder that fleet init has filled",
    () => ({
      folder: own.path,
      stacks: STACKS,
      changes: [SIZE],
      fleet: (line, environment) => inOwn(`fleet ${line}`, environment),
      synthesize: () => inOwn(SYNTHESIZE, { CLUSTER_NAME: LIFE_CLUSTER }),
    }),
  ],
  [
    "a repository of its own, with extensions and a history",
    () => {
      const folder = below("repository");
      cpSync("docs/examples/extensions", folder, { recursive: true });
      for (const file of ["main.ts", "cdktf.json", "package.json", ".gitignore"])
        cpSync(below(file), join(folder, file));
      writeFileSync(join(folder, "extensions/addons/acme-observer.ts"), ADDON);
      edit(
        join(folder, "definitions/extensions.yaml"),
        "\ncharts:",
        "\neks_addons: { acme-observer: v1.2.0-eksbuild.1 }\ncharts:",
      );
      writeFileSync(
        join(folder, "definitions/seen-versions.yaml"),
        `eks_addons: { acme-observer: { v1.2.0-eksbuild.1: { ${SEEN} } } }\n`,
      );
      execFileSync(
        "sh",
        ["-c", "git init -q && git add . && git -c user.name=a -c user.email=a@example.com commit -qm a"],
        {
          cwd: folder,
        },
      );
      const inFolder = (line: string, environment = {}) => inOwn(`cd ${folder} && ${line}`, environment);
      return {
        folder,
        stacks: [...STACKS, "artifacts"],
        addons: "    acme_observer: { enabled: true, options: { level: debug } }\n",
        changes: [SIZE, ["level: debug", "level: info", "addons"]],
        fleet: (line, environment) => inFolder(`fleet ${line}`, environment),
        synthesize: () =>
          inFolder(SYNTHESIZE.replace("node_modules", "../node_modules"), { CLUSTER_NAME: LIFE_CLUSTER }),
      };
    },
  ],
  [
    "this repository, with definitions elsewhere",
    () => {
      const folder = below("elsewhere");
      const definitions = join(folder, "definitions");
      cpSync(below("definitions"), definitions, { recursive: true });
      const inFolder = (command: readonly string[], environment = {}) =>
        run("sh", ["-c", 'cd "$0" && exec "$@"', folder, ...command], {
          CLUSTER_NAME: undefined,
          DEFINITIONS_DIR: definitions,
          ...environment,
        });
      return {
        folder,
        stacks: STACKS,
        changes: [SIZE],
        fleet: (line, environment) => inFolder([resolve("cli/fleet.mjs"), ...line.split(" ")], environment),
        synthesize: () =>
          inFolder(["node", resolve("launch.mjs"), "main.ts"], {
            CLUSTER_NAME: LIFE_CLUSTER,
            CDKTF_OUTDIR: join(folder, "cdktf.out"),
          }),
      };
    },
  ],
])("%s", (_, layoutOf) => testLife(layoutOf));

test("the package stays small, and its import fast", async () => {
  const files = execFileSync("find", [own.package, "-type", "f", "-printf", "%s\n"], {
    encoding: "utf8",
  });
  const megabytes =
    files
      .trim()
      .split("\n")
      .reduce((sum, size) => sum + Number(size), 0) / 1e6;
  const { stdout } = await inOwn(
    `node -e 'const t = performance.now(); require("cluster-fleet"); console.log(performance.now() - t)'`,
  );
  console.info(`package: ${megabytes.toFixed(0)} MB unpacked, import: ${Number(stdout).toFixed(0)} ms`);

  expect(megabytes).toBeLessThan(30);
  expect(Number(stdout)).toBeLessThan(5000);
});

test("fleet upgrade-check shows what a newer packed version changes by its code and by its defaults, and its changelog", async () => {
  const newer = copyOfRepository();
  try {
    for (const [file, from, to] of [
      ["package.json", `"version": "${version}"`, '"version": "9.0.0"'],
      ["CHANGELOG.md", `\n## ${version}\n`, `\n## 9.0.0\n\nNo VPC resolves names.\n\n## ${version}\n`],
      ["constructs/networking/network.ts", "enableDnsSupport: true", "enableDnsSupport: false"],
      ["definitions/defaults.yaml", "[audit, api, authenticator]", "[audit, api]"],
    ] as const)
      edit(join(newer.path, file), from, to);
    packInto(own.path, newer.path);
  } finally {
    newer.remove();
  }
  const { code, stderr, stdout } = await inOwn("fleet upgrade-check --to cluster-fleet-9.0.0.tgz");

  expect([code, stderr, stdout.split("\n")[0]]).toEqual([
    2,
    "",
    `1 cluster changes of 1, if version 9.0.0 replaces ${version}`,
  ]);
  expect(stdout).toMatch(/~ update networking aws_vpc\.network_\w+\n {6}enable_dns_support: true -> false\n/);
  expect(stdout).toMatch(/~ update eks-cluster aws_eks_cluster\.\w+\n {6}enabled_cluster_log_types.*authenticator/);
  expect(stdout).toMatch(/\n\nChangelog 9\.0\.0\n {2}No VPC resolves names\.\n$/);
}, 180_000);

test("a cluster on a release with another packed version has that version's code and defaults, and a revert gives the earlier stacks", async () => {
  const tarball = "cluster-fleet-9.0.0.tgz";
  const release = join(own.path, "definitions/releases/2027.01.yaml");
  const definition = join(own.path, `definitions/clusters/platform/${CLUSTER}.yaml`);
  const shipped = readFileSync("definitions/releases/2026.12.yaml", "utf8");
  const hash = createHash("sha512")
    .update(readFileSync(join(own.path, tarball)))
    .digest("base64");
  const pin = (integrity: string): void => {
    const program = { version: "9.0.0", source: `./${tarball}`, integrity: `sha512-${integrity}` };
    mkdirSync(join(release, ".."), { recursive: true });
    writeFileSync(release, `program: ${JSON.stringify(program)}\n${shipped}`);
  };
  const synthesized = async (): Promise<Readonly<Record<string, string>>> => {
    const { code, stderr } = await inOwn("node node_modules/cluster-fleet/run.mjs main.ts");
    if (code !== 0) throw new Error(stderr);
    return contentsOf(join(own.path, "cdktf.out/stacks"));
  };
  const written = readFileSync(definition, "utf8");
  const before = await synthesized();

  pin(hash);
  const promoted = await inOwn(`fleet promote ${CLUSTER} 2027.01 --json`);
  const after = await synthesized();
  pin(`${"A".repeat(86)}==`);
  const otherPackage = await inOwn("fleet validate");
  writeFileSync(definition, written);
  const reverted = await synthesized();

  const changed = Object.entries(after).flatMap(([file, text]) => {
    const earlier = new Set(before[file]?.split("\n"));
    return text.split("\n").filter((line) => !earlier.has(line));
  });
  expect(promoted.code).toBe(0);
  expect(changed.map((line) => line.trim())).toEqual(['"api"', '"enable_dns_support": false,']);
  expect(Object.keys(after)).toEqual(Object.keys(before));
  expect(reverted).toEqual(before);
  expect([otherPackage.code, otherPackage.stderr]).toEqual([1, expect.stringContaining(`has the hash sha512-${hash}`)]);
}, 180_000);

test("extensions of the repository run without a build step, have types, and are bundled again when they change", async () => {
  const write = (file: string, text: string): void => writeFileSync(join(own.path, file), text);
  const read = (file: string): string => readFileSync(join(own.path, file), "utf8");
  cpSync("docs/examples/extensions/extensions", join(own.path, "extensions"), { recursive: true });
  cpSync("docs/examples/extensions/definitions/extensions.yaml", join(own.path, "definitions/extensions.yaml"));
  write("definitions/tiers/development.yaml", "tfvars: { stacks: { artifacts: { enabled: true } } }\n");
  write(
    "tsconfig.json",
    JSON.stringify({ ...JSON.parse(FILES["tsconfig.json"]), files: undefined, include: ["extensions"] }),
  );
  const costCentreAfter = async (): Promise<string | undefined> => {
    const { code, stderr } = await inOwn("node node_modules/cluster-fleet/run.mjs main.ts");
    if (code !== 0) throw new Error(stderr);
    return /"CostCentre": "(\d+)"/.exec(read("cdktf.out/stacks/first-dev-example-com-artifacts/cdk.tf.json"))?.[1];
  };

  expect(await inOwn("tsc -p .")).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(await costCentreAfter()).toBe("4711");
  write("extensions/hook.ts", read("extensions/hook.ts").replace("4711", "4799"));
  expect(await costCentreAfter()).toBe("4799");
});
