import { cpSync } from "node:fs";
import { join } from "node:path";
import { diffFleet } from "../../../operations/diff/diff";
import { Merged } from "../../../operations/diff/merge";
import { diffReport } from "../../../operations/diff/report";
import { SMALLEST, TODAY } from "../../support/definitions";
import { GitRepository } from "../../support/git-repository";
import { scratch } from "../../support/run-program";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const repository = new GitRepository();
const cache = scratch();
afterAll(() => {
  repository.remove();
  cache.remove();
});

const diff = (ref = "HEAD") =>
  diffFleet({ program: ".", directory: repository.path, shipped: "definitions", today: TODAY, cache: cache.path, ref });

function cluster(name: string, size = 3): string {
  const networking = `  networking:\n    vpc_cidr: 10.${name.charCodeAt(0) - 97}.0.0/16\n`;
  const group = `      max_size: ${size}\n      instance_type: m6i.large\n`;
  return SMALLEST.replace("a.example.com", name).replace("  workers:", `${networking}  workers:`) + group;
}

beforeAll(() => {
  for (const part of ["accounts", "tiers", "channels.yaml"])
    cpSync(join(SAMPLE_FLEET, part), join(repository.path, part), { recursive: true });
  repository.commit({
    "clusters/a.example.com.yaml": cluster("a.example.com"),
    "clusters/b.example.com.yaml": cluster("b.example.com"),
    "clusters/c.example.com.yaml": cluster("c.example.com"),
  });
});

test("the same change of several clusters is one, and clusters that come or go are counted by type", async () => {
  repository.write({
    "clusters/a.example.com.yaml": cluster("a.example.com", 5),
    "clusters/b.example.com.yaml": cluster("b.example.com", 5),
    "clusters/c.example.com.yaml": null,
  });

  const report = await diff();

  expect(diffReport.parse(report)).toEqual(report);
  expect(report.clusters.map(({ name, status, actions }) => [name, status, actions])).toEqual([
    ["c.example.com", "removed", {}],
    ["a.example.com", "changed", { update: 1 }],
    ["b.example.com", "changed", { update: 1 }],
  ]);
  const whole = Object.values(report.clusters[0]?.types ?? {}).reduce((all, count) => all + count, 0);
  expect(report.summary).toEqual({
    clusters: { added: 0, changed: 2, removed: 1, unknown: 0 },
    stacks: { added: 0, changed: 2, removed: 4 },
    actions: { destroy: whole, update: 2 },
  });
  expect(report.clusters[0]?.types).toMatchObject({ aws_vpc: 1, aws_eks_cluster: 1, aws_eks_node_group: 1 });
  expect(report.changes).toEqual([
    {
      clusters: ["a.example.com", "b.example.com"],
      stack: "eks-workers",
      address: expect.stringMatching(/^aws_eks_node_group\.workers_general_/),
      type: "aws_eks_node_group",
      path: "workers/general",
      action: "update",
      likely: false,
      reasons: [],
      prevented: false,
      attributes: expect.arrayContaining([{ path: "scaling_config.max_size", before: 3, after: 5 }]),
      hidden: 0,
    },
  ]);
});

test("equal versions have no difference", async () => {
  repository.git("checkout", "--quiet", "HEAD", "--", ".");
  const { changes, clusters, compared, outputs, providers, security } = await diff();

  expect({ changes, clusters, compared, outputs, providers, security }).toEqual({
    changes: [],
    clusters: [],
    compared: 3,
    outputs: [],
    providers: [],
    security: [],
  });
});

test("changes that differ only in the cluster's name are one, and words that only contain the name stay", () => {
  const merged = new Merged<{ readonly action: string; readonly text: string }>();
  merged.add("a.b", { action: "create", text: "x-a-b-node of a.b, but not aa.b" });
  merged.add("create", { action: "create", text: "x-create-node of create, but not created" });
  merged.add("c.d", { action: "create", text: "x-c-d-node of c.d, but not aa.b" });

  expect(merged.all()).toEqual([
    { clusters: ["a.b", "c.d"], action: "create", text: "x-<slug>-node of <cluster>, but not aa.b" },
    { clusters: ["create"], action: "create", text: "x-create-node of create, but not created" },
  ]);
});
