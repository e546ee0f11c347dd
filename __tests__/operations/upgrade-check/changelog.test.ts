import { readFileSync } from "node:fs";
import { changelogEntries, entriesBetween } from "../../../operations/upgrade-check/changelog";
import { files, version } from "../../../package.json";

const changelog = readFileSync("CHANGELOG.md", "utf8");

test("the changelog has an entry for the current version of the package", () => {
  expect(changelogEntries(changelog)[0]?.version).toBe(version);
});

test("each entry of the changelog has the resources of existing clusters that change", () => {
  for (const entry of changelogEntries(changelog))
    expect([entry.version, entry.text]).toEqual([
      entry.version,
      expect.stringMatching(/^### Resources that change\n\n\S/m),
    ]);
});

test("the package contains the changelog", () => {
  expect(files).toContain("CHANGELOG.md");
});

test("the entries between two versions are those after the first up to the second, the newest first", () => {
  const text = [
    "## 1.0.0",
    "a",
    "## 1.10.0 (2026-11-30)",
    "d",
    "## 1.2.0",
    "c",
    "## Unreleased",
    "x",
    "## 1.1.0",
    "b",
  ].join("\n");

  expect(entriesBetween(text, "1.0.0", "1.10.0")).toEqual([
    { version: "1.10.0", text: "d" },
    { version: "1.2.0", text: "c" },
    { version: "1.1.0", text: "b" },
  ]);
});
