import { foreignContent, refusedFolder } from "../../../operations/init/folder";

const refused = (path: string, isFile = false) =>
  refusedFolder({ path, entries: [], isFile }, "/home/me", "/home/me/cluster-fleet");

test.each([
  ["a file", "/home/me/file", true, "/home/me/file is a file. Name a folder"],
  [
    "the home folder",
    "/home/me",
    false,
    "/home/me is no place for a repository. Name a folder in it, such as /home/me/clusters",
  ],
  ["the top of the file system", "/", false, "/ is no place for a repository. Name a folder in it, such as /clusters"],
  [
    "a folder of packages",
    "/home/me/own/node_modules/cluster-fleet",
    false,
    "/home/me/own/node_modules/cluster-fleet is among packages, which the next installation replaces. Name another folder",
  ],
  [
    "the program's own repository",
    "/home/me/cluster-fleet",
    false,
    "/home/me/cluster-fleet is the program's own repository. Name another folder, such as /home/me/clusters",
  ],
])("%s is refused", (_, path, isFile, message) => {
  expect(refused(path, isFile)).toBe(message);
});

test("any other folder is accepted", () => {
  expect(refused("/home/me/clusters")).toBeUndefined();
});

const foreign = (...entries: string[]) => foreignContent({ path: "/x", entries, isFile: false });

test("a new git repository, and one into which npm or pnpm installed the program, have no other content", () => {
  expect(foreign(".git", "README.md", "LICENSE", ".github")).toBeUndefined();
  expect(foreign("cluster-fleet-0.1.0.tgz", "node_modules", "package.json", "package-lock.json")).toBeUndefined();
  expect(foreign("pnpm-lock.yaml", "pnpm-workspace.yaml", "node_modules", "package.json")).toBeUndefined();
});

test("other content is named, unless the folder has definitions already", () => {
  expect(foreign("src", "go.mod", "main.go", "Makefile", "cmd", "pkg")).toBe(
    "/x contains Makefile, cmd, go.mod, main.go, pkg and 1 more, which is no fleet of clusters",
  );
  expect(foreign("src", "definitions")).toBeUndefined();
});
