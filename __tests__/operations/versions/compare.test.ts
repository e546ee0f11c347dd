import { compareVersions, laterReleases, latest, supportsAll } from "../../../operations/versions/compare";

test.each([
  ["v1.14.7-eksbuild.9", "v1.14.7-eksbuild.11"],
  ["v1.14.6-eksbuild.31", "v1.14.7-eksbuild.1"],
  ["1.36.2-20260714", "1.36.2-20260818"],
  ["1.36.2-20261230", "1.36.10-20260101"],
  ["1.9.0-1ad6b4a4", "1.66.0-0ad6b4a4"],
  ["1.35-2026.04.18", "1.35-2026.11.01"],
  ["v1.9.0", "1.10.0"],
])("%s is earlier than %s", (earlier, later) => {
  expect(compareVersions(earlier, later)).toBe(-1);
  expect(compareVersions(later, earlier)).toBe(1);
  expect(latest([later, earlier])).toBe(later);
});

test("two commits of one Bottlerocket version have no order", () => {
  expect(compareVersions("1.66.0-1ad6b4a4", "1.66.0-ead6b4a4")).toBe(0);
});

test("later releases come latest first, without prereleases and words", () => {
  const listed = ["1.2.0", "v1.10.0", "1.9.0", "2.0.0-rc.1", "latest", "sha256-abc.sig", "1.2.1", "1.1.0"];
  expect(laterReleases(listed, "1.2.0")).toEqual(["v1.10.0", "1.9.0", "1.2.1"]);
});

test.each([
  [">=1.25.0-0", true],
  ["^1.20.0-0", true],
  [">=1.36.0-0", false],
  ["<1.36.0-0", false],
  [">= 1.35.3-0", true],
  ["nonsense", false],
  [null, true],
])("a chart for Kubernetes %s supports 1.35 and 1.36: %s", (range, expected) => {
  expect(supportsAll(range, ["1.35", "1.36"])).toBe(expected);
});
