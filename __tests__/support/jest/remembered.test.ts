import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LoadOptions } from "../../../fleet/load";
import { readDefinition } from "../../../fleet/read/read-definition";
import { scratch } from "../run-program";
import { SAMPLE_FLEET } from "../sample-fleet";
import { loadOnce, readOnce, remembered } from "./remembered";

describe("remembered", () => {
  const tree = {};

  test("computes once for the same objects and values", () => {
    const compute = jest.fn((..._: unknown[]) => ({}));
    const once = remembered(compute);

    expect(once(tree, "a", 1)).toBe(once(tree, "a", 1));
    expect(compute).toHaveBeenCalledTimes(1);
  });

  test.each([
    ["an equal object that is not the same", [{}, "a"]],
    ["another value", [tree, "b"]],
    ["another order", ["a", tree]],
    ["fewer arguments", [tree]],
    ["more arguments", [tree, "a", undefined]],
  ])("computes again for %s", (_, args) => {
    const compute = jest.fn((..._: unknown[]) => ({}));
    const once = remembered(compute);

    expect(once(tree, "a")).not.toBe(once(...args));
  });

  test("remembers that there is no result", () => {
    const compute = jest.fn(() => undefined);
    const once = remembered(compute);
    once();
    once();

    expect(compute).toHaveBeenCalledTimes(1);
  });

  test("computes again after an error", () => {
    let calls = 0;
    const once = remembered(() => {
      calls += 1;
      if (calls === 1) throw new Error("refused");
      return calls;
    });

    expect(once).toThrow("refused");
    expect(once()).toBe(2);
  });

  test("remembers nothing without a key", () => {
    let calls = 0;
    const once = remembered(
      () => ++calls,
      () => undefined,
    );

    expect([once(), once()]).toEqual([1, 2]);
  });
});

describe("readOnce", () => {
  const work = scratch();
  const file = join(work.path, "a.yaml");
  afterAll(() => work.remove());

  test("reads a file again only if its text changed, even if it has the same length", () => {
    const once = readOnce(readDefinition);
    writeFileSync(file, "meta: {a: 1}\n");
    const first = once(file);
    writeFileSync(file, "meta: {a: 1}\n");
    expect(once(file)).toBe(first);

    writeFileSync(file, "meta: {a: 2}\n");
    expect(once(file)).not.toBe(first);
  });

  test("reports a missing file and a folder as the reader does", () => {
    const reader = jest.fn(readDefinition);
    const once = readOnce(reader);
    for (const path of [join(work.path, "missing.yaml"), work.path, work.path])
      expect(once(path)).toEqual(readDefinition(path));

    expect(reader).toHaveBeenCalledTimes(3);
  });
});

describe("loadOnce", () => {
  const SAMPLES: LoadOptions = { directory: SAMPLE_FLEET, shipped: "definitions", today: "2026-08-17" };

  test.each<[string, LoadOptions, number]>([
    ["once for the same selection and day", SAMPLES, 1],
    ["again for another selection", { ...SAMPLES, select: "a*" }, 2],
    ["again for another day", { ...SAMPLES, today: "2026-08-18" }, 2],
    ["again if an empty directory is accepted", { ...SAMPLES, withoutClusters: true }, 2],
  ])("loads the tests' fleet %s", (_, options, loads) => {
    const load = jest.fn(() => ({}));
    const once = loadOnce(load);
    once(SAMPLES);
    once(options);
    once(options);

    expect(load).toHaveBeenCalledTimes(loads);
  });

  test.each<[string, LoadOptions]>([
    ["another directory", { ...SAMPLES, directory: "another" }],
    ["other shipped data", { ...SAMPLES, shipped: "another" }],
    ["the versions before a change", { ...SAMPLES, base: new Map() }],
    ["the releases before a change", { ...SAMPLES, baseReleases: { clusters: new Map(), published: new Map() } }],
  ])("loads each time with %s", (_, options) => {
    const load = jest.fn(() => ({}));
    const once = loadOnce(load);
    once(options);
    once(options);

    expect(load).toHaveBeenCalledTimes(2);
  });
});
