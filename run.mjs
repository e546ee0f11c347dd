// Runs a TypeScript file of another repository: `node node_modules/cluster-fleet/run.mjs main.ts [arguments]`. It is bundled with the
// files that it imports, in memory; packages are loaded from where that repository has them.
import Module, { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { Script } from "node:vm";
import { build } from "esbuild";

const [entry = "main.ts", ...args] = process.argv.slice(2);
const file = resolve(entry);
const { outputFiles } = await build({
  entryPoints: [file],
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "cjs",
  sourcemap: "inline",
  write: false,
  logLevel: "error",
}).catch(() => process.exit(1)); // esbuild has printed the error
process.argv = [process.argv[0], file, ...args];
process.setSourceMapsEnabled(true);
const main = { exports: {}, filename: file };
const run = new Script(Module.wrap(outputFiles[0].text), { filename: `${file}.cjs` }).runInThisContext();
run(main.exports, createRequire(file), main, file, dirname(file));
