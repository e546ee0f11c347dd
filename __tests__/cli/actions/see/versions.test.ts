import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { loadFleet } from "../../../../fleet/load";
import { versionsReport } from "../../../../operations/versions/report";
import { type LocalServer, ociRoutes, startServer } from "../../../operations/versions/local-server";
import { runFleet } from "../../../support/run-fleet";
import type { Run } from "../../../support/run-program";
import { SAMPLE_FLEET } from "../../../support/sample-fleet";

let directory = "";
let registry: LocalServer;

const TODAY = ["--today", "2026-11-30"];
const fleet = (...args: string[]): Promise<Run> =>
  runFleet(["versions", ...args, ...TODAY], { definitions: directory });

/** A release whose charts are all in a registry of this machine. */
beforeEach(async () => {
  registry = await startServer((host) =>
    ociRoutes(host, { "charts/loki": { "18.11.0": null, "19.0.0": ">=1.30.0-0" } }),
  );
  directory = mkdtempSync(join(tmpdir(), "versions-"));
  cpSync(SAMPLE_FLEET, directory, { recursive: true });
  mkdirSync(join(directory, "releases"));
  const release = readFileSync("definitions/releases/2026.12.yaml", "utf8");
  const charts = `  loki: { repository: "oci://${registry.host}/charts", chart: loki, version: 18.11.0 }\n`;
  writeFileSync(
    join(directory, "releases/2027.01.yaml"),
    `${release.slice(0, release.indexOf("\ncharts:"))}\ncharts:\n${charts}`,
  );
});

afterEach(async () => {
  await registry.close();
  rmSync(directory, { recursive: true });
});

test("versions shows the releases of channels, with the clusters that use them", async () => {
  const { code, stdout, stderr } = await fleet();

  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.split("\n").filter((line) => line.startsWith("Release"))).toEqual([
    expect.stringMatching(/^Release 2026\.10: channels stable, \d+ clusters$/),
    expect.stringMatching(/^Release 2026\.11: channels insiders, \d+ clusters?$/),
  ]);
});

test("versions --check ends with 2 if a registry has something newer, and JSON fits its schema", async () => {
  const { code, stdout, stderr } = await fleet("2027.01", "--check", "--json");

  expect([code, stderr]).toEqual([2, ""]);
  const { releases } = versionsReport.parse(JSON.parse(stdout));
  expect(releases[0]?.charts.map(({ addon, newer }) => [addon, newer])).toEqual([
    [
      "loki",
      { version: "19.0.0", kube_version: ">=1.30.0-0", url: `http://${registry.host}/v2/charts/loki/tags/list` },
    ],
  ]);
});

test("versions --check ends with 0 and one sentence if no registry can be reached", async () => {
  await registry.close();
  const { code, stderr } = await fleet("2027.01", "--check");

  expect([code, stderr]).toEqual([
    0,
    `No registry answered, so no chart was compared: ${registry.host} cannot be reached (ECONNREFUSED)\n`,
  ]);
});

test("versions --write writes the next release and the sightings of its charts, and the directory stays valid", async () => {
  const before = readFileSync(join(directory, "releases/2027.01.yaml"), "utf8");
  const { code, stdout, stderr } = await fleet("--write");

  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain(`Written: ${directory}/releases/2027.02.yaml\nWritten: ${directory}/seen-versions.yaml\n`);
  expect(readFileSync(join(directory, "releases/2027.01.yaml"), "utf8")).toBe(before);
  expect(parse(readFileSync(join(directory, "releases/2027.02.yaml"), "utf8")).charts.loki).toMatchObject({
    version: "19.0.0",
    kube_version: ">=1.30.0-0",
  });
  expect(parse(readFileSync(join(directory, "seen-versions.yaml"), "utf8"))).toEqual({
    charts: { loki: { "19.0.0": `http://${registry.host}/v2/charts/loki/tags/list, 2026-11-30` } },
  });
  const { warnings } = loadFleet({ directory, shipped: "definitions", today: "2026-11-30" });
  expect(warnings.filter(({ place }) => /releases|seen-versions/.test(place?.file ?? ""))).toEqual([]);
});

test.each([
  [["2026.21"], /^unknown release "2026\.21"\. Did you mean/],
  [
    ["--write", "--name", "2026.12"],
    /^release 2026\.12 exists, and a release never changes\. Choose another --name\n$/,
  ],
  [["--write", "--name", "../x"], /^--name must be the name of a file, such as 2027\.01, got "\.\.\/x"\n$/],
  [["--name", "x"], /^--name requires --write\n$/],
])("versions %j ends with 1 and a message", async (args, message) => {
  const { code, stderr, stdout } = await fleet(...args);

  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(message);
});
