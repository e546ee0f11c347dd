import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RehearsalReport } from "../../operations/rehearse/report";
import { wrongInAnswer } from "../support/answer";
import { definition } from "../support/definition";
import { type Run, run, scratch } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const work = scratch();
const definitions = join(work.path, "definitions");
const clusterFile = (name: string): string => join(definitions, `clusters/${name}.example.com.yaml`);
const write = (name: string, range: string, cluster = "deletion_protection: false", peer?: string): void => {
  const peering = `vpc_peering_connections:
  - { name: x, cluster: ${peer}.example.com, tiers: [private], peer_tiers: [private], allow_remote_vpc_dns_resolution: false }`;
  const networking = [`vpc_cidr: ${range}`, ...(peer === undefined ? [] : [peering])].join("\n");
  writeFileSync(clusterFile(name), definition({ networking, cluster }, `${name}.example.com`));
};
const git = (...args: string[]) => execFileSync("git", ["-C", work.path, ...args]);
const rehearse = (...args: string[]): Promise<Run> =>
  run("cli/fleet.mjs", ["rehearse", ...args], { CLUSTER_NAME: undefined, DEFINITIONS_DIR: definitions });

beforeAll(() => {
  for (const part of ["accounts", "tiers", "channels.yaml"])
    cpSync(join(SAMPLE_FLEET, part), join(definitions, part), { recursive: true });
  mkdirSync(join(definitions, "clusters"));
  for (const [name, range] of [
    ["a", "10.0.0.0/16"],
    ["b", "10.1.0.0/16"],
    ["far", "10.5.0.0/16"],
  ] as const)
    write(name, range);
  write("peer", "10.4.0.0/16", undefined, "far");
  write("same", "10.3.0.0/16", undefined, "peer");
  git("init", "--quiet");
  git("add", ".");
  git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", "base");
});

afterAll(() => work.remove());

test("without names it rehearses the clusters that changed, are new or are gone, and no other", async () => {
  rmSync(clusterFile("a"));
  write("b", "10.1.0.0/16", "{ deletion_protection: false, zonal_shift: true }");
  write("c", "10.2.0.0/16");
  const { code, stdout, stderr } = await rehearse("--base", "HEAD", "--json");

  const { clusters, not_rehearsed } = JSON.parse(stdout) as RehearsalReport;
  expect([code, not_rehearsed]).toEqual([0, []]);
  expect(wrongInAnswer("rehearse", stdout)).toBeNull();
  expect(clusters.map(({ cluster, kind, failed }) => [cluster, kind, failed])).toEqual([
    ["a.example.com", "removed", null],
    ["b.example.com", "changed", null],
    ["c.example.com", "new", null],
  ]);
  const changed = clusters[1]?.stacks.filter(({ create, update }) => create.length + update.length > 0);
  expect(changed).toMatchObject([
    {
      stack: "eks-cluster",
      create: [],
      left: [],
      update: [{ address: expect.stringMatching(/^aws_eks_cluster\.eks_/), attributes: ["zonal_shift_config"] }],
    },
  ]);
  expect(clusters[0]?.stacks.map(({ stack, resources }) => [stack, resources])).toEqual(
    ["addons", "eks-workers", "eks-cluster", "networking"].map((stack) => [stack, 0]),
  );
  expect(stderr).toMatch(/^✔ synthesize both versions .*\n✔ apply the base of a-example-com-networking /);
}, 120_000);

test("a name selects a cluster that does not change, from nothing if the base is none, after the networks that its own reads", async () => {
  const { code, stderr, stdout } = await rehearse("same.example.com", "--base", "none");
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^same\.example\.com: applied from nothing, in /)]);
  expect(stderr).toMatch(
    /✔ apply far-example-com-networking .*\n✔ apply peer-example-com-networking .*\n✔ apply same-/,
  );
}, 120_000);

test("a broken definition ends with 1 before Terraform starts", async () => {
  writeFileSync(clusterFile("c"), "meta: 7\n");
  const { code, stdout, stderr } = await rehearse("--base", "HEAD");

  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr.match(/meta: must be a map of keys, got 7/g)).toHaveLength(1);
  expect(stderr).not.toContain("apply");
});

test("without an earlier version, the error names --base none", async () => {
  const alone = scratch();
  cpSync(definitions, alone.path, { recursive: true });
  const environment = { CLUSTER_NAME: undefined, DEFINITIONS_DIR: alone.path };
  const { code, stderr } = await run("cli/fleet.mjs", ["rehearse", "same.example.com"], environment);
  alone.remove();

  expect([code, stderr]).toEqual([1, expect.stringContaining("is not in a git repository")]);
  expect(stderr).toContain("To apply clusters from nothing, use --base none\n");
});

test("a base that does not exist, a limit that is not a number, and an unknown name end with 1", async () => {
  write("c", "10.2.0.0/16");
  const runs = await Promise.all([
    rehearse("--base", "nothing"),
    rehearse("--base", "HEAD", "--limit", "0"),
    rehearse("d.example.com", "--base", "HEAD"),
  ]);
  expect(runs.map(({ code }) => code)).toEqual([1, 1, 1]);
  expect(runs[0]?.stderr).toContain('the repository has no commit "nothing"');
  expect(runs[1]?.stderr).toContain('--limit must be a whole number from 1 on, but is "0"');
  expect(runs[2]?.stderr).toContain('\nerror: no cluster is named "d.example.com"');
});
