import { isMap, isSeq, parseDocument } from "yaml";
import { account, definition } from "./support/definition";
import { problemsOf } from "./support/definitions";
import { oneOfEvery } from "./support/jest/cases";

const ROLE = "arn:aws:iam::444444444444:role";
const SUPPORTED = "2026-08-17";

const ACCOUNT = account({
  own: `bootstrap:
  permissions_boundary: fleet-boundary
  further_actions: { plan: [s3:GetObject], apply: [s3:PutObject] }
  principals: { plan: ["${ROLE}/people"] }
  github: [{ repository: a/b, branch: main, environments: { apply: x, destroy: y } }]
  gitlab: [{ project: a/b, branch: main, destroy_branch: gone }]
  concourse: [{ issuer: https://ci.example.com, team: main, pipelines: [fleet], jobs: { plan: [plan-*] } }]
  prow: [{ issuer: https://oidc.example.com/id/A, namespace: pods, service_accounts: { plan: p, apply: a } }]
  state_versions_days: 90
pipelines: { approval: true }`,
}).replace(/( {2}plan: .*\n)/, `$1  destroy: ${ROLE}/destroy\n`);

const PIPELINES = `system: github
repository: example/clusters
branch: main
platform_team: ["@example/platform"]
owners: { shop: { approvers: ["@example/shop"], slack: "#shop" } }
schedules: { drift: { cron: 0 5 * * *, time_zone: Europe/Brussels }, drill: null }
messages: { slack: "#fleet" }
github: { runner: ubuntu-24.04 }
`;

const ROLLOUTS = `records: .fleet/rollouts
waves:
  - { name: first, select: { tier: [development, staging], labels: { pair: one } }, soak: 24h, max_at_once: 2, healthy: [nodes] }
  - { name: rest, soak: 24h, tolerated_failures: 1, healthy: [nodes, web], approval: true }
health_checks:
  nodes: { check: nodes, timeout: 5m }
  web: { check: url, timeout: 5m, url: "https://{cluster}/health", status: 200, contains: ok }
freezes:
  - { name: quiet, from: "2026-12-20T18:00:00+01:00", until: "2027-01-04T08:00:00+01:00", reason: quiet days, except: { owner: shop } }
`;

const EXCEPTION = `rule: destroy-data
cluster: a.example.com
address: aws_s3_bucket.logs
change: "0a1b2c3d4e5f6a7b"
reason: The logs are copied to the archive.
who: jane@example.com
until: "2026-08-31"
`;

const CLUSTER = definition({
  meta: `ACCOUNT: mine
OWNER: shop
TIER: staging
RELEASE_MODEL: "2026.11"
HOLD: { reason: The importer needs this release, by: jane@example.com, until: "2026-10-31" }`,
  common: `iam: { path: /clusters/, permissions_boundary: "arn:aws:iam::444444444444:policy/fleet-boundary" }`,
  rollout: `labels: { pair: one }
windows: [{ schedule: 0 22 * * 1-4, time_zone: Europe/Brussels, duration: 4h }]
expected_duration: 2h
sla_days: 14`,
});

const FILES = {
  "accounts/mine.yaml": ACCOUNT,
  "clusters/a.example.com.yaml": CLUSTER,
  "exceptions/one.yaml": EXCEPTION,
  "pipelines.yaml": PIPELINES,
  "rollouts.yaml": ROLLOUTS,
};

/** Returns the paths of all values of a file. */
function pathsOf(text: string): (readonly (string | number)[])[] {
  const paths: (readonly (string | number)[])[] = [];
  const walk = (node: unknown, path: readonly (string | number)[]): void => {
    if (path.length > 0) paths.push(path);
    if (isMap(node)) for (const { key, value } of node.items) walk(value, [...path, String(key)]);
    if (isSeq(node)) for (const [index, item] of node.items.entries()) walk(item, [...path, index]);
  };
  walk(parseDocument(text).contents, []);
  return paths;
}

/** Returns the errors of the fleet with one value replaced, for each value that causes another number of errors than one. */
function moreThanOne(name: keyof typeof FILES, mistake: unknown): Record<string, string[]> {
  const found = oneOfEvery(12, pathsOf(FILES[name])).map((path) => {
    const document = parseDocument(FILES[name]);
    document.setIn(path, mistake);
    return [path.join("."), errorsOf({ ...FILES, [name]: document.toString() })] as const;
  });
  return Object.fromEntries(
    found.filter(([path, { length }]) => length !== 1 && EXPLAINED[`${name} ${path}`] === undefined),
  );
}

const errorsOf = (files: Readonly<Record<string, string>>): string[] =>
  problemsOf(files, { today: SUPPORTED }).filter((problem) => !problem.includes(" warning: "));

/** Runs with more than one error, and why. */
const EXPLAINED: Readonly<Record<string, string>> = {
  "rollouts.yaml health_checks": "the waves use the checks that it replaces",
};

test("the files have no mistake", () => {
  expect(errorsOf(FILES)).toEqual([]);
});

describe.each(Object.keys(FILES) as (keyof typeof FILES)[])("%s", (name) => {
  test("reports a map in place of any value once", () => {
    expect(moreThanOne(name, { wrong: 1 })).toEqual({});
  });

  test("reports a number in place of any value once", () => {
    expect(moreThanOne(name, -7.5)).toEqual({});
  });
});
