import { execFileSync } from "node:child_process";
import { dirname } from "node:path";

/** Paths of all files that belong to the project: those that git tracks, and new ones that it does not ignore. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .trim()
  .split("\n");

test("no folder has more than 25 files side by side", () => {
  const sizes = new Map<string, number>();
  // One published schema for each command, which readers find by its name.
  const counted = files.filter((file) => dirname(file) !== "cli/schema");
  for (const file of counted) sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1);

  expect([...sizes].filter(([, size]) => size > 25)).toEqual([]);
});
