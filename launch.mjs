// Runs a TypeScript entry: `node launch.mjs main.ts [arguments]`. Plain JavaScript starts 1.6 to 3.3 times faster than
// ts-node or tsx (bench/README.md), so the entry is bundled once and again only when one of its sources has changed.
// A command's action is an entry of its own, which is loaded only when the command runs.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const root = dirname(fileURLToPath(import.meta.url));

const hash = (content) => createHash("sha256").update(content).digest("hex");

/** Size and times of a file. They tell a change, that of a branch included, without reading it. */
export function stateOf(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  return `${stat?.size}:${stat?.mtimeMs}:${stat?.ctimeMs}`;
}

/** Files that decide what the bundler makes of the sources. Packages change only with the lock file. */
const SETTINGS = ["launch.mjs", "package-lock.json", "tsconfig.json"];

/** The source that builds a cluster's output. */
const SYNTHESIS = "synth/synthesize-cluster.ts";

/** The source from which the clusters of another version are loaded. */
const LOADING = "operations/changes/load-base.ts";

/**
 * What the bundler reads of the program: of each file its state before that, so that a change during the build is noticed by the
 * next run, and a hash of the very text that is bundled.
 */
class Sources {
  states = {};
  texts = {};

  constructor() {
    for (const file of SETTINGS) this.read(file, (path) => (existsSync(path) ? readFileSync(path) : ""));
  }

  read(file, reader = readFileSync) {
    this.states[file] = stateOf(join(root, file));
    const text = reader(join(root, file));
    this.texts[file] = hash(text);
    return text;
  }

  /** Hands the program's own files to the bundler, and leaves those of packages to it. */
  plugin = {
    name: "sources",
    setup: (build) =>
      build.onLoad({ filter: /\.(ts|json)$/ }, ({ path }) => {
        const file = relative(root, path);
        if (file.includes("node_modules/")) return undefined;
        return { contents: this.read(file), loader: path.endsWith(".ts") ? "ts" : "json" };
      }),
  };

  /** Returns a hash of a source with all that it imports, the same in every bundle; undefined if it is not bundled. */
  codeOf(entry, inputs) {
    if (inputs[entry] === undefined) return undefined;
    const files = new Set([entry]);
    for (const file of files) for (const { path, external } of inputs[file].imports) if (!external) files.add(path);
    const parts = [...files, ...SETTINGS].map((file) => {
      const inPackages = file.lastIndexOf("node_modules/"); // a link leads there from anywhere
      if (inPackages < 0) return `${file} ${this.texts[file]}`;
      return `${file.slice(inPackages)} ${hash(readFileSync(join(root, file)))}`;
    });
    return hash(parts.sort().join("\n"));
  }
}

/** How a bundle requires another entry, by its path. */
const ENTRY = "entry:";

/** Leaves a command's `import("../actions/…")` out of its bundle. */
const actionsApart = {
  name: "actions-apart",
  setup(build) {
    build.onResolve({ filter: /^(\.\.\/)+actions\// }, ({ kind, path, resolveDir }) =>
      kind === "dynamic-import"
        ? { path: `${ENTRY}${relative(root, resolve(resolveDir, path))}.ts`, external: true }
        : undefined,
    );
  },
};

/**
 * Folder of the bundles in the published package, which contains no sources. `cli/pack.mjs` fills it: with a small bundle that finds
 * commands and prints help, and with one of all other entries, so that what they share is there once.
 */
export const PUBLISHED = "bundles";

/** The bundle of all other entries. It exports a function for each, which runs it and returns what it exports. */
export const PROGRAM = join(root, PUBLISHED, "program.cjs");

/** What the bundler is told about every bundle. */
const OPTIONS = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // The same parser without a look into the environment at every token, which is a quarter of the time of reading YAML.
  alias: { yaml: join(root, "node_modules/yaml/browser/index.js") },
  external: ["esbuild"], // one file instead of hundreds to find and read; source maps inside the bindings stay behind
  supported: { "dynamic-import": false }, // becomes require(), which `requireOf` answers
  metafile: true,
  write: false,
  logLevel: "error",
};

/** Bundles entries, and returns the text of each by its path. Both names at its top tell a process that runs it what it runs. */
export async function bundleAll(entryPoints, options, sources = new Sources()) {
  const { build } = await import("esbuild");
  const plugins = [actionsApart, sources.plugin];
  const outExtension = { ".js": ".cjs" };
  const { metafile, outputFiles } = await build({ ...OPTIONS, ...options, entryPoints, outExtension, plugins });
  const [synthesis, loading] = [SYNTHESIS, LOADING].map((entry) =>
    JSON.stringify(sources.codeOf(entry, metafile.inputs)),
  );
  const codes = `const SYNTHESIS_CODE = ${synthesis}, LOADING_CODE = ${loading};`;
  const named = ({ path, text }) => [path, `"use strict"; ${codes} // ${hash(text)}\n${text}`];
  return new Map(outputFiles.map(named));
}

