import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type LocalServer, ociRoutes, startServer } from "../../operations/versions/local-server";
import type { JobRun } from "../../support/pipelines/running/machine";
import { endings, RunningFleet } from "../../support/pipelines/running/running-fleet";
import { FIRST, ROLE } from "../../support/pipelines/running/small-fleet";

// The generated workflows that keep a fleet up to date, against a registry of this machine: on a GitHub Enterprise Server, whose API has
// another path and whose tokens have another issuer, and with OpenTofu: the file `tofu` calls Terraform.
const MAIN = "refs/heads/main";
const RELEASE = "definitions/releases/2027.01.yaml";
const EXCEPTION = `rule: destroy-data
cluster: ${FIRST}
address: aws_s3_bucket.logs
change: "${"0".repeat(16)}"
reason: The bucket has been empty since the move.
who: jane@example.com
until: 2026-01-31
`;
const ISSUER = "https://github.example/_services/token";
const TERRAFORM = execFileSync("sh", ["-c", "command -v terraform"], { encoding: "utf8" }).trim();
const fleet = new RunningFleet("github", { issuer: ISSUER, tofu: TERRAFORM });
let registry: LocalServer;
jest.setTimeout(240_000);
beforeAll(async () => {
  registry = await startServer((host) => ociRoutes(host, { "charts/loki": { "18.11.0": null, "19.0.0": null } }));
  await fleet.start();
  const release = readFileSync("definitions/releases/2026.12.yaml", "utf8");
  const chart = `  loki: { repository: "oci://${registry.host}/charts", chart: loki, version: 18.11.0 }\n`;
  fleet.repository.merge({
    [RELEASE]: `${release.slice(0, release.indexOf("\ncharts:"))}\ncharts:\n${chart}`,
    "definitions/channels.yaml": 'insiders: "2026.11"\nstable: "2026.11"\nnext: "2027.01"\n',
    "definitions/exceptions/logs.yaml": EXCEPTION,
  });
});
afterAll(async () => {
  await fleet.stop();
  await registry.close();
});
beforeEach(() => {
  fleet.hosting.slack.length = 0;
});
afterEach(() => expect(fleet.hosting.refused).toEqual([]));

const run = (pipeline: string): Promise<readonly JobRun[]> => fleet.run(pipeline, { name: "schedule", ref: MAIN });
const branches = (name: string): string => fleet.repository.git("ls-remote", "origin", `refs/heads/${name}`);

test("newer versions are proposed in one pull request, which a later run updates", async () => {
  const runs = [...(await run("bump")), ...(await run("bump"))];

  expect(endings(runs)).toEqual(["bump: success, bump 0, tell 0", "bump: success, bump 0, tell 0"]);
  expect(fleet.hosting.threads.map(({ head, isPull, title }) => [title, head, isPull])).toEqual([
    ["Pin newer versions", "fleet/bump", true],
  ]);
  expect(fleet.hosting.threads[0]?.body).toContain("| loki | 18.11.0 | 19.0.0 |");
  fleet.repository.git("fetch", "--quiet", "origin", "fleet/bump");
  expect(fleet.repository.git("diff", "--name-only", "main", "FETCH_HEAD").trim()).toMatch(/^definitions\/releases\//);
  expect(fleet.hosting.slack).toContain("#platform: Pin newer versions");
});

test("what has ended is a message to the owner who must do something", async () => {
  const runs = await run("deadlines");

  expect(endings(runs)).toEqual(["deadlines: success, deadlines 0, tell 0"]);
  expect(runs[0]?.output).toContain("definitions/exceptions/logs.yaml: until: is over (2026-01-31)");
  expect(fleet.hosting.slack.length).toBeGreaterThan(0);
});

test("a drill rebuilds a cluster from nothing in a simulated cloud, and asks its owner to restore a backup", async () => {
  const runs = await run("drill");

  expect(endings(runs)).toEqual(["drill: success, drill 0, tell 0"]);
  const asked = fleet.hosting.threads.filter(({ labels }) => labels.includes("fleet-drill"));
  expect(asked.map(({ title }) => title)).toEqual([expect.stringMatching(/^Restore drill: [ab]\.example\.com$/)]);
  expect(asked[0]?.body).toContain("in a simulated cloud worked on ");
});

test("a person promotes a channel by a pull request, and what a channel before it has not proved is refused", async () => {
  const promote = (TARGET: string): Promise<readonly JobRun[]> =>
    fleet.run("promote", { name: "workflow_dispatch", ref: MAIN, inputs: { TARGET, RELEASE: "2026.12" } });
  const allowed = await promote("insiders");

  expect(endings(allowed)).toEqual(["promote: success, promote 0, tell 0"]);
  expect(fleet.hosting.threads.at(-1)).toMatchObject({ isPull: true, head: "promote-insiders-2026.12" });
  expect(branches("promote-insiders-2026.12")).not.toBe("");
  expect(fleet.hosting.slack).toEqual(["#platform: Promote insiders to 2026.12"]);
  expect(fleet.assumptions()).toEqual([`${ROLE}/plan by repo:example/clusters:ref:${MAIN}`]);
  const refused = await promote("stable");
  expect(endings(refused)).toEqual(["promote: failure, promote 2, tell 0"]);
  expect(branches("promote-stable-2026.12")).toBe("");
});
