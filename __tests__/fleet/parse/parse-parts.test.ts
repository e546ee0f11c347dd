import { readFileSync } from "node:fs";
import fc from "fast-check";
import { parse } from "yaml";
import { OwnParts, parseParts } from "../../../fleet/parse/parse-parts";
import { plainValue } from "../../../fleet/parse/values";
import { definition } from "../../../fleet/schema/definition";
import { layOver } from "../../../language/yaml/merge";
import { parseYaml } from "../../../language/yaml/parse";
import { changedAt, type MapTree, withEntries } from "../../../language/yaml/tree";
import { cases } from "../../support/jest/cases";

const complete = (): Record<string, unknown> => {
  const { meta, tfvars } = parse(readFileSync("definitions/defaults.yaml", "utf8"));
  meta.CLUSTER_NAME = "a.example.com";
  tfvars.common.aws_region = "us-east-1";
  tfvars.cluster.kubernetes_version = "1.35";
  return { meta, tfvars };
};

/** Every path to a key of the definition. */
function paths(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => paths(child, [...path, key]))];
}

function changed(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  const map = value as Record<string, unknown>;
  const child = changed(map[key], rest, to);
  const { [key]: _, ...others } = map;
  return child === undefined ? others : { ...others, [key]: child };
}

const everyPath = fc.constantFrom(...paths(complete()).filter((path) => path.length > 0));
const anything = fc.constantFrom<unknown>(undefined, null, 5, "text", [], {}, { unknown: 1 }, [{ a: 1 }], true);
const changes = fc.array(fc.tuple(everyPath, anything), { maxLength: 2 });

function withChanges(value: unknown, all: readonly (readonly [readonly string[], unknown])[]): unknown {
  // The deepest first: a change above may leave nothing below.
  const sorted = [...all].sort(([a], [b]) => b.length - a.length);
  return sorted.reduce<unknown>((result, [path, to]) => changed(result, path, to), value);
}

/** The tree of a file that says this. */
function treeOf(value: unknown): MapTree {
  const { root, problems } = parseYaml("a.yaml", Buffer.from(JSON.stringify(value)));
  if (root === undefined) throw new Error(JSON.stringify(problems));
  return root;
}

/** The parts make what the whole makes: the same value, or the same issues. */
function expectSame(tree: MapTree, own?: OwnParts): void {
  const whole = definition.safeParse(plainValue(tree, definition));
  const parts = parseParts(definition, tree, own);
  expect(parts.success).toBe(whole.success);
  if (parts.success) expect(parts.data).toEqual(whole.data);
  else {
    const brief = (issues: readonly { code?: string; path: PropertyKey[] }[]): string[] =>
      issues.map(({ code, path, ...rest }) => JSON.stringify([path, code, "keys" in rest && rest.keys])).sort();
    expect(brief(parts.issues)).toEqual(brief(whole.error?.issues ?? []));
  }
}

test("parses any definition as the schema does", () => {
  fc.assert(
    fc.property(changes, (some) => expectSame(treeOf(withChanges(complete(), some)))),
    { numRuns: cases({ all: 40, quick: 8 }) },
  );
});

test("parses a definition over a layer as the schema does, with errors in either", () => {
  const empty = Object.fromEntries(Object.keys(complete()).map((key) => [key, {}]));
  fc.assert(
    fc.property(changes, changes, (below, above) => {
      const layer = treeOf(withChanges(complete(), below));
      const own = treeOf(above.reduce<unknown>((file, [path, to]) => put(file, path, to), empty));
      const merged = layOver(layer, own) as MapTree;
      const ownParts = new OwnParts(own.source);
      expectSame(merged, ownParts);
      expectSame(merged, new OwnParts(own.source)); // by what is remembered of the layer
      // By what is remembered of the file.
      for (const [path] of above) expectSame(changedAt(merged, path, () => treeOf({ wrong: 1 })) as MapTree, ownParts);
    }),
    { numRuns: cases({ all: 60, quick: 8 }) },
  );
});

/** A file that says one thing more. */
function put(file: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const map = typeof file === "object" && file !== null && !Array.isArray(file) ? file : {};
  return { ...map, [key]: put((map as Record<string, unknown>)[key], rest, value) };
}

test("gives every cluster the same object for an unchanged part of a layer", () => {
  const layer = treeOf(complete());
  const clusters = ["a", "b"].map((name) => {
    const own = treeOf({ meta: { OWNER: name }, tfvars: { common: { aws_region: "eu-west-1" } } });
    const parts = parseParts(definition, layOver(layer, own), new OwnParts(own.source));
    if (!parts.success) throw new Error("the defaults do not parse");
    return parts.data;
  });

  expect(clusters[1]?.tfvars.addons).toBe(clusters[0]?.tfvars.addons);
  expect(clusters[1]?.tfvars.common).not.toBe(clusters[0]?.tfvars.common);
  expect(clusters[1]?.tfvars.common).toEqual(clusters[0]?.tfvars.common);
});

test("parses the current content of a map that changes after it was merged", () => {
  const layer = treeOf(complete());
  const own = treeOf({ tfvars: { networking: { vpc_cidr: "10.1.0.0/16" } } });
  const merged = layOver(layer, own) as MapTree;
  const { value, ...entry } = merged.entries.get("tfvars") ?? { value: merged };
  const changedAfter = withEntries(merged, {
    tfvars: { source: own.source, offset: 0, ...entry, value: withEntries(value as MapTree, { workers: undefined }) },
  });
  expectSame(changedAfter, new OwnParts(own.source));
});