/** Bundles an entry with all that it imports, and returns the path of the JavaScript. A published entry is bundled already. */
export async function compile(entry) {
  const file = entry.replace(/\.ts$/, ".cjs");
  if (!existsSync(join(root, entry)) && existsSync(PROGRAM)) {
    const published = join(root, PUBLISHED, file);
    return existsSync(published) ? published : PROGRAM;
  }
  const bundle = join(root, "dist", file);
  const record = `${bundle}.inputs.json`;
  if (existsSync(bundle) && existsSync(record)) {
    const { states, of } = JSON.parse(readFileSync(record, "utf8"));
    const current = ([file, state]) => stateOf(join(root, file)) === state;
    if (of === writtenAs(bundle) && Object.entries(states).every(current)) return bundle;
  }
  const sources = new Sources();
  const texts = await bundleAll([entry], { outdir: join(root, "dist"), outbase: root }, sources);
  try {
    mkdirSync(dirname(bundle), { recursive: true });
    const of = writeWhole(bundle, texts.get(bundle));
    writeWhole(record, JSON.stringify({ states: sources.states, of }));
  } catch (cause) {
    const folder = join(root, "dist");
    throw new Error(`cannot write ${cause.path}: ${cause.code}. Give yourself write access to ${folder}`, { cause });
  }
  return bundle;
}

/** Writes whole or not at all, and returns `writtenAs` of what it wrote: two commands may write at once, and the last one wins. */
function writeWhole(file, content) {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, content);
  const written = writtenAs(unfinished);
  renameSync(unfinished, file);
  return written;
}

/** What of a file's state stays when it is renamed. */
function writtenAs(path) {
  const { size, mtimeMs } = statSync(path);
  return `${size}:${mtimeMs}`;
}

/**
 * Runs a bundle with the bytecode that V8 made of it the last time, which saves a quarter of a short run's time, and returns what
 * it exports. V8 refuses what another version or other flags have made; then, as the first time, it is made when the process ends.
 */
function run(bundle, entry) {
  const cacheFile = bytecodeOf(bundle, entry);
  const source = readFileSync(bundle, "utf8");
  const madeFrom = Buffer.from(source.slice(0, source.indexOf("\n"))); // V8 compares lengths, not texts
  const cache = cacheFile !== undefined && existsSync(cacheFile) ? readFileSync(cacheFile) : undefined;
  const cachedData = cache?.subarray(-madeFrom.length).equals(madeFrom)
    ? cache.subarray(0, -madeFrom.length)
    : undefined;
  const script = new Script(Module.wrap(source), { filename: bundle, ...(cachedData && { cachedData }) });
  if (cacheFile !== undefined && (cachedData === undefined || script.cachedDataRejected)) {
    process.once("exit", () => {
      try {
        mkdirSync(dirname(cacheFile), { recursive: true });
        writeWhole(cacheFile, Buffer.concat([script.createCachedData(), madeFrom]));
      } catch {} // without a place to write, the next run starts slower, which must not fail this one
    });
  }
  const main = { exports: {}, filename: bundle };
  script.runInThisContext()(main.exports, requireOf(bundle), main, bundle, dirname(bundle));
  return main.exports;
}

/**
 * Returns the file of a bundle's bytecode; undefined if there is no place for it. A package is never written to: others can have installed
 * it, for many users. So its bytecode is in the cache of the user who runs it, for each entry, because bytecode contains what ran.
 */
function bytecodeOf(bundle, entry) {
  if (!bundle.startsWith(join(root, PUBLISHED, "/"))) return `${bundle}.v8-cache`;
  const { HOME: home, XDG_CACHE_HOME: caches = home && join(home, ".cache") } = process.env;
  const name = `${hash(`${bundle} ${entry}`).slice(0, 16)}.v8-cache`;
  return caches ? join(caches, "cluster-fleet", "bytecode", name) : undefined;
}

let program;

/** Runs an entry by its bundle, and returns what it exports. */
function runEntry(entry, bundle) {
  if (bundle !== PROGRAM) return run(bundle, entry);
  program ??= run(PROGRAM, entry);
  const start = program[entry];
  if (start === undefined) throw new Error(`${entry} is not in the package`);
  return start();
}

/** Returns the `require` of a bundle. Another entry is bundled and run first, so its exports have to be awaited. */
function requireOf(bundle) {
  const require = createRequire(bundle);
  return Object.assign((id) => {
    if (!id.startsWith(ENTRY)) return require(id);
    // A thenable and not a promise: esbuild copies what was required before the importing code awaits it.
    const entry = id.slice(ENTRY.length);
    const loaded = compile(entry).then((compiled) => runEntry(entry, compiled));
    // biome-ignore lint/suspicious/noThenProperty: it stands in for the promise, and is awaited like it
    return { then: loaded.then.bind(loaded) };
  }, require);
}

/** Bundles an entry if that is necessary, and runs it with arguments. */
export async function launch(entry, args) {
  const bundle = await compile(entry).catch((error) => {
    if (error.cause?.syscall === undefined) throw error;
    console.error(error.message);
    process.exit(1);
  });
  process.argv = [process.argv[0], bundle, ...args];
  runEntry(entry, bundle);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [entry, ...args] = process.argv.slice(2);
  await launch(entry, args);
}
