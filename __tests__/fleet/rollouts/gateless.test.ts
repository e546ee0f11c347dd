import type { Account, PipelineSettings } from "../../../fleet/model/cluster";
import { gatelessBecause } from "../../../fleet/rollouts/gateless";

const ACCOUNT: Pick<Account, "bootstrap" | "name" | "pipelines"> = {
  name: "production",
  bootstrap: { github: [{ repository: "example/clusters", environments: { apply: "production" } }] },
};
const because = (settings: Partial<PipelineSettings>, account: Partial<Account> = {}): string | undefined =>
  gatelessBecause(
    { system: "github", repository: "example/clusters", platform_team: ["@example/platform"], ...settings },
    { ...ACCOUNT, ...account },
  );

const PLAN = /^GitHub cannot require reviewers for a private repository with the plan (?:free|team) /;

test.each<[string, Partial<PipelineSettings>, Partial<Account>, RegExp | undefined]>([
  ["GitHub without a word about its plan", {}, {}, PLAN],
  ["GitHub Free", { github: { hosting: "free" } }, {}, PLAN],
  ["GitHub Enterprise", { github: { hosting: "enterprise" } }, {}, undefined],
  ["a public repository", { github: { hosting: "public" } }, {}, undefined],
  [
    "an account without an environment",
    { github: { hosting: "public" } },
    { bootstrap: {} },
    /^account production names no environment/,
  ],
  [
    "another repository's environment",
    { github: { hosting: "public" }, repository: "example/other" },
    {},
    /^account production names no environment/,
  ],
  ["an account that wants no approval", {}, { pipelines: { approval: false } }, undefined],
  ["Prow", { system: "prow" }, {}, /^Prow has no gate/],
  ["GitLab, where a person starts a manual job", { system: "gitlab" }, {}, undefined],
  ["Concourse, where a person starts the job", { system: "concourse" }, {}, undefined],
])("%s", (_, settings, account, expected) => {
  const found = because(settings, account);
  if (expected === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(expected);
});
