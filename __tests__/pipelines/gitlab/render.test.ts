import YAML from "yaml";
import { renderChild, renderGitlab } from "../../../pipelines/gitlab/render";
import type { ModelCluster } from "../../../pipelines/model/model";
import { gitlabErrors } from "../../support/pipelines/gitlab-checks";
import { modelFor } from "../../support/pipelines/sample-model";

const model = modelFor("gitlab", {
  gitlab: { tags: ["linux"], cluster_tags: ["in-the-vpc"], subscription: "premium" },
});
const [root = ""] = renderGitlab(model).values();

const fleet = (count: number): ModelCluster[] =>
  Array.from({ length: count }, (_, index) => ({
    ...(model.clusters[0] as ModelCluster),
    name: `c${index}.example.com`,
  }));
const child = (clusters: readonly ModelCluster[]): string =>
  [...renderChild(model, "deploy", clusters).values()][0] ?? "";

test("the file is valid, and its jobs, stages and children fit together", () => {
  expect(gitlabErrors(root)).toEqual([]);
});

test.each([0, 1, 3])("a child pipeline of %i clusters is valid", (count) => {
  expect(gitlabErrors(child(fleet(count)))).toEqual([]);
});

test("without a cluster to deploy, the child pipeline has one job, because an empty one would fail", () => {
  expect(child([])).toContain("deploy:nothing");
});

test("a child pipeline of 1,000 clusters is smaller than GitLab allows", () => {
  expect(child(fleet(1000)).length).toBeLessThan(5_000_000);
});

test("an apply waits for the preview of its own cluster only", () => {
  const jobs = YAML.parse(child(fleet(2))) as Record<string, { needs?: object }>;

  expect(jobs["deploy:apply c1.example.com"]?.needs).toEqual([
    { job: "deploy:preview c1.example.com", artifacts: false },
  ]);
});

test("the steps that record a deploy's result have time left if the deploy exceeds its limit", () => {
  const { timeout, variables } =
    (YAML.parse(child(fleet(1))) as Record<string, { timeout: string; variables: Record<string, string> }>)[
      "deploy:apply c0.example.com"
    ] ?? {};

  expect([timeout, variables?.["RUNNER_SCRIPT_TIMEOUT"]]).toEqual(["180 minutes", "172m"]);
});

test("OpenTofu is installed by its checksum and named to every script, on request", () => {
  const [text = ""] = renderGitlab(modelFor("gitlab", { terraform_binary_name: "tofu" })).values();
  const { default: all, ...jobs } = YAML.parse(text) as Record<string, { variables?: Record<string, string> }> & {
    default: { before_script: readonly string[] };
  };
  const scripts = Object.values(jobs).filter((job) => "script" in job);

  expect(all.before_script[1]).toMatch(/^echo "[0-9a-f]{64} {2}tofu_[\d.]+_linux_amd64\.zip" \| sha256sum -c -$/);
  expect(new Set(scripts.map(({ variables }) => variables?.["TERRAFORM_BINARY_NAME"]))).toEqual(new Set(["tofu"]));
});
