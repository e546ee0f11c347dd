import { readFileSync } from "node:fs";
import { createRequire, SourceMap } from "node:module";
import { dirname, join, resolve } from "node:path";
import { ExpectedError } from "../expected-error";
import { formatProblem, type Problem } from "../problem";
import { programFolder } from "../program-folder";
import { RefusedValue } from "../refused";
import { type Extension, shownPath } from "./compile";
import { extensionProblem } from "./find";
import { hosted } from "./host";

/** An extension that failed, or is not what it should be. The message is all that the user needs. */
export class ExtensionError extends ExpectedError {
  constructor(
    readonly problems: readonly Problem[],
    options?: ErrorOptions,
  ) {
    super(problems.map(formatProblem).join("\n"), options);
  }
}

/** Lines that `new Function` puts above the text. */
const LINES_ABOVE = 2;

interface Loaded {
  readonly extension: Extension;
  readonly folder: string;
}

/** Extensions by the paths of their bundles, as stack traces have them. */
const loaded = new Map<string, Loaded>();

/**
 * Runs an extension, and returns its default export.
 *
 * @param folder the folder of extensions, as messages show it
 * @throws ExtensionError if it fails or has no default export
 */
export function runExtension(folder: string, extension: Extension): unknown {
  const { bundle, file } = extension;
  loaded.set(bundle, { extension, folder });
  const module = { exports: {} as { readonly default?: unknown } };
  guarded(extension, "cannot be loaded", () => {
    const source = `${readFileSync(bundle, "utf8")}\n//# sourceURL=${bundle}`;
    // Not node:vm: its code has other globals than a test.
    const run = new Function("exports", "require", "module", "process", source);
    run(module.exports, requireOf(extension), module, processOf());
  });
  const { default: exported } = module.exports;
  if (exported === undefined || exported === null)
    throw new ExtensionError([
      extensionProblem(file, `has no default export. Write export default ${FORMS[extension.kind]}`),
    ]);
  return exported;
}

/** How each kind of extension is written. */
const FORMS = {
  addons: "defineHelmAddon({ … }) or defineEksAddon({ … })",
  checks: "defineCheck({ … })",
  stacks: "defineStack({ … })",
  hook: "defineHook({ … })",
} as const;

/**
 * Calls code of an extension. An exception of it becomes an error with its place in the extension; a refused value of a definition
 * is passed to the caller of rules.
 *
 * @param what a clause such as `cannot check a.example.com`
 */
export function guarded<Result>({ file }: Pick<Extension, "file">, what: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof RefusedValue || error instanceof ExtensionError) throw error;
    throw new ExtensionError([problemOf(file, what, error)], { cause: error });
  }
}

/** How cdktf begins an error about annotations, which aspects of a hook add. */
const ANNOTATED = /^Encountered Annotations with level "ERROR":\s*/;

/**
 * Returns an error as that of the extension in whose code it arose, such as an aspect that a hook added; undefined if it arose
 * elsewhere.
 */
export function extensionErrorOf(error: unknown, what: string): ExtensionError | undefined {
  if (error instanceof ExtensionError) return error;
  if (!(error instanceof Error)) return undefined;
  const place = placeIn(error.stack);
  if (place !== null)
    return new ExtensionError([extensionProblem(place.file, `${what}: ${error.name}: ${error.message}`, place)], {
      cause: error,
    });
  const hook = [...loaded.values()].find(({ extension }) => extension.kind === "hook");
  if (hook === undefined || !ANNOTATED.test(error.message)) return undefined;
  return new ExtensionError([
    extensionProblem(hook.extension.file, `${what}: ${error.message.replace(ANNOTATED, "").trim()}`),
  ]);
}

function problemOf(file: string, what: string, error: unknown): Problem {
  const message = `${what}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
  const place = placeIn(error instanceof Error ? error.stack : undefined);
  return extensionProblem(place?.file ?? file, message, place ?? {});
}

/** Returns the innermost place of a stack trace that is in an extension. */
function placeIn(stack = ""): Problem["place"] {
  for (const line of stack.split("\n")) {
    const [, path, row, column] = /^at (?:[^()]*\()?([^()]+):(\d+):(\d+)\)?$/.exec(line.trim()) ?? [];
    const known = path === undefined ? undefined : loaded.get(path);
    if (path === undefined || known === undefined) continue;
    const entry = sourceMapOf(path).findEntry(Number(row) - 1 - LINES_ABOVE, Number(column) - 1);
    if (!("originalSource" in entry)) continue;
    const source = resolve(dirname(path), entry.originalSource);
    return {
      file: shownPath(known.folder, source),
      line: entry.originalLine + 1,
      column: entry.originalColumn + 1,
    };
  }
  return null;
}

function sourceMapOf(bundle: string): SourceMap {
  return new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, "utf8")));
}

function requireOf({ file }: Extension): (module: string) => unknown {
  const fromProgram = createRequire(join(programFolder(), "launch.mjs"));
  return (module) => {
    const handed = hosted(module);
    if (handed !== undefined) return handed;
    if (module === "cluster-fleet")
      throw new TypeError(
        `${file} imports cluster-fleet, of which an extension may import types only: import type { … }`,
      );
    return fromProgram(module) as unknown;
  };
}

/** The environment is no input of the output: a variable that changes would leave stale Terraform behind. */
function processOf(): object {
  const env = new Proxy(
    {},
    {
      get(_target, name) {
        throw new TypeError(
          `reads the environment variable ${String(name)}. The output must depend on the definitions alone: make it an option`,
        );
      },
    },
  );
  return { env, platform: process.platform, version: process.version, versions: process.versions };
}
