import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const page = readFileSync("docs/architecture.md", "utf8");
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" });

/** The folders of the repository that have a number of levels above their files. */
const foldersOf = (levels: number, below: string): string[] => {
  const folders = files.split("\n").flatMap((file) => {
    const parts = file.split("/");
    return file.startsWith(below) && parts.length > levels ? [`${parts.slice(0, levels).join("/")}/`] : [];
  });
  return [...new Set(folders)].sort();
};

/** The folders in the tables of the page that have a line of their own. */
const described = [...page.matchAll(/^\| `([\w./-]+\/)` \|/gm)].map(([, folder = ""]) => folder);

test("the page has a line for each top-level folder, and there are at most 18", () => {
  expect(described.filter((folder) => !folder.startsWith("fleet/") || folder === "fleet/").sort()).toEqual(
    foldersOf(1, ""),
  );
  // Folders with a dot are where other tools look for their files.
  expect(foldersOf(1, "").filter((folder) => !folder.startsWith(".")).length).toBeLessThanOrEqual(18);
});

test("the page has a line for each folder in fleet/", () => {
  expect(described.filter((folder) => /^fleet\/./.test(folder)).sort()).toEqual(foldersOf(2, "fleet/"));
});
