import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBase } from "../../../operations/base/open-base";
import { GitRepository } from "../../support/git-repository";
import { scratch } from "../../support/run-program";

const repository = new GitRepository();
const elsewhere = scratch();
afterAll(() => {
  repository.remove();
  elsewhere.remove();
});

const open = (ref?: string, directory = join(repository.path, "definitions")) =>
  openBase(
    {
      program: repository.path,
      directory,
      shipped: join(repository.path, "definitions"),
      cache: join(elsewhere.path, "cache"),
    },
    ref,
  );
const file = (folder: string | undefined, name: string): string => readFileSync(join(folder ?? "", name), "utf8");

test("opens another version of definitions and of programs", () => {
  expect(() => open()).toThrow("the repository has no commit yet, so there is no earlier version to compare with");

  const first = repository.commit({
    "definitions/a.yaml": "first",
    ".gitattributes": "*.yaml export-ignore",
    "fleet/a.ts": "1",
  });
  repository.git("switch", "--quiet", "--create=branch");
  const second = repository.commit({ "definitions/a.yaml": "second" });
  repository.write({ "definitions/a.yaml": "uncommitted" });

  // By default the commit from which the branch started, and only its definitions if they alone differ.
  const byDefault = open();
  expect(byDefault).toMatchObject({ ref: "main", commit: first, checkout: undefined });
  expect(file(byDefault.directory, "a.yaml")).toBe("first");
  expect(file(byDefault.shipped, "a.yaml")).toBe("first");
  expect(existsSync(join(byDefault.folder, "repository"))).toBe(false);

  // A named commit, and the variables of a hook.
  process.env["GIT_DIR"] = "/nowhere";
  process.env["GIT_INDEX_FILE"] = "/nowhere/index";
  expect(file(open("HEAD").directory, "a.yaml")).toBe("second");
  delete process.env["GIT_DIR"];
  delete process.env["GIT_INDEX_FILE"];

  // Files that shape no JSON make no other program; uncommitted and untracked code does.
  repository.write({ "docs/page.md": "", "cli/new.ts": "", "__tests__/new.ts": "" });
  expect(open("branch").checkout).toBeUndefined();
  repository.write({ "fleet/b.ts": "" });
  expect(open("branch").checkout).toMatchObject({ changed: ["fleet/b.ts"] });
  repository.write({ "fleet/b.ts": null, "fleet/a.ts": "2" });
  const other = open("branch");
  expect(other.commit).toBe(second);
  expect(other.checkout?.changed).toEqual(["fleet/a.ts"]);
  expect(file(other.checkout?.program, "fleet/a.ts")).toBe("1");
  expect(file(other.directory, "a.yaml")).toBe("second");
  repository.git("checkout", "--quiet", "fleet");

  // A folder that the commit lacks.
  mkdirSync(join(repository.path, "teams"));
  expect(open("HEAD", join(repository.path, "teams")).directory).toBeUndefined();
});

test("the program is the same if the definitions are in another repository", () => {
  const definitions = new GitRepository();
  try {
    const commit = definitions.commit({ "fleet/clusters/a.yaml": "first" });
    repository.write({ "fleet/a.ts": "uncommitted" });

    const base = open("main", join(definitions.path, "fleet"));

    expect(base).toMatchObject({ commit, checkout: undefined, shipped: join(repository.path, "definitions") });
    expect(file(base.directory, "clusters/a.yaml")).toBe("first");
  } finally {
    definitions.remove();
    repository.git("checkout", "--quiet", "fleet");
  }
});

