// Bundles the extensions of a repository: `node extend.mjs <extensions folder> <folder of the bundles>`. Prints what it found as JSON.
// `language/extensions/compile.ts` runs it if an extension has changed. cdktf, constructs, zod and the program's own modules stay
// outside of the bundles, because the running program hands in its own copies.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { builtinModules, createRequire } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { stateOf } from "./launch.mjs";

const program = dirname(fileURLToPath(import.meta.url));

/** Modules that the program hands in. `language/extensions/host.ts` has the same list. */
const HANDED_IN = ["cluster-fleet", "cluster-fleet/contracts", "zod", "cdktf", "constructs"];

/** Built-in modules that read nothing of the machine: what an extension reads besides would not be part of the output's fingerprint. */
const PURE_MODULES = [
  "assert",
  "buffer",
  "crypto",
  "events",
  "path",
  "path/posix",
  "punycode",
  "querystring",
  "string_decoder",
  "url",
  "util",
];

const BARE = /^[^./]/;

/** Adds to a provider's file that its classes recognize the instances of the program's own copy of the same class. */
const SAME_TYPES = `
for (const type of Object.values(exports)) {
  if (typeof type !== "function" || !Object.hasOwn(type, "tfResourceType")) continue;
  const base = Object.getPrototypeOf(type);
  Object.defineProperty(type, Symbol.hasInstance, {
    value(it) {
      if (this !== type) return Function.prototype[Symbol.hasInstance].call(this, it);
      return it instanceof base && it.terraformResourceType === type.tfResourceType;
    },
  });
}
`;

/** Files that the bundler read, with their state before that: the next run notices a change during the build. */
const states = {};

const rules = {
  name: "rules",
  setup(bundler) {
    bundler.onLoad({ filter: /./ }, ({ path }) => {
      states[path] ??= stateOf(path);
      return undefined;
    });
    bundler.onResolve({ filter: BARE }, ({ path, importer }) => {
      const name = path.replace(/^node:/, "");
      if (HANDED_IN.includes(path)) return { path, external: true };
      if (path.startsWith("cluster-fleet/"))
        return { errors: [{ text: `an extension cannot import ${path}. Import cluster-fleet/contracts` }] };
      if (/^(cdktf|constructs|zod)\//.test(path))
        return { errors: [{ text: `an extension cannot import ${path}. Import ${path.split("/")[0]}` }] };
      if (/^@cdktf\/provider-[a-z]+(\/lib\/index)?$/.test(path))
        return {
          errors: [
            {
              text: `loading all of ${path} takes seconds. Import the folder of one resource, such as ${path.split("/").slice(0, 2).join("/")}/lib/s3-bucket`,
            },
          ],
        };
      if (!builtinModules.includes(name)) return undefined;
      if (PURE_MODULES.includes(name)) return { path, external: true };
      const by = importer.includes(`node_modules${sep}`)
        ? "this package, and so the extension, imports"
        : "the extension imports";
      return {
        errors: [
          {
            text: `${by} ${name}. What an extension reads of the machine would not be noticed when it changes. Import data as a .json, .yaml or .txt file, or make it an option of the definition`,
          },
        ],
      };
    });
    bundler.onLoad({ filter: /@cdktf[/\\]provider-[a-z]+[/\\]lib[/\\].*[/\\]index\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8") + SAME_TYPES,
      loader: "js",
    }));
  },
};

async function bundle(folder, target, entries) {
  const home = dirname(folder);
  const absolute = (file) => resolve(home, file);
  const places = ({ location, text }) => ({
    message: text,
    file: location?.file === undefined ? undefined : absolute(location.file),
    line: location?.line ?? 1,
    column: (location?.column ?? 0) + 1,
  });
  try {
    const { metafile, outputFiles } = await build({
      absWorkingDir: home,
      entryPoints: entries.map((entry) => join(folder, entry)),
      outdir: target,
      outbase: folder,
      outExtension: { ".js": ".cjs" },
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      sourcemap: "external",
      sourcesContent: false,
      nodePaths: [join(program, "node_modules"), ...nodeFolders()],
      loader: { ".txt": "text", ".yaml": "text", ".yml": "text", ".tpl": "text", ".md": "text" },
      define: { "process.env.NODE_ENV": '"production"' },
      metafile: true,
      write: false,
      logLevel: "silent",
      logLimit: 0,
      plugins: [rules],
    });
    const code = createHash("sha256");
    for (const { path, contents } of outputFiles) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contents);
      if (!path.endsWith(".map"))
        code
          .update(`${relative(target, path)}\0`)
          .update(contents)
          .update("\0");
    }
    const inputs = Object.keys(metafile.inputs).map(absolute).sort();
    return { code: code.digest("hex"), inputs, states, problems: [] };
  } catch (error) {
    if (!Array.isArray(error?.errors)) throw error;
    return { problems: error.errors.map(places) };
  }
}

/** Folders in which the program's own packages are: below it, or beside it where it is a package itself. */
function nodeFolders() {
  return createRequire(join(program, "launch.mjs")).resolve.paths("cdktf") ?? [];
}

const [folder, target, ...entries] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await bundle(resolve(folder), resolve(target), entries)));
