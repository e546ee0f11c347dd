import fc from "fast-check";
import YAML from "yaml";
import type { PipelineSettings } from "../../fleet/model/cluster";
import { pipelines } from "../../fleet/schema/pipelines";
import { githubValue } from "../../operations/ci/annotations";
import { renderChild } from "../../pipelines/gitlab/render";
import type { ModelCluster, PipelineModel } from "../../pipelines/model/model";
import { RENDERERS } from "../../pipelines/systems";
import { cases } from "../support/jest/cases";
import { LEAST, modelFor } from "../support/pipelines/sample-model";

/** Texts that a shell, an expression, a template or YAML would evaluate. */
const hostile = fc.oneof(
  fc.constantFrom(
    "${{ secrets.X }}",
    "$(touch /tmp/x)",
    "`id`",
    "$CI_JOB_TOKEN",
    "((vault))",
    "'; rm -rf / #",
    '"\n- run: evil',
    "a}}' && evil || '${{",
    "::set-env name=x::y",
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
);

const inScripts = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(inScripts);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    ["run", "script", "before_script", "after_script"].includes(key) && key !== "defaults"
      ? [child].flat().filter((each): each is string => typeof each === "string")
      : inScripts(child),
  );
};

/** The two pipelines with every kind of job: more take longer, and are written by the same code. */
const few = (system: "github" | "gitlab", settings: Partial<PipelineSettings> = {}): PipelineModel => {
  const model = modelFor(system, settings);
  return { ...model, pipelines: model.pipelines.slice(0, 2) };
};

const plain = (system: "github" | "gitlab"): string[] => {
  const model = few(system);
  return [...(RENDERERS[system]?.render(model).values() ?? [])].flatMap((text) => inScripts(YAML.parse(text)));
};

test.each(["github", "gitlab"] as const)(
  "no text of a definition changes a script of %s, even one that the schema refuses",
  (system) => {
    const scripts = plain(system);
    fc.assert(
      fc.property(hostile, (text) => {
        const settings: Partial<PipelineSettings> = {
          branch: text,
          github: { runner: text, cluster_runner: text },
          gitlab: { image: text, tags: [text], cluster_tags: [text] },
          messages: { slack: text },
          owners: { [text]: { approvers: [text], slack: text } },
          schedules: { drift: { cron: text, time_zone: text } },
        };
        const files = [...(RENDERERS[system]?.render(few(system, settings)).values() ?? [])];
        expect(files.flatMap((file) => inScripts(YAML.parse(file)))).toEqual(scripts);
      }),
      { numRuns: cases({ all: 15, quick: 5 }) },
    );
  },
);

test("an expression of GitHub contains a text of a definition only as a quoted word, or not at all", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const model = few("github", { branch: text, github: { runner: text, cluster_runner: text } });
      for (const file of RENDERERS.github?.render(model).values() ?? []) {
        const { jobs } = YAML.parse(file) as { jobs: Record<string, { "runs-on": string; if?: string }> };
        for (const job of Object.values(jobs)) {
          // `${{ '${{' }}` is how GitHub itself writes the beginning of an expression as text.
          const outside = String(job["runs-on"]).replaceAll("${{ '${{' }}", "");
          const quoted = outside.replaceAll(/'(?:[^']|'')*'/g, "word");
          expect(quoted.match(/\$\{\{.*?\}\}/gs) ?? []).toEqual(
            quoted.startsWith("${{ matrix.runner") ? ["${{ matrix.runner || word }}"] : [],
          );
          expect(String(job.if ?? "").replaceAll(/'(?:[^']|'')*'/g, "word")).not.toContain("evil");
        }
      }
    }),
    { numRuns: cases({ all: 15, quick: 5 }) },
  );
});

test("GitLab expands no variable in a cluster's name, whatever it is", () => {
  const model = modelFor("gitlab");
  fc.assert(
    fc.property(hostile, (name) => {
      const cluster = { ...(model.clusters[0] as ModelCluster), name };
      const [text = ""] = renderChild(model, "deploy", [cluster]).values();
      for (const [key, job] of Object.entries(
        YAML.parse(text) as Record<string, { variables?: Record<string, string> }>,
      ))
        if (key.startsWith("deploy:"))
          expect(job.variables?.["CLUSTER_NAME"]?.replaceAll("$$", "")).not.toMatch(/\$(?!\$)/);
    }),
    { numRuns: cases({ all: 15, quick: 5 }) },
  );
});

test("the schema refuses every text that a CI system would evaluate", () => {
  const accepts = (settings: object): boolean => pipelines.safeParse({ ...LEAST, ...settings }).success;
  fc.assert(
    fc.property(hostile, (text) => {
      if (!/[$`'"(){}<>\n:;&|!*?[\]\\]/.test(text)) return;
      expect(accepts({ branch: text })).toBe(false);
      expect(accepts({ repository: text })).toBe(false);
      expect(accepts({ messages: { slack: text } })).toBe(false);
      expect(accepts({ platform_team: [text] })).toBe(false);
    }),
  );
});

test("a list that is passed on is one line, so that it cannot begin another output", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(githubValue(JSON.stringify([{ cluster: text }]))).not.toMatch(/[\r\n]/);
    }),
  );
});
