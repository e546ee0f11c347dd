// Runs a TypeScript entry: `node launch.mjs main.ts [arguments]`. Plain JavaScript starts 1.6 to 3.3 times faster than
// ts-node or tsx (bench/README.md), so the entry is bundled once and again only when one of its sources has changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const root = dirname(fileURLToPath(import.meta.url));

/** What the bundle was made from: each source with its size and time, so that a change of branch is noticed too. */
const fingerprint = (inputs) =>
  createHash("sha1")
    .update(
      inputs
        .map((file) => {
          const stat = statSync(join(root, file), { throwIfNoEntry: false });
          return `${file}:${stat?.size}:${stat?.mtimeMs}`;
        })
        .join("\n"),
    )
    .digest("hex");

/** Bundles an entry with all that it imports, and returns the path of the JavaScript. */
export async function compile(entry) {
  const bundle = join(root, "dist", entry.replace(/\.ts$/, ".cjs"));
  const record = `${bundle}.inputs.json`;
  if (existsSync(bundle) && existsSync(record)) {
    const { inputs, made } = JSON.parse(readFileSync(record, "utf8"));
    if (fingerprint(inputs) === made) return bundle;
  }
  const { build } = await import("esbuild");
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // The same parser without a look into the environment at every token, which is a quarter of the time of reading YAML.
    alias: { yaml: join(root, "node_modules/yaml/browser/index.js") },
    external: ["esbuild"], // one file instead of hundreds to find and read; source maps inside the bindings stay behind
    metafile: true,
    write: false,
    outfile: bundle,
    logLevel: "error",
  });
  // Packages change only with the lock file.
  const ours = Object.keys(metafile.inputs).filter((file) => !file.includes("node_modules/"));
  const inputs = [...ours, "package-lock.json", "launch.mjs"].sort();
  mkdirSync(dirname(bundle), { recursive: true });
  writeWhole(bundle, outputFiles[0].text);
  writeWhole(record, JSON.stringify({ inputs, made: fingerprint(inputs) }));
  rmSync(`${bundle}.v8-cache`, { force: true });
  return bundle;
}

/** Writes whole or not at all: two commands may do so at once, and the last one wins. */
function writeWhole(file, content) {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
}

/**
 * Runs a bundle with the bytecode that V8 made of it the last time, which saves a quarter of a short run's time. V8 refuses
 * what another version or other flags have made; then, as the first time, it is made when the process ends.
 */
function run(bundle) {
  const cacheFile = `${bundle}.v8-cache`;
  const cachedData = existsSync(cacheFile) ? readFileSync(cacheFile) : undefined;
  const source = readFileSync(bundle, "utf8");
  const script = new Script(Module.wrap(source), { filename: bundle, ...(cachedData && { cachedData }) });
  if (cachedData === undefined || script.cachedDataRejected) {
    process.once("exit", () => {
      try {
        // V8 compares lengths, not texts: bytecode of a bundle that was made anew meanwhile must not stay.
        if (readFileSync(bundle, "utf8") === source) writeWhole(cacheFile, script.createCachedData());
      } catch {} // on a full disk the next run starts slower, which must not fail this one
    });
  }
  const main = { exports: {}, filename: bundle };
  script.runInThisContext()(main.exports, createRequire(bundle), main, bundle, dirname(bundle));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [entry, ...rest] = process.argv.slice(2);
  const bundle = await compile(entry).catch((error) => {
    if (error.syscall === undefined) throw error;
    console.error(`cannot write ${error.path}: ${error.code}. Give yourself write access to ${join(root, "dist")}`);
    process.exit(1);
  });
  process.argv = [process.argv[0], bundle, ...rest];
  run(bundle);
}
