import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { scratch } from "./run-program";

/** A repository in a temporary folder; the settings of whoever runs the tests do not count. */
export class GitRepository {
  readonly path: string;

  constructor(private readonly folder = scratch()) {
    this.path = folder.path;
    this.git("init", "--quiet", "--initial-branch=main");
  }

  git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    return execFileSync("git", ["-C", this.path, ...identity, ...args], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: this.path, GIT_CONFIG_NOSYSTEM: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Writes files, and removes those whose content is null. */
  write(files: Readonly<Record<string, string | null>>): void {
    for (const [name, content] of Object.entries(files)) {
      const file = join(this.path, name);
      mkdirSync(dirname(file), { recursive: true });
      if (content === null) rmSync(file);
      else writeFileSync(file, content);
    }
  }

  /** Commits everything, and returns the id. */
  commit(files: Readonly<Record<string, string | null>> = {}): string {
    this.write(files);
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message=change");
    return this.git("rev-parse", "HEAD").trim();
  }

  remove(): void {
    this.folder.remove();
  }
}
