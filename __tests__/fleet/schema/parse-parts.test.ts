import { readFileSync } from "node:fs";
import fc from "fast-check";
import { parse } from "yaml";
import { definition } from "../../../fleet/schema/definition";
import { parseParts } from "../../../fleet/schema/parse-parts";

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

test("parts make what the whole makes: the same value, or the same issues", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(everyPath, anything), { maxLength: 2 }), (changes) => {
      // The deepest first: a change above may leave nothing below.
      const sorted = [...changes].sort(([a], [b]) => b.length - a.length);
      const value = sorted.reduce<unknown>((result, [path, to]) => changed(result, path, to), complete());
      const whole = definition.safeParse(value);
      const parts = parseParts(definition, value);
      expect(parts.success).toBe(whole.success);
      if (parts.success) expect(parts.data).toEqual(whole.data);
      else {
        const brief = (issues: readonly { code?: string; path: PropertyKey[] }[]): string[] =>
          issues.map(({ code, path, ...rest }) => JSON.stringify([path, code, "keys" in rest && rest.keys])).sort();
        expect(brief(parts.issues)).toEqual(brief(whole.error?.issues ?? []));
      }
    }),
  );
});

test("a part that was accepted once is the same object ever after", () => {
  const value = complete() as { tfvars: { addons: unknown; common: object } };
  const other = { ...value, tfvars: { ...value.tfvars, common: { ...value.tfvars.common } } };
  const [one, two] = [parseParts(definition, value), parseParts(definition, other)];
  if (!one.success || !two.success) throw new Error("the defaults do not parse");
  expect(two.data.tfvars.addons).toBe(one.data.tfvars.addons);
  expect(two.data.tfvars.common).not.toBe(one.data.tfvars.common);
  expect(two.data.tfvars.common).toEqual(one.data.tfvars.common);
});
