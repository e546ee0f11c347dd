import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import YAML from "yaml";
import { clusterName, itemName } from "../../language/words/names";
import { renderConcourse } from "../../pipelines/concourse/render";
import { renderGithub } from "../../pipelines/github/render";
import { renderChild } from "../../pipelines/gitlab/render";
import type { ModelCluster } from "../../pipelines/model/model";
import { renderProw } from "../../pipelines/prow/render";
import { oneOfEvery } from "../support/jest/cases";
import { interpolate } from "../support/pipelines/running/expressions";
import { expanded as expandedByGitlab } from "../support/pipelines/running/gitlab-runner";
import { pretendTools } from "../support/pipelines/running/own-repository";
import { expanded as expandedByProw } from "../support/pipelines/running/prow-runner";
import { modelFor } from "../support/pipelines/sample-model";
import { scratch } from "../support/run-program";

// Scripts of generated jobs, really run with texts that the schema would refuse: each must reach `fleet ci` as it is, and run nothing.
const work = scratch();
afterAll(() => work.remove());
const tools = join(work.path, "bin");
const harm = join(work.path, "harm");
beforeAll(() => {
  // The program that jobs call writes down what it gets.
  const fleet = '#!/bin/sh\nprintf "%s\\0" "$CLUSTER_NAME" >> "$SEEN"\n';
  mkdirSync(tools);
  writeFileSync(join(tools, "fleet"), fleet, { mode: 0o755 });
  pretendTools(tools, {
    npm: 'mkdir -p node_modules/.bin && cp "$TOOLS/fleet" node_modules/.bin/fleet',
    rm: "true",
    cp: 'exec /bin/cp "$@"',
  });
});

const HOSTILE = [
  ["a command", `$(touch ${harm})`],
  ["a command in backticks", `\`touch ${harm}\``],
  ["the end of a single quote", `'; touch ${harm}; '`],
  ["the end of a double quote", `"; touch ${harm}; "`],
  ["another line", `a\ntouch ${harm}\n`],
  ["another line of Windows", `a\r\ntouch ${harm}\r\n`],
  ["a pipe", `a | touch ${harm} & touch ${harm}`],
  ["an expression of GitHub", "${{ secrets.FLEET_SLACK_TOKEN }}"],
  ["a variable of GitLab", "$CI_JOB_TOKEN and ${CI_JOB_TOKEN}"],
  ["a variable of Kubernetes", "$(FLEET_CI_TOKEN)"],
  ["a workflow command", "::set-env name=PATH::/tmp"],
  ["other scripts", "Überraschung \u202e клстр 集群 🚀"],
  ["a name as long as can be", `${"a".repeat(63)}.`.repeat(3) + "b".repeat(61)],
] as const;

interface Job {
  readonly shell: readonly string[];
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
}

const clusterOf = (name: string, of: readonly ModelCluster[]): ModelCluster => ({ ...(of[0] as ModelCluster), name });

