import { execFileSync } from "node:child_process";
import fs, { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { loadFleet } from "../../../fleet/load";
import { DefinitionError } from "../../../language/problem";
import { SMALLEST, TODAY, withDefinitions, withoutWord } from "../../support/definitions";
import { scratch } from "../../support/run-program";

/** Returns what is reported of a directory with one good cluster, after `change`. */
function reported(change: (directory: string) => void): string[] {
  return withDefinitions({ "clusters/a.example.com.yaml": SMALLEST }, (directory) => {
    change(directory);
    try {
      loadFleet({ directory, shipped: "definitions", today: TODAY });
      return [];
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      return error.message.replaceAll(`${directory}/`, "").split("\n").map(withoutWord);
    }
  });
}

/** Every file that is read; the name of a layer is one that no cluster uses, so that nothing else is reported. */
const FILES = ["clusters/x.yaml", "accounts/x.yaml", "tiers/x.yaml", "releases/x.yaml"];
/** Files that stand in for the shipped ones; what is missing in them is reported too. */
const DATA = ["channels.yaml", "defaults.yaml", "regions.yaml", "kubernetes-support.yaml"];

/** Creates something in the place of a file. */
function place(directory: string, file: string, create: (path: string) => void): void {
  const path = join(directory, file);
  mkdirSync(join(path, ".."), { recursive: true });
  rmSync(path, { force: true });
  create(path);
}

describe.each([...FILES, ...DATA])("in the place of %s", (file) => {
  test.each<[string, (path: string) => void]>([
    ["is a named pipe, but must be a file", (path) => execFileSync("mkfifo", [path])],
    ["is a device, but must be a file", (path) => symlinkSync("/dev/zero", path)],
    ["is a directory, but must be a file", (path) => void mkdirSync(path)],
    ["is a symbolic link to a file that does not exist", (path) => symlinkSync("nowhere", path)],
    [
      "is larger than 1 MiB, which is too large for a definition",
      (path) => {
        writeFileSync(path, "");
        truncateSync(path, 3 * 1024 ** 3); // more than Node reads, and no block of the disk
      },
    ],
  ])("%s", (message, create) => {
    expect(reported((directory) => place(directory, file, create))).toContain(`${file}:1:1 ${message}`);
  });
});

test("a link to a named pipe is refused", () => {
  expect(
    reported((directory) => {
      execFileSync("mkfifo", [join(directory, "pipe")]);
      symlinkSync("../pipe", join(directory, "clusters/x.yaml"));
    }),
  ).toEqual(["clusters/x.yaml:1:1 is a named pipe, but must be a file"]);
});

test("a socket is refused", async () => {
  const work = scratch();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(work.path, "socket"), resolve));
  const problems = reported((directory) => symlinkSync(join(work.path, "socket"), join(directory, "clusters/x.yaml")));
  server.close();
  work.remove();

  expect(problems).toEqual(["clusters/x.yaml:1:1 is a socket, but must be a file"]);
});

test.each(["clusters", "clusters/team", "accounts", "tiers"])("a link to a folder in %s is refused", (folder) => {
  expect(
    reported((directory) => {
      mkdirSync(join(directory, "elsewhere"));
      mkdirSync(join(directory, folder), { recursive: true });
      symlinkSync(join(directory, "elsewhere"), join(directory, folder, "x"));
    }),
  ).toEqual([
    `${folder}/x:1:1 is a symbolic link to a folder, which is not followed. Move the folder here, or link its files one by one`,
  ]);
});

test("a broken link that may be a folder is refused", () => {
  expect(reported((directory) => symlinkSync("../gone", join(directory, "clusters/team")))).toEqual([
    "clusters/team:1:1 is a symbolic link to a file that does not exist",
  ]);
});

test("the folder clusters itself may be a link", () => {
  expect(
    reported((directory) => {
      fs.renameSync(join(directory, "clusters"), join(directory, "elsewhere"));
      symlinkSync("elsewhere", join(directory, "clusters"));
    }),
  ).toEqual([]);
});

test("a layer in a subfolder is refused, because it would not be read", () => {
  expect(
    reported((directory) => {
      mkdirSync(join(directory, "accounts/team"));
      writeFileSync(join(directory, "accounts/team/x.yaml"), "");
    }),
  ).toEqual(["accounts/team/x.yaml:1:1 is not read, because it is in a subfolder. Move it to accounts"]);
});

test.each([
  ["a file", "b\xff.yaml", (path: Buffer) => writeFileSync(path, SMALLEST), "clusters/b\uFFFD.yaml"],
  ["a folder", "b\xff", (path: Buffer) => mkdirSync(path), "clusters/b\uFFFD"],
])("%s whose name is not UTF-8 is refused", (_, name, create, shown) => {
  const path = (directory: string): Buffer =>
    Buffer.concat([Buffer.from(`${directory}/clusters/`), Buffer.from(name, "latin1")]);
  const problems = reported((directory) => void create(path(directory)));

  expect(problems).toEqual([`${shown}:1:1 has a name that is not UTF-8. Rename it`]);
});

test("a folder that cannot be read is reported with its place", () => {
  const read = fs.readdirSync;
  const spy = jest.spyOn(fs, "readdirSync").mockImplementation(((path: string, options: { withFileTypes: true }) => {
    if (path.endsWith("clusters/team")) throw Object.assign(new Error("EACCES"), { code: "EACCES" });
    return read(path, options);
  }) as typeof fs.readdirSync);
  const problems = reported((directory) => void mkdirSync(join(directory, "clusters/team")));
  spy.mockRestore();

  expect(problems).toEqual(["clusters/team:1:1 is a folder that cannot be read (EACCES). Check its permissions"]);
});
