import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DefinitionFiles } from "../../../fleet/read/files";
import { fleetLayers } from "../../../operations/show/fleet-layers";
import { type Files, withDefinitions } from "../../support/definitions";

/** Lines of files: layer, path, and what they replace or add to. */
const linesOf = (files: Files): string[] =>
  withDefinitions(files, (directory) => {
    const short = (path: string | null) => path?.replace(directory, "own").replace(/^definitions/, "shipped") ?? "-";
    return fleetLayers(new DefinitionFiles(directory, "definitions"), "definitions").layers.map((each) =>
      [each.layer, each.name ?? "-", short(each.file), each.shipped, short(each.replaces), short(each.adds_to)].join(
        " ",
      ),
    );
  });

const shippedReleases = new DefinitionFiles("definitions", "definitions").names("releases");

test("lists what is read from the program and from the repository, the lowest layer first", () => {
  expect(linesOf({ "ranges.yaml": "{}\n" })).toEqual([
    "defaults - shipped/defaults.yaml true - -",
    ...shippedReleases.map((name) => `release ${name} shipped/releases/${name}.yaml true - -`),
    "channel - own/channels.yaml false shipped/channels.yaml -",
    "account acme own/accounts/acme.yaml false - -",
    "account production own/accounts/production.yaml false - -",
    "account sandbox own/accounts/sandbox.yaml false - -",
    "tier development own/tiers/development.yaml false - -",
    "tier production own/tiers/production.yaml false - -",
    "tier staging own/tiers/staging.yaml false - -",
    "facts - shipped/regions.yaml true - -",
    "facts - shipped/kubernetes-support.yaml true - -",
    "facts - shipped/seen-versions.yaml true - -",
    "facts - own/ranges.yaml false - -",
  ]);
});

test("a file with the same name replaces or overrides the program's, even if it cannot be read", () => {
  const lines = linesOf({
    "defaults.yaml": "tfvars: {",
    "releases/2026.12.yaml": "x",
    "releases/2027.01.yaml": "x",
    "regions.yaml": "x",
    "seen-versions.yaml": "x",
  });

  expect(lines.filter((line) => /defaults|2026\.12|2027|regions|seen/.test(line))).toEqual([
    "defaults - shipped/defaults.yaml true - -",
    "defaults - own/defaults.yaml false - shipped/defaults.yaml",
    "release 2026.12 own/releases/2026.12.yaml false shipped/releases/2026.12.yaml -",
    "release 2027.01 own/releases/2027.01.yaml false - -",
    "facts - own/regions.yaml false shipped/regions.yaml -",
    "facts - shipped/seen-versions.yaml true - -",
    "facts - own/seen-versions.yaml false - shipped/seen-versions.yaml",
  ]);
});

test("the program's own directory has no shipped layers", () => {
  const { layers } = fleetLayers(new DefinitionFiles("./definitions", "definitions"), "definitions");

  expect(layers.filter(({ adds_to, replaces, shipped }) => shipped || replaces !== null || adds_to !== null)).toEqual(
    [],
  );
});

test("the page about own definitions has a row for each file that is listed", () => {
  const page = readFileSync("docs/own-definitions.md", "utf8");
  const rows = [...page.matchAll(/^\| `[^|]*\|/gm)].join("\n");
  const { layers } = withDefinitions({}, (directory) =>
    fleetLayers(new DefinitionFiles(directory, "definitions"), "definitions"),
  );
  const names = layers.map(({ file, layer, name }) =>
    name === null ? file.split("/").at(-1) : join(`${layer}s`, "<name>.yaml"),
  );

  expect([...new Set(names)].filter((name) => !rows.includes(`\`${name}\``))).toEqual([]);
});
