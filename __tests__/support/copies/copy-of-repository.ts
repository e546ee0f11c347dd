import { execFileSync } from "node:child_process";
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "../run-program";

/** Returns a folder with this repository's files as they are now, without its history, and with a link to its packages. */
export function copyOfRepository(): ReturnType<typeof scratch> {
  const copy = scratch();
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).toString();
  for (const file of files.split("\0").filter((name) => name !== "")) {
    cpSync(file, join(copy.path, file), { force: true });
  }
  symlinkSync(join(process.cwd(), "node_modules"), join(copy.path, "node_modules"));
  return copy;
}
