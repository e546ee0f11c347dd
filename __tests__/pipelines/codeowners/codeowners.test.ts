import { matchFile, parse } from "codeowners-utils";
import type { PipelineSettings } from "../../../fleet/model/cluster";
import { codeowners, codeownersNotices } from "../../../pipelines/codeowners/codeowners";
import type { ModelCluster, PipelineModel } from "../../../pipelines/model/model";
import { modelFor } from "../../support/pipelines/sample-model";

const OWNERS: PipelineSettings["owners"] = { search: { approvers: ["@example/search", "jane@example.com"] } };

function model(system: "github" | "gitlab" | "prow", clusters: readonly Partial<ModelCluster>[]): PipelineModel {
  const made = modelFor(system, { owners: OWNERS });
  return { ...made, clusters: clusters.map((each) => ({ ...(made.clusters[0] as ModelCluster), ...each })) };
}

const CLUSTERS = [
  { owner: "search", file: "definitions/clusters/search/a.example.com.yaml", protected: true },
  { owner: "shop", file: "definitions/clusters/shop/b.example.com.yaml", protected: false },
];
const [text = ""] = codeowners(model("github", CLUSTERS)).values();
const ownersOf = (file: string): readonly string[] => matchFile(file, parse(text))?.owners ?? [];

test.each([
  [
    "a cluster's owner approves its definition",
    "definitions/clusters/search/a.example.com.yaml",
    ["@example/search", "jane@example.com"],
  ],
  [
    "an owner without approvers leaves it to the platform team",
    "definitions/clusters/shop/b.example.com.yaml",
    ["@example/platform"],
  ],
  [
    "nobody but the platform team adds a cluster",
    "definitions/clusters/search/new.example.com.yaml",
    ["@example/platform"],
  ],
  ["nobody but the platform team changes a tier", "definitions/tiers/production.yaml", ["@example/platform"]],
  ["nobody but the platform team gives a cluster away", ".github/CODEOWNERS", ["@example/platform"]],
  ["nobody but the platform team changes a pipeline", ".github/workflows/deploy.yml", ["@example/platform"]],
])("%s", (_, file, owners) => {
  expect(ownersOf(file)).toEqual(owners);
});

test("GitLab also requires the platform team for clusters of protected tiers, and only for them", () => {
  const [path, gitlab = ""] = [...codeowners(model("gitlab", CLUSTERS))][0] ?? [];

  expect(path).toBe(".gitlab/CODEOWNERS");
  expect(gitlab.slice(gitlab.indexOf("[Clusters"))).toBe(
    "[Clusters of protected tiers]\n/definitions/clusters/search/a.example.com.yaml @example/platform\n",
  );
});

test("GitHub, which has no sections, has none, and a notice explains what to do", () => {
  expect(text).not.toContain("[");
  expect(codeownersNotices(model("github", CLUSTERS)).map(({ message }) => message)).toEqual([
    "Require a review of code owners for main: without it, .github/CODEOWNERS only asks for reviews",
    "GitHub accepts the review of any one owner. To require the platform team for clusters of protected tiers too, add it as a required reviewer of their files in a ruleset",
  ]);
});

test.each([
  "definitions/clusters/our team/a.example.com.yaml",
  "definitions/clusters/[x]/a.yaml",
  "definitions/clusters/#/a.yaml",
  "!a.yaml",
])("refuses the path %s, which would match other files or no file", (file) => {
  expect(() => codeowners(model("github", [{ owner: "search", file }]))).toThrow("cannot be written into CODEOWNERS");
});

test("systems without code owners get no file", () => {
  expect(codeowners(model("prow", CLUSTERS)).size).toBe(0);
});
