import fc from "fast-check";
import { parse } from "yaml";
import { blockWithin, compareBlocks } from "../../../language/words/cidr";
import { reserveRanges } from "../../../operations/new-cluster/reserve-range";

const reserve = (text: string | undefined, range: string, account = "sandbox"): string =>
  reserveRanges(text, [{ account, range, cluster: "new.example.com" }]);

test("starts a file with its explanation", () => {
  const text = reserve(undefined, "10.64.0.0/16");
  expect(text).toMatch(/^# Ranges of VPCs by account/);
  expect(parse(text)).toEqual({ sandbox: { "10.64.0.0/16": "new.example.com" } });
});

test.each([
  [
    "before the first",
    "10.1.0.0/16",
    "a:\n  10.1.0.0/16: new.example.com\n  10.2.0.0/16: x\n  10.4.0.0/16: y # why\nb:\n  10.0.0.0/16: z\n",
  ],
  [
    "between",
    "10.3.0.0/16",
    "a:\n  10.2.0.0/16: x\n  10.3.0.0/16: new.example.com\n  10.4.0.0/16: y # why\nb:\n  10.0.0.0/16: z\n",
  ],
  [
    "after the last",
    "10.5.0.0/16",
    "a:\n  10.2.0.0/16: x\n  10.4.0.0/16: y # why\n  10.5.0.0/16: new.example.com\nb:\n  10.0.0.0/16: z\n",
  ],
])("adds one line in the order of the addresses, %s, and changes no other", (_, range, expected) => {
  const before = "a:\n  10.2.0.0/16: x\n  10.4.0.0/16: y # why\nb:\n  10.0.0.0/16: z\n";
  expect(reserve(before, range, "a")).toBe(expected);
});

test("compares addresses as numbers, not as text", () => {
  expect(reserve("a:\n  10.9.0.0/16: x\n", "10.10.0.0/16", "a")).toBe(
    "a:\n  10.9.0.0/16: x\n  10.10.0.0/16: new.example.com\n",
  );
});

test.each(["a:\n  10.2.0.0/16: x", "a:\n  10.2.0.0/16: x\n# the end"])("keeps the end of %j", (before) => {
  expect(parse(reserve(before, "10.3.0.0/16", "a"))).toEqual({
    a: { "10.2.0.0/16": "x", "10.3.0.0/16": "new.example.com" },
  });
});

test.each(["a: {}\n", "a:\n", "a: { 10.2.0.0/16: x }\n"])(
  "writes the lines of an account that has none of its own: %j",
  (before) => {
    const text = reserve(before, "10.3.0.0/16", "a");
    expect(text).toMatch(/^ {2}10\.3\.0\.0\/16: new\.example\.com$/m);
    expect(parse(text).a).toMatchObject({ "10.3.0.0/16": "new.example.com" });
  },
);

test("adds an account at the end of the file", () => {
  expect(reserve("b:\n  10.2.0.0/16: x", "10.3.0.0/16", "a")).toBe(
    "b:\n  10.2.0.0/16: x\na:\n  10.3.0.0/16: new.example.com\n",
  );
});

test("two branches that add the same range to any file write the same text but for the cluster's name, at the same line", () => {
  const ranges = fc.uniqueArray(fc.nat(200), { maxLength: 12 });
  fc.assert(
    fc.property(ranges, fc.nat(200), (taken, next) => {
      fc.pre(!taken.includes(next));
      const range = (index: number): string => blockWithin("10.0.0.0/8", 16, index) ?? "";
      const before = reserveRanges(
        undefined,
        taken.map((index) => ({ account: "a", range: range(index), cluster: `c${index}.example.com` })),
      );
      const [one, other] = ["one.example.com", "other.example.com"].map((cluster) =>
        reserveRanges(before, [{ account: "a", range: range(next), cluster }]),
      );
      expect(one?.replace("one.", "other.")).toBe(other);
      const keys = Object.keys(parse(one ?? "").a);
      expect(keys).toEqual([...keys].sort(compareBlocks));
      expect(keys).toHaveLength(taken.length + 1);
    }),
    { numRuns: 100 },
  );
});
