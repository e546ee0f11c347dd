import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import Table from "cli-table3";
import { build } from "esbuild";
import { loadFleet } from "../fleet/load";
import { startOfflineProviders } from "../offline/offline-providers";
import { Terraform } from "../offline/terraform";
import { FLEET_COMMANDS } from "./fleet-commands";
import { clusterName, SAMPLE_FLEET } from "./generated-fleet";
import { ratio } from "./processes";
import { RELEASES } from "./releases";
import { type Benchmark, firstSynth, fleet, time, work } from "./workspace";

const SAMPLE = "production.eks.example.com";
/** The package as Node loads it for everyone; the program's bundle has another build of it (launch.mjs). */
const YAML: typeof import("yaml") = createRequire(join(process.cwd(), "package.json"))("yaml");

const BENCHMARKS: readonly Benchmark[] = [
  {
    name: "start",
    what: "one cluster: the whole process, over loading the same bindings and writing the same bytes",
    bar: 2,
    unit: "ms",
    measure: async () => {
      const output = join(work, "start");
      const env = { DEFINITIONS_DIR: SAMPLE_FLEET, CLUSTER_NAME: SAMPLE, CDKTF_OUTDIR: output };
      await firstSynth(env);
      const task = join(work, "least.json");
      const files = readdirSync(output, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(output.length + 1));
      writeFileSync(
        task,
        JSON.stringify({
          bindings: bundledBindings(),
          files,
          from: output,
          to: join(work, "least"),
        }),
      );
      return ratio(
        9,
        async () => (await firstSynth(env)).milliseconds,
        () => time(["bench/import-and-write.cjs", task]),
      );
    },
  },
  {
    name: "fleet",
    what: "100 clusters, over the same in one plain App with cdktf's defaults",
    bar: 0.35,
    unit: "ms",
    measure: async () => {
      const env = { DEFINITIONS_DIR: fleet(100).directory, CDKTF_OUTDIR: join(work, "fleet") };
      const plain = await compilePlainly("bench/plain-app.ts");
      return ratio(
        3,
        async () => (await firstSynth(env)).milliseconds,
        () => time([plain], { ...env, CDKTF_OUTDIR: join(work, "plain") }),
      );
    },
  },
  {
    name: "memory",
    what: "500 clusters, over 50: peak memory of the largest process",
    bar: 1.5,
    unit: "MiB",
    measure: () =>
      ratio(
        1,
        () => peak(500),
        () => peak(50),
      ),
  },
  {
    name: "one-of-many",
    what: "one cluster out of 1,000 definitions, over the same cluster alone",
    bar: 1.2,
    unit: "ms",
    measure: () => {
      const one = (size: number) => async () => {
        const env = { DEFINITIONS_DIR: fleet(size).directory, CLUSTER_NAME: clusterName(0) };
        return (await firstSynth({ ...env, CDKTF_OUTDIR: join(work, `one-${size}`) })).milliseconds;
      };
      return ratio(9, one(1000), one(1));
    },
  },
  {
    name: "load",
    what: "load, merge and check 1,000 definitions, over YAML.parse of the same files",
    bar: 3,
    unit: "ms",
    measure: async () => {
      const { directory, files } = fleet(1000);
      const today = new Date().toISOString().slice(0, 10);
      return ratio(
        15, // the first few are V8 getting to know the code
        async () => timed(() => loadFleet({ directory, shipped: "definitions", today })),
        async () => timed(() => files.map((file) => YAML.parse(readFileSync(file, "utf8")))),
      );
    },
  },
  {
    name: "validate",
    what: "median terraform validate of a stack, attached, over terraform version",
    bar: 4,
    unit: "ms",
    measure: async () => {
      const output = join(work, "validate");
      await firstSynth({ DEFINITIONS_DIR: SAMPLE_FLEET, CDKTF_OUTDIR: output });
      const stacks = readdirSync(join(output, "stacks")).map((name) => join(output, "stacks", name));
      const providers = await startOfflineProviders({ stacks, storeDirectory: join(work, "store") });
      try {
        const terraforms = stacks.map((directory) => new Terraform({ directory, env: providers.env }));
        for (const terraform of terraforms) await terraform.init({ backend: false });
        let next = 0;
        const timeOf = async (args: readonly string[]): Promise<number> => {
          const terraform = terraforms[next++ % terraforms.length];
          const started = performance.now();
          await terraform?.run(args);
          return performance.now() - started;
        };
        return await ratio(
          stacks.length * 2,
          () => timeOf(["validate"]),
          () => timeOf(["version"]),
        );
      } finally {
        await providers.close();
      }
    },
  },
];

/** JavaScript as a cdktf program usually has it: compiled, its packages where npm put them. */
async function compilePlainly(entry: string): Promise<string> {
  const outfile = join("dist", "bench", "plain.cjs");
  await build({ entryPoints: [entry], bundle: true, packages: "external", platform: "node", format: "cjs", outfile });
  return outfile;
}

/** The provider bindings, and cdktf itself, that the program's bundle was made of: esbuild names each file before its code. */
function bundledBindings(): string[] {
  const bundle = readFileSync("dist/main.cjs", "utf8");
  const files = bundle.matchAll(
    /^\/\/ .*node_modules\/(@cdktf\/provider-[a-z]+\/lib\/[a-z0-9-]+\/index\.js|cdktf\/lib\/index\.js)$/gm,
  );
  return [...new Set([...files].map(([, file = ""]) => file))];
}

async function peak(size: number): Promise<number> {
  const env = { DEFINITIONS_DIR: fleet(size).directory, CDKTF_OUTDIR: join(work, `memory-${size}`) };
  return (await firstSynth(env, join(work, "peaks"))).peak;
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** With names, only those benchmarks; `growth` instead prints how the cost grows with the fleet. */
async function main(names: readonly string[]): Promise<boolean> {
  if (names.includes("growth")) return growth();
  const table = new Table({
    head: ["benchmark", "ours", "theirs", "ratio", "bar", "", "what"],
    style: { head: [], border: [], compact: true },
  });
  let reached = true;
  for (const { name, what, bar, unit, measure } of [...BENCHMARKS, ...FLEET_COMMANDS, ...RELEASES]) {
    if (names.length > 0 && !names.includes(name)) continue;
    const { ours, theirs, ratio: measured } = await measure();
    reached &&= measured <= bar;
    const amount = (value: number): string => `${value.toFixed(0)} ${unit}`;
    table.push([
      name,
      amount(ours),
      amount(theirs),
      measured.toFixed(2),
      `<= ${bar}`,
      measured <= bar ? "ok" : "TOO SLOW",
      what,
    ]);
  }
  console.log(table.toString());
  return reached;
}

async function growth(): Promise<boolean> {
  const table = new Table({
    head: ["clusters", "time", "ms a cluster", "peak of the largest process"],
    style: { head: [], border: [], compact: true },
  });
  for (const size of [1, 10, 50, 100, 500, 1000]) {
    const env = { DEFINITIONS_DIR: fleet(size).directory, CDKTF_OUTDIR: join(work, `growth-${size}`) };
    const { milliseconds, peak: memory } = await firstSynth(env, join(work, "peaks"));
    table.push([
      size,
      `${(milliseconds / 1000).toFixed(2)} s`,
      (milliseconds / size).toFixed(1),
      `${memory.toFixed(0)} MiB`,
    ]);
  }
  console.log(table.toString());
  return true;
}

void main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return false;
  })
  .then((reached) => {
    process.exitCode = reached ? 0 : 1;
    rmSync(work, { recursive: true, force: true });
  });
