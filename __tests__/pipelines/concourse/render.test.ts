import YAML from "yaml";
import { renderConcourse } from "../../../pipelines/concourse/render";
import { cronOf, timeSource } from "../../../pipelines/concourse/schedules";
import { concourseErrors } from "../../support/pipelines/concourse-checks";
import { modelFor } from "../../support/pipelines/sample-model";

const model = modelFor("concourse", { messages: { slack: "#fleet" } });
const files = renderConcourse(model);
const [cluster] = model.clusters;
const fileOf = (path: string): string => files.get(path) ?? "";

test.each([...files.keys()])("%s is a pipeline that Concourse accepts", (path) => {
  expect(concourseErrors(fileOf(path))).toEqual([]);
});

test("the root pipeline sets itself and every other pipeline, and an owner's pipeline each of its clusters", () => {
  const set = (path: string): unknown[] =>
    (YAML.parse(fileOf(path)) as { jobs: { plan: Record<string, unknown>[] }[] }).jobs.flatMap(({ plan }) =>
      plan.flatMap(({ instance_vars: vars, set_pipeline: name }) => (name === undefined ? [] : [[name, vars]])),
    );

  expect(set("concourse/fleet.yml")).toEqual([
    ["self", undefined],
    ["fleet-changes", undefined],
    ["fleet-upkeep", undefined],
    ["fleet-owner", { owner: cluster?.owner }],
  ]);
  expect(set(`concourse/owners/${cluster?.owner}.yml`)).toEqual([["fleet-cluster", { cluster: cluster?.name }]]);
});

test("an apply starts automatically only if it requires no approval", () => {
  const triggers = (approval: boolean): unknown => {
    const [path = ""] = [...files.keys()].filter((each) => each.includes("clusters/"));
    const text = renderConcourse({ ...model, clusters: model.clusters.map((each) => ({ ...each, approval })) }).get(
      path,
    );
    const { jobs } = YAML.parse(text ?? "") as { jobs: { name: string; plan: { trigger?: boolean }[] }[] };
    return jobs.find(({ name }) => name === "apply-deploy.apply")?.plan.flatMap(({ trigger }) => trigger ?? []);
  };

  expect(triggers(true)).toEqual([false, false]);
  expect(triggers(false)).toEqual([true, true]);
});

test("a job with a role has a token with the subject that the role trusts, and no other job has one", () => {
  const jobs = [...files.values()].flatMap(
    (text) =>
      (YAML.parse(text) as { jobs: { name: string; plan: { config?: { params: Record<string, string> } }[] }[] }).jobs,
  );
  const found = jobs.map(({ name, plan }) => [
    /^(?:plan|apply|destroy)-/.exec(name)?.[0].slice(0, -1),
    plan.flatMap(({ config }) => config?.params["FLEET_IDENTITY"] ?? [])[0],
  ]);

  expect(found.filter(([role, identity]) => role !== identity)).toEqual([]);
});

test("owners and clusters with any name have separate files", () => {
  const odd = ["Team A", "team-a", "../team", "team/a"].map((owner, index) => ({
    ...(cluster as NonNullable<typeof cluster>),
    owner,
    name: `c${index}.example.com`,
  }));
  const paths = [...renderConcourse({ ...model, clusters: odd }).keys()].filter((path) => path.includes("owners/"));

  expect(new Set(paths).size).toBe(4);
  expect(paths.filter((path) => !/^concourse\/owners\/[a-z0-9][a-z0-9_.-]*\.yml$/.test(path))).toEqual([]);
});

test.each([
  ["*/30 * * * *", { interval: "30m" }],
  ["0 5 * * 1-5", { start: "05:00", stop: "06:00", days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"] }],
  ["15 6 * * 1", { start: "06:15", stop: "07:15", days: ["Monday"] }],
  ["0 7 * * *", { start: "07:00", stop: "08:00" }],
])("%s becomes a time of Concourse, which converts back to the same schedule", (cron, source) => {
  expect(timeSource(cron, "Europe/Brussels")).toEqual({ ...source, location: "Europe/Brussels" });
  expect(cronOf({ ...source, location: "UTC" })).toBe(cron);
});

test.each(["0 3 1 * *", "*/7 * * * *", "0 23 * * *", "0 5 * * 5-1", "0,30 5 * * *"])(
  "Concourse cannot express %s",
  (cron) => {
    expect(timeSource(cron, "UTC")).toBeUndefined();
  },
);

test("the token in the checkout of a change reads only, and the one that shows statuses checks nothing out", () => {
  const { jobs, resources } = YAML.parse(fileOf("concourse/changes.yml")) as {
    resources: { name: string; source: { access_token: string } }[];
    jobs: { name: string; plan: { get?: string; resource?: string }[]; on_failure: { put: string } }[];
  };
  const tokens = new Map(resources.map(({ name, source }) => [name, source.access_token]));

  expect(
    new Set(
      jobs.flatMap(({ plan }) =>
        plan.flatMap(({ resource }) => (resource === undefined ? [] : [tokens.get(resource)])),
      ),
    ),
  ).toEqual(new Set(["((fleet-read-token))"]));
  expect(new Set(jobs.map(({ on_failure }) => tokens.get(on_failure.put)))).toEqual(new Set(["((fleet-ci-token))"]));
});

test("Concourse has no job that asks for what nobody can fill in", () => {
  const empty = [...files.values()].flatMap((text) => [...text.matchAll(/^ +(TARGET|RELEASE): ""$/gm)]);

  expect(empty).toEqual([]);
});

test("a repository of a GitHub Enterprise Server is cloned from there, by HTTPS with a token or by SSH with a key", () => {
  const source = (settings: object): unknown => {
    const own = modelFor("concourse", settings);
    return (YAML.parse(renderConcourse(own).get("concourse/fleet.yml") ?? "") as { resources: { source: object }[] })
      .resources[0]?.source;
  };
  const github = { api: "https://github.example.com/api/v3" };

  expect(source({ github })).toMatchObject({
    uri: "https://github.example.com/example/clusters.git",
    password: "((fleet-read-token))",
  });
  expect(source({ concourse: { repository_uri: "git@github.com:example/clusters.git" } })).toEqual({
    ...{ uri: "git@github.com:example/clusters.git", branch: "main", fetch_tags: true },
    private_key: "((fleet-repository-key))",
  });
});

test.each([
  [false, "FLEET_SLACK_TOKEN: ((fleet-slack-token))", "FLEET_SLACK_WEBHOOK"],
  [true, "FLEET_SLACK_WEBHOOK: ((fleet-slack-webhook))", "FLEET_SLACK_TOKEN"],
])(
  "with slack_webhook: %s, a task gets one secret of Slack, because Concourse refuses one that does not exist",
  (webhook, has, hasNot) => {
    const own = modelFor("concourse", { messages: { slack: "#fleet" }, concourse: { slack_webhook: webhook } });
    const text = renderConcourse(own).get("concourse/upkeep.yml") ?? "";

    expect([text.includes(has), text.includes(hasNot)]).toEqual([true, false]);
  },
);
