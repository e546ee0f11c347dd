import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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
  test("is the program that runs if the version is the same", () => {
    expect(findProgram({ version: "0.3.0" }, installed)).toBeUndefined();
  });

  test("is the one that a person placed", () => {
    const placed = join(work.path, "placed");
    const folder = join(placed, "0.2.2/node_modules/cluster-fleet");
    mkdirSync(join(folder, "definitions"), { recursive: true });
    for (const file of ["launch.mjs", "definitions/defaults.yaml"]) writeFileSync(join(folder, file), "");

    expect(findProgram({ version: "0.2.2" }, { ...installed, placed })?.folder).toBe(folder);
  });
});
