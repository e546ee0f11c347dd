import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packEntry } from "../../synth/entry";
import { fingerprintOf } from "../../synth/fingerprint";
import { OutputStore } from "../../synth/store";
import { StoredStacks } from "../../synth/stored-stacks";
import { scratch } from "../support/run-program";

const work = scratch();
afterAll(() => work.remove());

const cluster = { name: "a.example.com", text: '{"name":"a.example.com"}' };
const store = new OutputStore(work.path, "program");
const fingerprint = fingerprintOf(cluster.text);
const file = join(work.path, "program", fingerprint);

beforeEach(() => {
  const stack = scratch();
  writeFileSync(join(stack.path, "cdk.tf.json"), '{"a":1}');
  const manifest = { version: "0", stacks: { a: { name: "a", workingDirectory: "." } } };
  store.write(fingerprint, packEntry(stack.path, manifest as never));
  stack.remove();
});

const taken = (of: OutputStore | undefined): unknown => {
  const stacks = new StoredStacks(of);
  return [stacks.take(cluster.name, fingerprint), stacks.filesOf(cluster.name)?.get("cdk.tf.json")?.toString()];
};

test("stacks that were built before are read from the store", () => {
  expect(taken(store)).toEqual([true, '{"a":1}']);
});

test("nothing is used of another program, or without a store", () => {
  expect(taken(new OutputStore(work.path, "other"))).toEqual([false, undefined]);
  expect(taken(undefined)).toEqual([false, undefined]);
});

test("a damaged entry is not used", () => {
  writeFileSync(file, readFileSync(file).subarray(0, -3));

  expect(taken(store)).toEqual([false, undefined]);
});
