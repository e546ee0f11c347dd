import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compileExtensions } from "../../../language/extensions/compile";
import { ExtensionError, runExtension } from "../../../language/extensions/run";
import { formatProblem } from "../../../language/problem";
import { scratch } from "../../support/run-program";

const work = scratch();
afterAll(() => work.remove());

let count = 0;

/** Writes extensions into a new folder, and returns it. */
function folderWith(files: Readonly<Record<string, string>>): string {
  count += 1;
  const folder = join(work.path, String(count), "extensions");
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

/** Returns the problems of extensions, with paths that begin in their folder. */
function problemsOf(files: Readonly<Record<string, string>>): string[] {
  const folder = folderWith(files);
  return compileExtensions(folder).problems.map((problem) => formatProblem(problem).replaceAll(`${folder}/`, ""));
}

test("every mistake that the bundler finds is reported at once, with file, line and column", () => {
  const problems = problemsOf({
    "checks/syntax.ts": "export default {\n  check: ( => [],\n};",
    "checks/missing.ts": 'import { a } from "./nowhere";\nexport default a;',
    "checks/reads-files.ts": 'import { readFileSync } from "node:fs";\nexport default readFileSync;',
    "stacks/whole.ts": 'import { S3Bucket } from "@cdktf/provider-aws";\nexport default S3Bucket;',
    "stacks/deep.ts": 'import { Fn } from "cdktf/lib/terraform-functions";\nexport default Fn;',
    "checks/other-room.ts": 'import { load } from "cluster-fleet/fleet";\nexport default load;',
  });

  expect(problems.sort()).toEqual([
    'checks/missing.ts:1:19 error: Could not resolve "./nowhere"',
    "checks/other-room.ts:1:22 error: an extension cannot import cluster-fleet/fleet. Import cluster-fleet/contracts",
    expect.stringMatching(/^checks\/reads-files.ts:1:30 error: the extension imports fs\. .*Import data as a \.json/),
    'checks/syntax.ts:2:12 error: Unexpected "=>"',
    "stacks/deep.ts:1:20 error: an extension cannot import cdktf/lib/terraform-functions. Import cdktf",
    expect.stringMatching(/^stacks\/whole.ts:1:26 error: loading all of @cdktf\/provider-aws takes seconds/),
  ]);
});

test("code that no extension runs is a warning, and what an extension imports is not", () => {
  expect(
    problemsOf({
      "checks/one.ts": 'import { a } from "../parts/a";\nexport default a;',
      "parts/a.ts": "export const a = {};",
      "check/misplaced.ts": "export default {};",
      "checks/one.test.ts": "no extension",
    }),
  ).toEqual([
    "check/misplaced.ts:1:1 warning: is not read: no extension imports it. An extension is a .ts file in addons/, checks/ or stacks/, or hook.ts. Move the file or remove it",
  ]);
});

test("a file whose name is no lower-case word is refused", () => {
  expect(problemsOf({ "checks/Naming.ts": "" })).toEqual([
    "checks/Naming.ts:1:1 error: must be named by lower-case words with dashes between them, but is named Naming",
  ]);
});

test("a folder without extensions, or no folder, is no problem", () => {
  expect(compileExtensions(join(work.path, "missing"))).toMatchObject({ all: [], problems: [], code: "" });
});

describe("code that did not change", () => {
  const folder = folderWith({
    "checks/a.ts": 'import text from "./a.txt";\nexport default text;',
    "checks/a.txt": "one",
  });
  const bundled = (): readonly [string, number] => {
    const { all, code } = compileExtensions(folder);
    return [code, statSync(all[0]?.bundle ?? "").mtimeMs];
  };

  test("is not bundled again, and a change of a file that it imports is noticed", () => {
    const first = bundled();
    expect(bundled()).toEqual(first);

    writeFileSync(join(folder, "checks/a.txt"), "other");
    expect(bundled()[0]).not.toBe(first[0]);
  });

  test("is bundled again if the bundle is gone", () => {
    const [extension] = compileExtensions(folder).all;
    rmSync(extension?.bundle ?? "");

    expect(readdirSync(dirname(compileExtensions(folder).all[0]?.bundle ?? ""))).toContain("a.cjs");
  });
});

/** Runs the only extension, and returns its default export, or the message of its error. */
function resultOf(text: string): unknown {
  const folder = folderWith({ "checks/a.ts": text });
  const [extension] = compileExtensions(folder).all;
  if (extension === undefined) throw new Error("the extension was not bundled");
  try {
    return runExtension(folder, extension);
  } catch (error) {
    if (!(error instanceof ExtensionError)) throw error;
    return error.message.replaceAll(`${folder}/`, "");
  }
}

test.each([
  [
    "has no default export",
    "export const a = 1;",
    "checks/a.ts:1:1 error: has no default export. Write export default defineCheck({ … })",
  ],
  [
    "throws while it is loaded",
    "const none = undefined as unknown as { a: string };\nfunction read() {\n  return none.a;\n}\nexport default read();",
    "checks/a.ts:3:15 error: cannot be loaded: TypeError: Cannot read properties of undefined (reading 'a')",
  ],
  [
    "reads the environment",
    "\nexport default process.env.COST_CENTRE;",
    "checks/a.ts:2:28 error: cannot be loaded: TypeError: reads the environment variable COST_CENTRE. The output must depend on the definitions alone: make it an option",
  ],
])("an extension that %s is reported at its line", (_what, text, expected) => {
  expect(resultOf(text)).toBe(expected);
});

test("an extension can import JSON, text and built-in modules that read nothing of the machine", () => {
  expect(resultOf('import { basename } from "node:path";\nexport default basename("/a/b");')).toBe("b");
});
