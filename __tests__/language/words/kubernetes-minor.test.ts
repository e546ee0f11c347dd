import {
  type KubernetesMinor,
  kubernetesMinor,
  minorAfter,
  minorsUpTo,
  stepsBetween,
} from "../../../language/words/kubernetes-minor";

const minor = (text: string): KubernetesMinor => {
  const found = kubernetesMinor(text);
  if (found === undefined) throw new TypeError(text);
  return found;
};

test.each([
  ["1.35", "1.35"],
  ["v1.35.6", "1.35"],
  ["1.35.6-20260714", "1.35"],
  ["v1.9.0", "1.9"],
  ["1", undefined],
  ["2.1", undefined],
  ["1.035", undefined],
  ["1.35x", undefined],
  ["", undefined],
])("the minor version of %j is %j", (text, expected) => {
  expect(kubernetesMinor(text)).toBe(expected);
});

test("1.10 is one step after 1.9", () => {
  expect(stepsBetween(minor("1.9"), minor("1.10"))).toBe(1);
  expect(stepsBetween(minor("1.10"), minor("1.9"))).toBe(-1);
  expect(minorAfter(minor("1.9"))).toBe("1.10");
});

test("the versions up to another one contain it, but not the first", () => {
  expect(minorsUpTo(minor("1.34"), minor("1.36"))).toEqual(["1.35", "1.36"]);
  expect(minorsUpTo(minor("1.34"), minor("1.34"))).toEqual([]);
  expect(minorsUpTo(minor("1.34"), minor("1.33"))).toEqual([]);
});
