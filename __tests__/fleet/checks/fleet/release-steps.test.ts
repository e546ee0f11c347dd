import { readFileSync } from "node:fs";
import { wrongReleaseStep } from "../../../../fleet/checks/fleet/release-steps";
import { contentOf, digestOf } from "../../../../fleet/read/release-digest";
import { definition } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const STEPS = [
  { name: "2026.10" },
  { name: "2026.11", cannot_skip: "it moves state that 2026.12 no longer reads" },
  { name: "2026.12", no_way_back: "Karpenter's stored versions change" },
  { name: "2027.01" },
];

test.each([
  ["2026.10", "2026.11", undefined],
  ["2026.11", "2026.12", undefined],
  ["2026.12", "2027.01", undefined],
  ["2026.10", "2026.10", undefined],
  ["2026.12", "2026.12", undefined],
  ["2027.01", "2026.12", undefined],
  ["2026.11", "2026.10", undefined],
  [
    "2026.10",
    "2026.12",
    "must not skip release 2026.11 on the way from 2026.10 to 2026.12: it moves state that 2026.12 no longer reads. Move to 2026.11 and deploy it first",
  ],
  [
    "2026.10",
    "2027.01",
    "must not skip release 2026.11 on the way from 2026.10 to 2027.01: it moves state that 2026.12 no longer reads. Move to 2026.11 and deploy it first",
  ],
  [
    "2026.12",
    "2026.11",
    "must not go back from 2026.12 to 2026.11, because release 2026.12 cannot be undone: Karpenter's stored versions change. Fix the cause in a later release",
  ],
  [
    "2027.01",
    "2026.10",
    "must not go back from 2027.01 to 2026.10, because release 2026.12 cannot be undone: Karpenter's stored versions change. Fix the cause in a later release",
  ],
])("from %s to %s: %s", (before, after, message) => {
  expect(wrongReleaseStep(before, after, STEPS)).toBe(message);
});

const text = readFileSync("definitions/releases/2026.12.yaml", "utf8");
const published = new Map([["2027.01", contentOf(text)]]);
const reported = (from: string, releases: Readonly<Record<string, string>>): string[] =>
  problemsOf(
    { ...releases, "clusters/a.example.com.yaml": definition({ meta: 'RELEASE_MODEL: "2027.01"' }) },
    { baseReleases: { clusters: new Map([["a.example.com", from]]), published } },
  ).filter((problem) => !problem.includes("warning:"));

test("refuses a pull request that changes a release in use, but no change of its comments", () => {
  const changed = text.replace("version: 1.11.1 }", "version: 1.11.2 }");

  expect(reported("2027.01", { "releases/2027.01.yaml": changed })).toEqual([
    "releases/2027.01.yaml:1:1 release 2027.01 is in use, and must not change. Restore the file, and make the change in a new release (fleet release new)",
  ]);
  expect(reported("2027.01", { "releases/2027.01.yaml": `# Another comment\n${text}` })).toEqual([]);
});

test("refuses a pull request that skips a release, at the key that names the later one", () => {
  const releases = {
    "releases/2026.12.yaml": `cannot_skip: "It must be deployed first"\n${text}`,
    "releases/2027.01.yaml": text,
  };

  expect(reported("2026.11", releases)).toEqual([
    "clusters/a.example.com.yaml:3:18 meta.RELEASE_MODEL: must not skip release 2026.12 on the way from 2026.11 to 2027.01: It must be deployed first. Move to 2026.12 and deploy it first",
  ]);
  expect(reported("2026.12", releases)).toEqual([]);
});

test("a release that was cut has a digest, which an edit does not match", () => {
  const cut = `digest: ${digestOf(text)}\n${text}`;
  const edited = cut.replace("version: 1.11.1 }", "version: 1.11.2 }");
  const of = (release: string): string[] =>
    problemsOf({ "releases/2027.01.yaml": release, "clusters/a.example.com.yaml": definition() });

  expect(digestOf(cut)).toBe(digestOf(text));
  expect(of(cut)).toEqual([]);
  expect(of(edited)).toContainEqual(
    "releases/2027.01.yaml:1:9 digest: does not match the content: release 2027.01 was changed after it was cut. Restore the file, and make the change in a new release (fleet release new)",
  );
});
