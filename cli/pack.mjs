// Fills the folders that the published package contains in place of sources. `npm pack` runs it.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleAll, PUBLISHED } from "../launch.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const commands = join(root, "cli/commands");

const actions = readdirSync(commands, { recursive: true })
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => {
    const [, name] = /import\("(?:\.\.\/)+(actions\/[\w/-]+)"\)/.exec(readFileSync(join(commands, file), "utf8")) ?? [];
    return name === undefined ? [] : [`cli/${name}.ts`];
  });
const options = { outdir: join(root, PUBLISHED), outbase: root, minifySyntax: true, minifyWhitespace: true };
const texts = [
  ...(await bundleAll(
    ["cli/fleet.ts", "main.ts", ...actions, "synth/shard.ts", "cli/library/index.ts", "cli/library/contracts.ts"],
    options,
  )),
  // Its stacks belong to an App of the caller's own cdktf.
  ...(await bundleAll(["cli/library/cdktf.ts"], { ...options, external: ["cdktf", "constructs", "@cdktf/*"] })),
];
rmSync(join(root, PUBLISHED), { recursive: true, force: true });
for (const [path, text] of texts) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const types = join(root, "types");
rmSync(types, { recursive: true, force: true });
const { status } = spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", "cli/library"], {
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
