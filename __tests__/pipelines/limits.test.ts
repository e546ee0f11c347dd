import { gzipSync } from "node:zlib";
import YAML from "yaml";
import { type CiSystem, MOST_SHARDS, pipelines } from "../../fleet/schema/pipelines";
import { buildModel } from "../../pipelines/model/build-model";
import type { Renderer } from "../../pipelines/model/renderer";
import { RENDERERS } from "../../pipelines/systems";
import { clusterOf } from "../support/cluster";
import { cases } from "../support/jest/cases";
import { gitlabErrors } from "../support/pipelines/gitlab-checks";
import { prowErrors } from "../support/pipelines/prow-checks";
import { LEAST, SURROUNDINGS } from "../support/pipelines/sample-model";

// Limits of each system for a fleet of 1,000 clusters and 50 owners: values beyond them are refused, or cut silently. In make test, a fifth of both.
const MIB = 1024 * 1024;
const CLUSTERS = cases({ all: 1000, quick: 100 });
const sample = clusterOf();
const clusters = Array.from({ length: CLUSTERS }, (_, index) => ({
  ...sample,
  name: `cluster-${index}.eks.example.com`,
  slug: `cluster-${index}-eks-example-com`,
  meta: { ...sample.meta, OWNER: `team-${index % 50}` },
}));
const modelOf = (system: CiSystem) => buildModel({ ...LEAST, system }, clusters, SURROUNDINGS);
const rendererOf = (system: CiSystem): Renderer => RENDERERS[system] as Renderer;
const bytesOf = (text = ""): number => Buffer.byteLength(text);

test("on GitHub, no workflow grows with the fleet, and a run starts at most the 256 jobs of a matrix", () => {
  const { mostClusters, render } = rendererOf("github");
  const one = render(buildModel(LEAST, [sample], SURROUNDINGS));
  const many = render(modelOf("github"));

  expect([...many]).toEqual([...one]);
  expect(mostClusters).toBeLessThanOrEqual(256);
  for (const [, text] of many) expect(bytesOf(text)).toBeLessThan(512 * 1024);
});

test("on GitLab, a child pipeline stays below 5 MB and 500 jobs, and no job needs more than 50 others", () => {
  const { atRunTime, mostClusters = 1000 } = rendererOf("gitlab");
  const model = modelOf("gitlab");
  const [child = ""] = atRunTime?.(model, "deploy", model.clusters.slice(0, mostClusters))?.values() ?? [];
  const jobs = Object.values(YAML.parse(child) as Record<string, { needs?: readonly unknown[]; script?: unknown }>);

  expect(bytesOf(child)).toBeLessThan(5_000_000);
  expect(jobs.filter(({ script }) => script !== undefined).length).toBeLessThanOrEqual(500);
  expect(Math.max(...jobs.map(({ needs }) => needs?.length ?? 0))).toBeLessThanOrEqual(50);
});

test("as many shards as the settings allow are as many jobs as another one may need on GitLab", () => {
  const fileOf = (shards: number): string => {
    const model = buildModel({ ...LEAST, system: "gitlab", shards }, [sample], SURROUNDINGS);
    return [...rendererOf("gitlab").render(model).values()][0] ?? "";
  };

  expect(gitlabErrors(fileOf(MOST_SHARDS))).toEqual([]);
  expect(gitlabErrors(fileOf(MOST_SHARDS + 1))).toEqual(["pull-request:comment: needs too many jobs"]);
  expect(pipelines.safeParse({ ...LEAST, shards: MOST_SHARDS + 1 }).success).toBe(false);
});

test("on Concourse, each cluster has a small pipeline, and the mother sets one for each owner", () => {
  const files = rendererOf("concourse").render(modelOf("concourse"));
  const sizes = [...files].map(([path, text]) => [path, bytesOf(text)] as const);

  expect(sizes.filter(([, size]) => size > 64 * 1024)).toEqual([]);
  expect([...files.keys()].filter((path) => path.includes("cluster-")).length).toBe(CLUSTERS);
});

test("on Prow, the jobs fit compressed into a ConfigMap, which is reported", () => {
  const renderer = rendererOf("prow");
  const model = modelOf("prow");
  const files = renderer.render(model);

  expect(gzipSync(files.get("prow/jobs.yaml") ?? "").length).toBeLessThan((MIB * CLUSTERS) / 1000);
  expect(bytesOf(files.get("prow/config.yaml"))).toBeLessThan((MIB * CLUSTERS) / 1000);
  expect(renderer.notices(model).map(({ message }) => message)).toContainEqual(
    expect.stringMatching(new RegExp(`^prow/jobs\\.yaml has the jobs of ${CLUSTERS} clusters.*gzip: true`)),
  );
});

test("as many clusters as are said to fit into a ConfigMap do", () => {
  const model = buildModel({ ...LEAST, system: "prow" }, clusters.slice(0, 80), SURROUNDINGS);

  expect(bytesOf(rendererOf("prow").render(model).get("prow/jobs.yaml"))).toBeLessThan(MIB);
  expect(
    rendererOf("prow")
      .notices(model)
      .map(({ message }) => message)
      .join(),
  ).not.toContain("gzip");
});

test("the longest name of a cluster fits into each name that contains it", () => {
  // EKS limits names of clusters.
  const name = `${"a".repeat(40)}.${"b".repeat(47)}.example.com`;
  const long = [{ ...sample, name, account: { ...sample.account, name: "c".repeat(100) } }];
  const gitlab = buildModel({ ...LEAST, system: "gitlab" }, long, SURROUNDINGS);
  const [child = ""] = rendererOf("gitlab").atRunTime?.(gitlab, "deploy", gitlab.clusters)?.values() ?? [];
  const jobs = Object.entries(
    YAML.parse(child) as Record<string, { environment?: { name: string }; resource_group?: string }>,
  ).flatMap(([key, job]) => [key, job.environment?.name ?? "", job.resource_group ?? ""]);
  const prow = rendererOf("prow").render(buildModel({ ...LEAST, system: "prow" }, long, SURROUNDINGS));
  const concourse = rendererOf("concourse").render(buildModel({ ...LEAST, system: "concourse" }, long, SURROUNDINGS));

  expect(name.length).toBe(100);
  // GitLab: 255 characters of a job, an environment and a resource group.
  expect(Math.max(...jobs.map((each) => each.length))).toBeLessThanOrEqual(255);
  expect(prowErrors(prow.get("prow/jobs.yaml") ?? "", prow.get("prow/config.yaml") ?? "")).toEqual([]);
  // Git and most file systems: 255 bytes of a file's name.
  for (const path of concourse.keys()) expect((path.split("/").at(-1) ?? "").length).toBeLessThanOrEqual(255);
});
