import { join } from "node:path";
import { buildSync } from "esbuild";

/** Returns what a package exports that has ES modules alone, or that Node cannot load as it is: bundled, as one module of CommonJS. */
export function bundled<Module>(contents: string): Module {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: join(__dirname, "../../..") },
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
  });
  const module = { exports: {} };
  new Function("module", "exports", "require", outputFiles[0]?.text ?? "")(module, module.exports, require);
  return module.exports as Module;
}
