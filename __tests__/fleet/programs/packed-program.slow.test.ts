import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Host } from "../../../fleet/programs/host";
import { packedProgram } from "../../../fleet/programs/packed-program";
import { scratch } from "../../support/run-program";

const work = scratch();
afterAll(() => work.remove());

const cache = join(work.path, "cache");
const host: Host = {
  folder: work.path,
  workingTree: work.path,
  name: "cluster-fleet",
  version: "0.3.0",
  isPackage: true,
  cache,
  placed: undefined,
};

const tarball = join(work.path, "cluster-fleet-0.2.0.tgz");
beforeAll(() => {
  const files = {
    "package.json": JSON.stringify({ name: "cluster-fleet", version: "0.2.0", scripts: { postinstall: "exit 1" } }),
    "launch.mjs": "packed",
    "definitions/defaults.yaml": "",
  };
  for (const [file, text] of Object.entries(files)) {
    const path = join(work.path, "package", file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  execFileSync("tar", ["-czf", tarball, "-C", work.path, "package"]);
});

test("is fetched from a tarball, without its packages and scripts, and once", () => {
  const pin = { version: "0.2.0", source: tarball };
  const program = packedProgram(pin, host);

  expect(readFileSync(join(program, "launch.mjs"), "utf8")).toBe("packed");
  expect(program).toContain(join("node_modules", "cluster-fleet"));
  writeFileSync(join(program, "launch.mjs"), "kept");
  expect(readFileSync(join(packedProgram(pin, host), "launch.mjs"), "utf8")).toBe("kept");
});

test("refuses a package with another hash", () => {
  const integrity = `sha512-${"A".repeat(86)}==`;

  expect(() => packedProgram({ version: "0.2.0", source: tarball, integrity }, host)).toThrow(
    /cluster-fleet-0\.2\.0\.tgz has the hash sha512-\S{88}, but the release names sha512-A+==: it is not the package/,
  );
  expect(readdirSync(cache).filter((name) => name.startsWith(".unfinished"))).toEqual([]);
});

test("refuses a package of another version", () => {
  expect(() => packedProgram({ version: "0.1.9", source: tarball }, host)).toThrow(
    "contains cluster-fleet 0.2.0, but the release names cluster-fleet 0.1.9. Correct program in the release",
  );
});

test("explains what to do if npm cannot fetch it", () => {
  const source = join(work.path, "missing.tgz");

  expect(() => packedProgram({ version: "0.2.1", source }, host)).toThrow(
    `program 0.2.1 could not be fetched: npm pack ${source} failed. Check that the version exists, the network, and the registry (npm config get registry), and run the same command again. Without a network, copy ${join(cache, "0.2.1")}`,
  );
});

test("a version that nobody used for a month is removed", () => {
  const old = join(cache, "0.0.9");
  mkdirSync(old);
  const then = Date.now() / 1000 - 31 * 24 * 60 * 60;
  utimesSync(old, then, then);

  packedProgram({ version: "0.2.0", source: tarball }, host);

  expect(existsSync(old)).toBe(false);
});
