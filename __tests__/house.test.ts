import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";

/** Paths of all files that belong to the project: those that git tracks, and new ones that it does not ignore. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .trim()
  .split("\n");

const top = [...new Set(files.filter((file) => file.includes("/")).map((file) => file.split("/")[0] ?? ""))];

test("there are at most eighteen folders at the top", () => {
  expect(top.length).toBeLessThanOrEqual(18);
});

test("the architecture page explains each folder at the top in one row", () => {
  const page = readFileSync("docs/architecture.md", "utf8");
  const rows = [...page.matchAll(/^\| `([\w.]+)\/` \|/gm)].map(([, folder]) => folder);
  const hidden = top.filter((folder) => folder.startsWith("."));

  expect(rows.filter((folder) => folder !== undefined && top.includes(folder)).sort()).toEqual(
    top.filter((folder) => !hidden.includes(folder)).sort(),
  );
});

test("no folder has more than 25 files side by side", () => {
  const sizes = new Map<string, number>();
  for (const file of files) sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1);

  expect([...sizes].filter(([, size]) => size > 25)).toEqual([]);
});