/** The job that applies a cluster, as each system runs it. */
const APPLY: Readonly<Record<string, (name: string) => Job>> = {
  github: (name) => {
    const text = renderGithub(modelFor("github")).get(".github/workflows/deploy.yml") ?? "";
    const { jobs } = YAML.parse(text) as {
      jobs: { apply: { steps: { run?: string; env?: Record<string, string> }[] } };
    };
    const steps = jobs.apply.steps.filter(({ run }) => run !== undefined);
    const contexts = { matrix: { cluster: name }, secrets: {}, github: {} };
    const env = steps.find((step) => step.env?.["CLUSTER_NAME"] !== undefined)?.env?.["CLUSTER_NAME"] ?? "";
    return {
      shell: ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"],
      script: steps.map(({ run = "" }) => interpolate(run, contexts)).join("\n"),
      env: { CLUSTER_NAME: interpolate(env, contexts) },
    };
  },
  gitlab: (name) => {
    const model = modelFor("gitlab");
    const [text = ""] = renderChild(model, "deploy", [clusterOf(name, model.clusters)]).values();
    const { default: before, ...jobs } = YAML.parse(text) as {
      readonly default: { readonly before_script: readonly string[] };
    } & Readonly<Record<string, unknown>>;
    const [, job] =
      (Object.entries(jobs) as [string, ChildJob][]).find(([key]) => key.startsWith("deploy:apply ")) ?? [];
    const variables = { ...job?.variables, CI_JOB_TOKEN: "secret" };
    return {
      shell: ["bash", "--noprofile", "--norc", "-c"],
      script: ["set -eo pipefail", ...before.before_script, ...(job?.script ?? [])].join("\n"),
      env: { CLUSTER_NAME: expandedByGitlab(job?.variables["CLUSTER_NAME"] ?? "", variables) },
    };
  },
  concourse: (name) => {
    const model = modelFor("concourse");
    const files = renderConcourse({ ...model, clusters: [clusterOf(name, model.clusters)] });
    const [, text = ""] = [...files].find(([path]) => path.startsWith("concourse/clusters/")) ?? [];
    const { jobs } = YAML.parse(text) as {
      jobs: {
        name: string;
        plan: { config?: { run: { path: string; args: string[] }; params: Record<string, string> } }[];
      }[];
    };
    const { config } = jobs.find((job) => job.name.startsWith("apply-"))?.plan.at(-1) ?? {};
    return {
      shell: [config?.run.path ?? "", "-c"],
      script: config?.run.args[1] ?? "",
      env: { CLUSTER_NAME: config?.params["CLUSTER_NAME"] ?? "" },
    };
  },
  prow: (name) => {
    const model = modelFor("prow");
    const files = renderProw({ ...model, clusters: [clusterOf(name, model.clusters)] });
    const { postsubmits } = YAML.parse(files.get("prow/jobs.yaml") ?? "") as {
      postsubmits: Record<string, { name: string; spec: { containers: Container[] } }[]>;
    };
    const job = Object.values(postsubmits)
      .flat()
      .find((each) => each.name.startsWith("deploy.apply."));
    const [container] = job?.spec.containers ?? [];
    const value = container?.env.find((each) => each.name === "CLUSTER_NAME")?.value ?? "";
    const token = join(work.path, "token");
    writeFileSync(token, "token");
    return {
      shell: container?.command ?? [],
      script: container?.args[0]?.replaceAll("/var/run/secrets/fleet/token", token) ?? "",
      env: { CLUSTER_NAME: expandedByProw(value, { FLEET_CI_TOKEN: "secret" }) },
    };
  },
};

interface ChildJob {
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
}

interface Container {
  readonly command: string[];
  readonly args: string[];
  readonly env: { readonly name: string; readonly value?: string }[];
}

let runs = 0;

/** Runs a job, and returns what `fleet ci` has seen. */
function seenBy({ env, script, shell }: Job): readonly string[] {
  runs += 1;
  const folder = join(work.path, String(runs));
  mkdirSync(folder);
  const seen = join(folder, "seen");
  const [command = "", ...args] = shell;
  spawnSync(command, [...args, script], {
    cwd: folder,
    env: {
      ...{ PATH: `${tools}:${process.env["PATH"]}`, TOOLS: tools, SEEN: seen, FLEET_STEPS: join(folder, "steps") },
      ...{ ARTIFACTS: folder, ...env },
    },
  });
  return readFileSync(seen, "utf8").split("\0").slice(0, -1);
}

describe.each(Object.keys(APPLY))("on %s", (system) => {
  test.each(oneOfEvery(3, HOSTILE))(
    "a cluster whose name is %s reaches the program as it is, and nothing else runs",
    (_, name) => {
      const job = (APPLY[system] as (name: string) => Job)(name);
      const seen = seenBy(job);

      expect(existsSync(harm)).toBe(false);
      expect(new Set(seen)).toEqual(new Set([name]));
      expect(seen.length).toBeGreaterThan(3);
    },
  );
});

test("Concourse, which cannot write ((a variable)) as text, gets no name that contains one", () => {
  for (const text of ["((vault))", "a((vault))", "((aws:token)).example.com"]) {
    expect([clusterName.safeParse(text).success, itemName(63).safeParse(text).success]).toEqual([false, false]);
  }
});
