import { resolve } from "node:path";
import { otherProgram } from "../../../operations/upgrade-check/other-program";
import { name, version } from "../../../package.json";

const HOST = {
  folder: resolve("."),
  workingTree: resolve("."),
  name,
  version,
  isPackage: true,
  cache: "/nowhere",
  placed: undefined,
};

test.each([
  ["1.x", /^--to "1\.x" is no version, and no such file or folder exists\. Write a version such as 0\.2\.0/],
  ["README.md", /README\.md is not a package of cluster-fleet/],
  ["docs", /docs does not contain the program cluster-fleet: it has no package\.json of that name, or no launch\.mjs/],
  [version, /is the version that runs\. Name another one: --to <version>/],
])("--to %s is refused", (to, message) => {
  expect(() => otherProgram(to, HOST)).toThrow(message);
});

test.each(["file:../cluster-fleet-0.1.0.tgz", "../cluster-fleet", "./vendor/cluster-fleet.tgz"])(
  "asks no registry for the newest version of a program that was installed from %s",
  (source) => {
    expect(() => otherProgram(undefined, HOST, { dependencies: { [name]: source } })).toThrow(
      `package.json installs cluster-fleet from ${source}, so the registry is not used: a package with this name there may be another program. Name the newer file or folder: --to`,
    );
  },
);