test("explains why a version cannot be opened", () => {
  expect(() => open("mian")).toThrow('the repository has no commit "mian". Did you mean "main"?');
  expect(() => open("^main")).toThrow('the repository has no commit "^main"');
  expect(() => open("--upload-pack=x")).toThrow('the repository has no commit "--upload-pack=x"');
  expect(() => open("0123456789abcdef")).toThrow("If it exists on the server only, run git fetch first");

  const folder = join(elsewhere.path, "no-repository");
  mkdirSync(folder);
  expect(() => open(undefined, folder)).toThrow("is not in a git repository, so there is no earlier version");

  const shallow = join(elsewhere.path, "shallow");
  repository.git("clone", "--quiet", "--depth=1", "--branch=branch", `file://${repository.path}`, shallow);
  const openShallow = (ref?: string) => open(ref, join(shallow, "definitions"));
  expect(() => openShallow("v1")).toThrow(
    'this clone is shallow and does not contain "v1". Run git fetch --depth=1 origin v1, and use --base FETCH_HEAD',
  );
  const all = 'git fetch --unshallow origin "+refs/heads/*:refs/remotes/origin/*"';
  expect(() => openShallow("HEAD~1")).toThrow(`does not contain "HEAD~1". Run ${all}`);
  expect(() => openShallow()).toThrow(`this clone is shallow and has no branch origin/main or main. Run ${all}`);
});

test("what the messages about a shallow clone advise makes the base known", () => {
  const main = repository.git("rev-parse", "main").trim();
  const shallow = (name: string, ...fetch: readonly string[]) => {
    const path = join(elsewhere.path, name);
    repository.git("clone", "--quiet", "--depth=1", "--branch=branch", `file://${repository.path}`, path);
    repository.git("-C", path, "fetch", "--quiet", ...fetch);
    return join(path, "definitions");
  };

  expect(open("FETCH_HEAD", shallow("one", "--depth=1", "origin", "main")).commit).toBe(main);
  expect(open(main, shallow("id", "--depth=1", "origin", main)).commit).toBe(main);
  const all = shallow("all", "--unshallow", "origin", "+refs/heads/*:refs/remotes/origin/*");
  for (const ref of [undefined, "main"]) expect(open(ref, all)).toMatchObject({ ref: "origin/main", commit: main });
});

test("keeps the versions that were used last", () => {
  const cache = join(elsewhere.path, "cache");
  for (let index = 0; index < 6; index++) {
    const commit = repository.commit({ "definitions/a.yaml": `${index}` });
    open(commit);
    writeFileSync(join(cache, commit, "used"), "");
  }
  const last = repository.git("rev-parse", "HEAD", "HEAD~1", "HEAD~2", "HEAD~3").trim().split("\n");

  expect(readdirSync(cache).sort()).toEqual(last.sort());
});

test("a version whose extensions differ is synthesized by a process of its own, with its extensions beside its definitions", () => {
  const own = new GitRepository();
  const program = scratch();
  const openOwn = () =>
    openBase(
      {
        program: program.path,
        directory: join(own.path, "definitions"),
        shipped: join(program.path, "definitions"),
        cache: join(elsewhere.path, "own-cache"),
      },
      "main",
    );
  own.commit({ "definitions/a.yaml": "a", "extensions/hook.ts": "first" });
  own.write({ "definitions/a.yaml": "b" });
  expect(openOwn().checkout).toBeUndefined();

  own.write({ "extensions/hook.ts": "second", "extensions/checks/new.ts": "" });
  const { checkout, directory } = openOwn();
  expect(checkout).toEqual({ program: program.path, changed: ["extensions/hook.ts", "extensions/checks/new.ts"] });
  expect(file(directory, "../extensions/hook.ts")).toBe("first");
  own.remove();
  program.remove();
});

test("asks for a commit where there is no main branch, and names the repository that git distrusts", () => {
  const other = new GitRepository();
  const refused = (): unknown => {
    try {
      return openBase(
        { program: other.path, directory: join(other.path, "definitions"), shipped: "definitions" },
        undefined,
      );
    } catch (error) {
      return (error as Error).message;
    }
  };
  other.commit({ "definitions/a.yaml": "" });
  other.git("branch", "--move", "trunk");
  expect(refused()).toBe("there is no branch origin/main or main to compare with. Name a commit: --base <ref>");

  process.env["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1";
  try {
    expect(refused()).toBe(
      `git refuses the repository ${other.path}, because another user owns it. Run: git config --global --add safe.directory ${other.path}`,
    );
  } finally {
    delete process.env["GIT_TEST_ASSUME_DIFFERENT_OWNER"];
    other.remove();
  }
});
