import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Host } from "../../../fleet/programs/host";
import { findProgram } from "../../../fleet/programs/pinned-program";
import { GitRepository } from "../../support/git-repository";
import { scratch } from "../../support/run-program";

const repository = new GitRepository();
const work = scratch();
afterAll(() => {
  repository.remove();
  work.remove();
});

const cache = join(work.path, "cache");
const checkout = (more: Partial<Host> = {}): Host => ({
  folder: join(repository.path, "program"),
  workingTree: join(repository.path, "program"),
  name: "cluster-fleet",
  version: "0.3.0",
  isPackage: false,
  cache,
  placed: undefined,
  ...more,
});
const installed = checkout({ isPackage: true });

const tagged = repository.commit({
  "program/launch.mjs": "tagged",
  "program/fleet/a.ts": "tagged",
  "program/definitions/defaults.yaml": "tagged",
  "program/definitions/regions.yaml": "tagged",
  "program/definitions/clusters/a.yaml": "tagged",
});
repository.git("tag", "v0.2.0");
repository.commit({ "program/definitions/clusters/a.yaml": "later", "program/docs/page.md": "later" });

describe("in the repository of the program", () => {
  test("is the program that runs if nothing but clusters and pages changed since the tag", () => {
    expect(findProgram({ version: "0.2.0", commit: tagged }, checkout())).toBeUndefined();
  });

  test.each(["program/fleet/a.ts", "program/definitions/defaults.yaml", "program/definitions/regions.yaml"])(
    "is the tag's if %s changed since the tag",
    (file) => {
      repository.write({ [file]: "uncommitted" });
      const program = findProgram({ version: "0.2.0" }, checkout());
      repository.git("checkout", "--quiet", ".");

      expect(program).toMatchObject({ version: "0.2.0", definitions: join(program?.folder ?? "", "definitions") });
      expect(readFileSync(join(program?.folder ?? "", "fleet/a.ts"), "utf8")).toBe("tagged");
      expect(readdirSync(cache)).toEqual([`0.2.0-${tagged.slice(0, 12)}`]);
    },
  );

  test("is the tag's if an earlier commit runs, which has no repository of its own", () => {
    const folder = join(work.path, "extracted");

    expect(findProgram({ version: "0.2.0" }, checkout({ folder }))?.folder).toMatch(
      /0\.2\.0-\w{12}\/repository\/program$/,
    );
  });

  test("refuses a version without a tag, and says how to fetch it", () => {
    expect(() => findProgram({ version: "0.9.0" }, checkout())).toThrow(
      "the repository has no tag v0.9.0, so program 0.9.0 is not available. Run git fetch origin tag v0.9.0 --no-tags",
    );
  });

  test("refuses a tag that was moved since the release was cut", () => {
    expect(() => findProgram({ version: "0.2.0", commit: "0".repeat(40) }, checkout())).toThrow(
      `tag v0.2.0 is at commit ${tagged}, but the release was cut with ${"0".repeat(40)}: the tag was moved`,
    );
  });

  test("refuses a tag without a program", () => {
    repository.git("switch", "--quiet", "--orphan", "empty");
    repository.commit({ README: "" });
    repository.git("tag", "v0.0.1");
    repository.git("switch", "--quiet", "main");

    expect(() => findProgram({ version: "0.0.1" }, checkout())).toThrow("program 0.0.1 has no launch.mjs");
  });
});

describe("as a package", () => {
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

  test("is the program that runs if the version is the same", () => {
    expect(findProgram({ version: "0.3.0" }, installed)).toBeUndefined();
  });

  test("is fetched from a tarball, without its packages and scripts, and once", () => {
    const pin = { version: "0.2.0", source: tarball };
    const program = findProgram(pin, installed);

    expect(readFileSync(join(program?.folder ?? "", "launch.mjs"), "utf8")).toBe("packed");
    expect(program?.folder).toContain(join("node_modules", "cluster-fleet"));
    writeFileSync(join(program?.folder ?? "", "launch.mjs"), "kept");
    expect(readFileSync(join(findProgram(pin, installed)?.folder ?? "", "launch.mjs"), "utf8")).toBe("kept");
  });

  test("refuses a package with another hash", () => {
    const integrity = `sha512-${"A".repeat(86)}==`;

    expect(() => findProgram({ version: "0.2.0", source: tarball, integrity }, installed)).toThrow(
      /cluster-fleet-0\.2\.0\.tgz has the hash sha512-\S{88}, but the release names sha512-A+==: it is not the package/,
    );
    expect(readdirSync(cache).filter((name) => name.startsWith(".unfinished"))).toEqual([]);
  });

  test("refuses a package of another version", () => {
    expect(() => findProgram({ version: "0.1.9", source: tarball }, installed)).toThrow(
      "contains cluster-fleet 0.2.0, but the release names cluster-fleet 0.1.9. Correct program in the release",
    );
  });

  test("explains what to do if npm cannot fetch it", () => {
    const source = join(work.path, "missing.tgz");

    expect(() => findProgram({ version: "0.2.1", source }, installed)).toThrow(
      `program 0.2.1 could not be fetched: npm pack ${source} failed. Check that the version exists, the network, and the registry (npm config get registry), and run the same command again. Without a network, copy ${join(cache, "0.2.1")}`,
    );
  });

  test("is the one that a person placed", () => {
    const placed = join(work.path, "placed");
    const folder = join(placed, "0.2.2/node_modules/cluster-fleet");
    mkdirSync(join(folder, "definitions"), { recursive: true });
    for (const file of ["launch.mjs", "definitions/defaults.yaml"]) writeFileSync(join(folder, file), "");

    expect(findProgram({ version: "0.2.2" }, { ...installed, placed })?.folder).toBe(folder);
  });

  test("a version that nobody used for a month is removed", () => {
    const old = join(cache, "0.0.9");
    mkdirSync(old);
    const then = Date.now() / 1000 - 31 * 24 * 60 * 60;
    utimesSync(old, then, then);

    findProgram({ version: "0.2.0", source: tarball }, installed);

    expect(existsSync(old)).toBe(false);
  });
});
