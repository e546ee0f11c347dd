import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Entry, isIn, packEntry, unpackEntry } from "../../synth/entry";
import { OutputStore } from "../../synth/store";
import { scratch } from "../support/run-program";

const work = scratch();
afterAll(() => work.remove());

let count = 0;
const newFolder = (): string => {
  count += 1;
  return join(work.path, String(count));
};

/** An output of one stack with two files, and its entry. */
function output(): { readonly directory: string; readonly entry: Entry } {
  const directory = newFolder();
  const stack = { name: "a", workingDirectory: "stacks/a" };
  for (const [path, text] of [
    ["stacks/a/cdk.tf.json", "{}"],
    ["stacks/a/assets/chart/Chart.yaml", "name: é\n"],
    ["stacks/b/cdk.tf.json", "of another cluster"],
  ] as const) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return { directory, entry: packEntry(directory, { version: "0", stacks: { a: stack } } as never) };
}

const textsOf = (entry: Entry | undefined): unknown =>
  entry && unpackEntry(entry).map((content, index) => [entry.files[index]?.path, content.toString()]);

const TEXTS = [
  ["stacks/a/assets/chart/Chart.yaml", "name: é\n"],
  ["stacks/a/cdk.tf.json", "{}"],
];

test("an entry has every file of its stacks, and of no others", () => {
  const store = new OutputStore(newFolder(), "program");
  store.write("cluster", output().entry);

  expect((textsOf(store.read("cluster")) as string[][]).sort()).toEqual(TEXTS);
  expect(store.read("cluster")?.manifest).toEqual({
    version: "0",
    stacks: { a: { name: "a", workingDirectory: "stacks/a" } },
  });
});

test("an entry is not found by another cluster or another program", () => {
  const directory = newFolder();
  new OutputStore(directory, "program").write("cluster", output().entry);

  expect(new OutputStore(directory, "program").read("other")).toBeUndefined();
  expect(new OutputStore(directory, "other").read("cluster")).toBeUndefined();
});

test("an entry that was copied to another name is not found", () => {
  const directory = newFolder();
  const store = new OutputStore(directory, "program");
  store.write("cluster", output().entry);
  writeFileSync(join(directory, "program/other"), readFileSync(join(directory, "program/cluster")));

  expect(store.read("other")).toBeUndefined();
});

test("no damaged file is read: none with a changed byte, and none that is cut off", () => {
  const directory = newFolder();
  const store = new OutputStore(directory, "program");
  store.write("cluster", output().entry);
  const file = join(directory, "program/cluster");
  const whole = readFileSync(file);
  const damaged = Array.from(whole, (byte, index) => [
    Buffer.from(whole.with(index, byte ^ 1)),
    whole.subarray(0, index),
  ]).flat();
  const found = damaged.filter((content) => {
    writeFileSync(file, content);
    return store.read("cluster") !== undefined;
  });

  expect(damaged.length).toBeGreaterThan(800);
  expect(found).toEqual([]);
});

test.each<[string, (directory: string) => void]>([
  ["a changed file", (directory) => writeFileSync(join(directory, "stacks/a/cdk.tf.json"), "[]")],
  ["a longer file", (directory) => writeFileSync(join(directory, "stacks/a/cdk.tf.json"), "{} ")],
  ["an empty directory", (directory) => rmSync(directory, { recursive: true })],
])("%s is not taken for the stored output", (_, change) => {
  const { directory, entry } = output();
  expect(isIn(directory, entry)).toBe(true);
  change(directory);
  expect(isIn(directory, entry)).toBe(false);
});

test("a store that cannot be written stores nothing, and leaves nothing behind", () => {
  const directory = newFolder();
  writeFileSync(directory, "a file in its place");
  const store = new OutputStore(directory, "program");
  store.write("cluster", output().entry);

  expect([store.read("cluster"), store.mayHaveAny()]).toEqual([undefined, false]);
  expect(() => store.prune()).not.toThrow();
});

test("the entries that were not used for the longest time are removed, with folders that are empty then", () => {
  const directory = newFolder();
  const { entry } = output();
  const names = ["old/a", "new/b", "new/c"];
  for (const [index, name] of names.entries()) {
    const [program = "", cluster = ""] = name.split("/");
    new OutputStore(directory, program).write(cluster, entry);
    utimesSync(join(directory, name), index + 1, index + 1);
  }
  const { size } = statSync(join(directory, "new/c"));
  const store = new OutputStore(directory, "new");
  expect(store.read("b")).toBeDefined(); // used now: it is younger than c
  store.prune(size);

  expect(readdirSync(directory, { recursive: true })).toEqual(["new", "new/b"]);
  expect(existsSync(join(directory, "old"))).toBe(false);
});
