// Fills the folders that the published package contains in place of sources. `npm pack` runs it.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleAll, PROGRAM, PUBLISHED } from "../launch.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const commands = join(root, "cli/commands");

const actions = readdirSync(commands, { recursive: true })
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => {
    const [, name] = /import\("(?:\.\.\/)+(actions\/[\w/-]+)"\)/.exec(readFileSync(join(commands, file), "utf8")) ?? [];
    return name === undefined ? [] : [`cli/${name}.ts`];
  });
const minified = { minifySyntax: true, minifyWhitespace: true };
const apart = { ...minified, outdir: join(root, PUBLISHED), outbase: root };

/** Entries of `exports` in package.json, except those that require the caller's cdktf. */
const library = ["cli/library/index.ts", "cli/library/contracts.ts"];

/** The entries that share one bundle. Each is evaluated when it is required, with what it imports. */
const processes = ["synth/shard.ts", "operations/changes/base-process.ts"];
const entries = [...new Set([...actions, ...library, "main.ts", ...processes])];
const shared = {
  resolveDir: root,
  loader: "js",
  contents: entries
    .map((entry) => `exports[${JSON.stringify(entry)}] = () => require(${JSON.stringify(`./${entry}`)});`)
    .join("\n"),
};
const texts = [
  ...(await bundleAll(["cli/fleet.ts"], apart)),
  ...(await bundleAll(undefined, { ...minified, stdin: shared, outfile: PROGRAM })),
  ...library.map((entry) => {
    const file = join(root, PUBLISHED, entry.replace(/\.ts$/, ".cjs"));
    const program = relative(dirname(file), PROGRAM);
    return [file, `module.exports = require(${JSON.stringify(program)})[${JSON.stringify(entry)}]();\n`];
  }),
  // Its stacks belong to an App of the caller's own cdktf.
  ...(await bundleAll(["cli/library/cdktf.ts"], { ...apart, external: ["cdktf", "constructs", "@cdktf/*"] })),
];
rmSync(join(root, PUBLISHED), { recursive: true, force: true });
for (const [path, text] of texts) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const types = join(root, "types");
rmSync(types, { recursive: true, force: true });
const compiler = join(root, "node_modules/typescript-7/bin/tsc");
const { status } = spawnSync(process.execPath, [compiler, "-p", "cli/library"], {
  cwd: root,
  stdio: "inherit",
});
for (const file of readdirSync(types, { recursive: true }).filter((name) => name.endsWith(".d.ts"))) {
  const text = readFileSync(join(types, file), "utf8");
  for (const [, data] of text.matchAll(/from "(\.[^"]*\.json)"/g)) {
    const path = join(dirname(file), data);
    mkdirSync(dirname(join(types, path)), { recursive: true });
    cpSync(join(root, path), join(types, path));
  }
}
process.exitCode = status ?? 1;
