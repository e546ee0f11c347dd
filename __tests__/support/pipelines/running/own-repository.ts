import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The repository of a fleet, as a bare repository beside a folder in which people work. */
export class OwnRepository {
  readonly name = "example/clusters";
  /** Folder with bare repositories, by owner and name. */
  readonly bare: string;
  private readonly work: string;

  constructor(folder: string) {
    this.bare = join(folder, "git");
    this.work = join(folder, "person");
    const path = join(this.bare, `${this.name}.git`);
    mkdirSync(path, { recursive: true });
    execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", path]);
    execFileSync("git", ["init", "--quiet", "--initial-branch=main", this.work]);
    this.git("remote", "add", "origin", path);
  }

  git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=jane", "-c", "user.email=jane@example.com", "-c", "commit.gpgsign=false"];
    return execFileSync("git", ["-C", this.work, ...identity, ...args], { encoding: "utf8" });
  }

  read(file: string): string {
    return readFileSync(join(this.work, file), "utf8");
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const file = join(this.work, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  get folder(): string {
    return this.work;
  }

  /** Commits to the branch main, and pushes it. */
  merge(files: Readonly<Record<string, string>> = {}): void {
    this.git("checkout", "--quiet", "-B", "main");
    this.write(files);
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message=change");
    this.git("push", "--quiet", "origin", "main");
  }

  /** Pushes a branch with a change, and what GitHub would merge, as refs/pull/<number>/merge. */
  pull(number: number, branch: string, files: Readonly<Record<string, string>>): void {
    this.git("checkout", "--quiet", "-B", branch, "main");
    this.write(files);
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message=change");
    this.git("checkout", "--quiet", "--detach", "main");
    this.git("merge", "--quiet", "--no-ff", "--message=merge", branch);
    this.git(
      "push",
      "--quiet",
      "--force",
      "origin",
      `HEAD:refs/pull/${number}/merge`,
      `${branch}:refs/pull/${number}/head`,
      branch,
    );
    this.git("checkout", "--quiet", "main");
  }
}

/**
 * Writes tools in place of those of a runner: `npm ci` finds this program in place of a package, `npx --no-install` runs it, and the
 * tools that call a cloud answer as the scripts say.
 */
export function pretendTools(folder: string, tools: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  const own = {
    npm: 'test "$1" != ci || { mkdir -p node_modules/.bin && ln -s "$FLEET_PROGRAM" node_modules/.bin/fleet; }',
    // It notes which commands of `fleet ci` a script calls, and how they ended.
    npx: [
      'test "$1" = --no-install && shift && tool=$1 && shift || exit 1',
      '"node_modules/.bin/$tool" "$@"',
      "code=$?",
      'shift && echo "$* $code" >> "$FLEET_STEPS"',
      "exit $code",
    ].join("\n"),
    // A job that installs Terraform uses the one of this machine.
    curl: 'for last; do :; done; : > "${last##*/}"',
    sha256sum: "cat > /dev/null",
    unzip: 'for last; do :; done; test -z "$FLEET_TOFU" || { mkdir -p "$last" && ln -s "$FLEET_TOFU" "$last/tofu"; }',
  };
  for (const [tool, script] of Object.entries({ ...own, ...tools })) {
    writeFileSync(join(folder, tool), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, tool), 0o755);
  }
}

/** Path of this program, for FLEET_PROGRAM. */
export const PROGRAM = resolve("cli/fleet.mjs");
