import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Cluster } from "../../../fleet/model/cluster";
import { type CodeIdentity, targetOf } from "../../../operations/rollout/target";
import { synthesizeCluster } from "../../../synth/synthesize-cluster";
import { placeProgram } from "../../support/copies/placed-program";
import { account, definition } from "../../support/definition";
import { type Files, fleetOf } from "../../support/definitions";
import { contentsOf, scratch } from "../../support/run-program";

const work = scratch();
beforeAll(() => {
  process.env["FLEET_PROGRAMS_DIR"] = work.path;
  placeProgram(work.path, "0.0.1");
});
afterAll(() => {
  delete process.env["FLEET_PROGRAMS_DIR"];
  work.remove();
});

const PEER = "b.example.com";
const OWN = "clusters/a.example.com.yaml";
const THEIRS = `clusters/${PEER}.yaml`;
const LABELS = "labels: { ring: late }\nsla_days: 3";
const HOLD = 'HOLD: { release: "2026.10", until: 2026-10-31, by: jane, reason: "waits for the importer" }';

const own = (meta: string, more: Parameters<typeof definition>[0] = {}): string =>
  definition({
    meta: `ACCOUNT: own\n${meta}`,
    networking: `vpc_peering_connections:
  - { name: b, cluster: ${PEER}, tiers: [private], peer_tiers: [private], allow_remote_vpc_dns_resolution: true }`,
    ...more,
  });
const theirs = (more: Parameters<typeof definition>[0] = {}): string =>
  definition({ meta: "ACCOUNT: own", networking: "vpc_cidr: 10.9.0.0/16", ...more }, PEER);

const FILES: Files = {
  "accounts/own.yaml": account({ own: "cidr_pools: [10.0.0.0/8]" }),
  "releases/2027.01.yaml": `program: 0.0.1\n${readFileSync("definitions/releases/2026.12.yaml", "utf8")}`,
  [OWN]: own("RELEASE_MODEL: stable"),
  [THEIRS]: theirs(),
};
const PINNED: Files = { ...FILES, [OWN]: own('RELEASE_MODEL: "2027.01"') };

const CODE: CodeIdentity = { program: "this", extensions: "none" };

const clusterIn = (files: Files): Cluster => fleetOf(files).clusters[0] as Cluster;
const digestOf = (files: Files, code = CODE): string => targetOf(clusterIn(files), code).digest;

let folders = 0;
function stacksOf(files: Files): Record<string, string> {
  const outdir = join(work.path, `out-${folders++}`);
  mkdirSync(join(outdir, "stacks"), { recursive: true });
  synthesizeCluster(clusterIn(files), outdir);
  return contentsOf(outdir);
}

const REACHES_NO_STACK: readonly (readonly [string, Files, Files])[] = [
  [
    "settings of its rollouts",
    { [OWN]: own("RELEASE_MODEL: stable", { rollout: LABELS }) },
    { [OWN]: own('RELEASE_MODEL: "2027.01"', { rollout: LABELS }) },
  ],
  [
    "a hold on the release that it has",
    { [OWN]: own(`RELEASE_MODEL: stable\n${HOLD}`) },
    { [OWN]: own(`RELEASE_MODEL: "2027.01"\n${HOLD.replace('release: "2026.10", ', "")}`) },
  ],
  [
    "what an account says about addresses and pipelines",
    {
      "accounts/own.yaml": account({
        own: 'cidr_pools: []\nreserved_cidrs: [{ cidr: 10.200.0.0/16, reason: "the office" }]\npipelines: { approval: false }',
      }),
    },
    { "accounts/own.yaml": account({ own: "cidr_pools: []\npipelines: { approval: false }" }) },
  ],
];

test.each([
  ...REACHES_NO_STACK,
  [
    "the name of a channel with its release",
    { [OWN]: own('RELEASE_MODEL: "2026.10"') },
    { "channels.yaml": 'insiders: "2026.12"\nstable: "2026.12"\n' },
  ] as const,
])("%s is no new target", (_, changed, changedPinned) => {
  expect(digestOf({ ...FILES, ...changed })).toBe(digestOf(FILES));
  expect(digestOf({ ...PINNED, ...changedPinned })).toBe(digestOf(PINNED));
});

test("what is no new target reaches no stack", () => {
  const workers = { worker: "max_size: 7" };
  const everything = Object.assign({}, ...REACHES_NO_STACK.map(([, changed]) => changed)) as Files;
  const changed = {
    ...FILES,
    ...everything,
    [OWN]: own(`RELEASE_MODEL: stable\n${HOLD}`, { rollout: LABELS }),
    [THEIRS]: theirs(workers),
  };

  expect(digestOf(changed)).toBe(digestOf(FILES));
  expect(stacksOf(changed)).toEqual(stacksOf(FILES));
});

test.each<readonly [string, Files]>([
  ["another node group", { [OWN]: own("RELEASE_MODEL: stable", { worker: "max_size: 7" }) }],
  ["another owner", { [OWN]: own("RELEASE_MODEL: stable\nOWNER: data") }],
  ["another release", { [OWN]: own('RELEASE_MODEL: "2026.11"') }],
  ["another role of the account", { "accounts/own.yaml": String(FILES["accounts/own.yaml"]).replace("/plan", "/p") }],
  ["another range of a peer", { [THEIRS]: theirs({ networking: "vpc_cidr: 10.10.0.0/16" }) }],
])("%s is a new target", (_, changed) => {
  expect(digestOf({ ...FILES, ...changed })).not.toBe(digestOf(FILES));
});

test.each<readonly [string, Files]>([
  ["another node group", { [OWN]: own('RELEASE_MODEL: "2027.01"', { worker: "max_size: 7" }) }],
  ["another role of the account", { "accounts/own.yaml": String(FILES["accounts/own.yaml"]).replace("/plan", "/p") }],
  ["another range of a peer", { [THEIRS]: theirs({ networking: "vpc_cidr: 10.10.0.0/16" }) }],
  [
    "another version in the release",
    { "releases/2027.01.yaml": String(FILES["releases/2027.01.yaml"]).replace("1.35.8-20260930", "1.35.8-20261001") },
  ],
])("%s is a new target for a cluster of another program", (_, changed) => {
  expect(digestOf({ ...PINNED, ...changed })).not.toBe(digestOf(PINNED));
});

test("the code of this program counts for clusters that it writes, and extensions for all", () => {
  const other = { ...CODE, program: "another" };
  const extended = { ...CODE, extensions: "some" };

  expect(digestOf(FILES, other)).not.toBe(digestOf(FILES));
  expect(digestOf(PINNED, other)).toBe(digestOf(PINNED));
  expect(digestOf(FILES, extended)).not.toBe(digestOf(FILES));
  expect(digestOf(PINNED, extended)).not.toBe(digestOf(PINNED));
});

test("a key that only this program has is no new target for a cluster of another program", () => {
  const cluster = clusterIn(PINNED);
  const tfvars = { ...cluster.tfvars, common: { ...cluster.tfvars.common, tags: { new: "default" } } };

  expect(targetOf({ ...cluster, tfvars }, CODE)).toEqual(targetOf(cluster, CODE));
});
