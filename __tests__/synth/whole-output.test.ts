import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OutputError, writeWhole } from "../../synth/whole-output";
import { run, scratch } from "../support/run-program";

const work = scratch();
afterAll(() => work.remove());

let count = 0;
/** A directory with one file of an earlier run. */
function output(): string {
  count += 1;
  const directory = join(work.path, `out-${count}`);
  mkdirSync(join(directory, "stacks/a"), { recursive: true });
  writeFileSync(join(directory, "stacks/a/cdk.tf.json"), "earlier");
  return directory;
}

const read = (directory: string): string => readFileSync(join(directory, "stacks/a/cdk.tf.json"), "utf8");

/** Writes two files over the earlier one. */
function files(unfinished: string): void {
  for (const stack of ["a", "b"]) {
    mkdirSync(join(unfinished, "stacks", stack), { recursive: true });
    writeFileSync(join(unfinished, "stacks", stack, "cdk.tf.json"), "new");
  }
}

test("replaces files, adds new ones, and keeps other files in their folders", async () => {
  const directory = output();
  mkdirSync(join(directory, "stacks/a/.terraform"));
  await writeWhole(directory, files);

  expect(read(directory)).toBe("new");
  expect(readdirSync(directory, { recursive: true }).sort()).toEqual([
    "stacks",
    "stacks/a",
    "stacks/a/.terraform",
    "stacks/a/cdk.tf.json",
    "stacks/b",
    "stacks/b/cdk.tf.json",
  ]);
});

test("changes nothing if writing fails", async () => {
  const directory = output();
  const writing = writeWhole(directory, (unfinished) => {
    files(unfinished);
    throw new Error("a defect");
  });

  await expect(writing).rejects.toThrow(/^a defect$/);
  expect([read(directory), readdirSync(directory)]).toEqual(["earlier", ["stacks"]]);
});

test("leaves no directory if writing fails that was not there", async () => {
  const directory = join(work.path, "deep/er/out");
  const writing = writeWhole(directory, () => {
    throw new Error("a defect");
  });

  await expect(writing).rejects.toThrow("a defect");
  expect(existsSync(join(work.path, "deep"))).toBe(false);
});

test("changes nothing if one of the files cannot be moved, and names it in one sentence", async () => {
  const directory = output();
  writeFileSync(join(directory, "stacks/b"), "a file where a folder must be");
  const failure = await writeWhole(directory, files).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(OutputError);
  expect((failure as Error).message).toBe(
    `cannot write ${directory}/stacks/b: something else has this name. The earlier output is unchanged. Remove it and run the command again`,
  );
  expect([read(directory), readdirSync(directory)]).toEqual(["earlier", ["stacks"]]);
});

test.each([
  ["read", "no/such/file", () => readFileSync("no/such/file")],
  [
    "start",
    "no-such-command",
    () => Promise.reject(Object.assign(new Error(), { code: "ENOENT", syscall: "spawn x", path: "no-such-command" })),
  ],
])("reports that it cannot %s a file outside the directory", async (verb, path, fail) => {
  const failure = await writeWhole(output(), fail).catch((error: unknown) => error);

  expect((failure as Error).message).toBe(
    `cannot ${verb} ${path}: ENOENT. The earlier output is unchanged. Fix the cause and run the command again`,
  );
});

test("removes files of a killed process, and none of a running one", async () => {
  const directory = output();
  for (const pid of [999_999_999, process.ppid]) mkdirSync(join(directory, `.writing-${pid}-abcdef`));
  await writeWhole(directory, files);

  expect(readdirSync(directory)).toEqual([`.writing-${process.ppid}-abcdef`, "stacks"]);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
])("changes nothing if %s ends the process, which then exits with %d", async (signal, expected) => {
  const directory = output();
  const script = `
    import { writeFileSync } from "node:fs";
    import { writeWhole } from "${process.cwd()}/synth/whole-output";
    writeWhole(${JSON.stringify(directory)}, async (unfinished) => {
      writeFileSync(unfinished + "/x", "half");
      process.kill(process.pid, "${signal}");
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
  const { outputFiles } = await (await import("esbuild")).build({
    stdin: { contents: script, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    platform: "node",
    write: false,
  });
  const bundle = join(work.path, `${signal}.cjs`);
  writeFileSync(bundle, outputFiles[0]?.text ?? "");
  const { code } = await run("node", [bundle]);

  expect([code, read(directory), readdirSync(directory)]).toEqual([expected, "earlier", ["stacks"]]);
});
