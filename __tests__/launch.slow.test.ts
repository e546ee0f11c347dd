import { cpSync, existsSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { run, scratch } from "./support/run-program";

const work = scratch();
const file = (name: string): string => join(work.path, name);

beforeAll(() => {
  cpSync("launch.mjs", file("launch.mjs"));
  writeFileSync(file("package-lock.json"), "{}");
  symlinkSync(resolve("node_modules"), file("node_modules"));
});
afterAll(() => work.remove());

let seconds = 0;

/** Writes an entry, each time a second younger: a clock too coarse for two writes must not decide. */
function write(name: string, text: string): void {
  seconds += 1;
  writeFileSync(file(name), text);
  utimesSync(file(name), seconds, seconds);
}

async function launch(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run("node", [file("launch.mjs"), ...args]);
  return code === 0 ? stdout : stderr;
}

test("runs an entry with its arguments, and reuses its bytecode", async () => {
  write("arguments.ts", "console.log(process.argv.slice(2).join(), [1, 2].at(-1) as number);");

  expect(await launch("arguments.ts", "a", "b")).toBe("a,b 2\n");
  expect(existsSync(file("dist/arguments.cjs.v8-cache"))).toBe(true);
  expect(await launch("arguments.ts", "c")).toBe("c 2\n");
});

test("runs the current source and imports, even if the length is unchanged", async () => {
  write("word.ts", 'export const word = "one";');
  write("entry.ts", 'import { word } from "./word";\nconsole.log(word);');
  expect(await launch("entry.ts")).toBe("one\n");

  write("word.ts", 'export const word = "two";');
  expect(await launch("entry.ts")).toBe("two\n");
  expect(await launch("entry.ts")).toBe("two\n");
});

test("discards the bytecode of a bundle that was rebuilt during the run", async () => {
  const started = file("started");
  const source = (rest: string): string =>
    `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(started)}, ""); setTimeout(() => console.log(${rest});`;
  write("slow.ts", source('"old"), 1500'));
  const slow = launch("slow.ts");
  while (!existsSync(started)) await new Promise((resolved) => setTimeout(resolved, 20));
  write("slow.ts", source('"new!"), 150')); // of the same length, and done before the other is
  expect(await launch("slow.ts")).toBe("new!\n");

  expect(await slow).toBe("old\n");
  expect(await launch("slow.ts")).toBe("new!\n");
});

test("says in one sentence that the bundle cannot be written", async () => {
  const checkout = scratch();
  cpSync("launch.mjs", join(checkout.path, "launch.mjs"));
  symlinkSync(resolve("node_modules"), join(checkout.path, "node_modules"));
  writeFileSync(join(checkout.path, "package-lock.json"), "{}");
  writeFileSync(join(checkout.path, "entry.ts"), "");
  writeFileSync(join(checkout.path, "dist"), "a file, so that nobody can write below it");
  const { code, stdout, stderr } = await run("node", [join(checkout.path, "launch.mjs"), "entry.ts"]);
  const dist = join(checkout.path, "dist");
  checkout.remove();

  expect([code, stdout, stderr]).toEqual([
    1,
    "",
    `cannot write ${dist}: EEXIST. Give yourself write access to ${dist}\n`,
  ]);
});

test("loads a command's action only when the command runs, and bundles it again after a change", async () => {
  for (const folder of ["commands", "actions"]) mkdirSync(file(`cli/${folder}`), { recursive: true });
  write("cli/actions/greet.ts", "export const run = async (name: string) => `hello ${name}`;");
  write(
    "cli/commands/greet.ts",
    'export const greet = async (name: string) => (await import("../actions/greet")).run(name);',
  );
  write(
    "greeting.ts",
    'import { greet } from "./cli/commands/greet";\nif (process.argv[2]) void greet(process.argv[2]).then(console.log);\nelse console.log("help");',
  );
  expect(await launch("greeting.ts")).toBe("help\n");
  expect(existsSync(file("dist/cli/actions/greet.cjs"))).toBe(false);

  expect(await launch("greeting.ts", "you")).toBe("hello you\n");
  expect(existsSync(file("dist/cli/actions/greet.cjs.v8-cache"))).toBe(true);

  write("cli/actions/greet.ts", "export const run = async (name: string) => `bye ${name}`;");
  expect(await launch("greeting.ts", "you")).toBe("bye you\n");
});

test.each([
  [
    "18.20.8",
    1,
    "Node 20.12 or newer is required, but this is Node 18.20.8. Install one, for example with nvm install 22\n",
  ],
  [
    "20.11.1",
    1,
    "Node 20.12 or newer is required, but this is Node 20.11.1. Install one, for example with nvm install 22\n",
  ],
  ["20.12.0", 0, ""],
  ["24.0.0", 0, ""],
])("fleet on Node %s ends with %i", async (node, code, stderr) => {
  const versions = JSON.stringify({ ...process.versions, node });
  writeFileSync(file("as.cjs"), `Object.defineProperty(process, "versions", { value: ${versions} });`);

  expect(await run("node", ["--require", file("as.cjs"), "cli/fleet.mjs", "--version"])).toMatchObject({
    code,
    stderr,
  });
});
