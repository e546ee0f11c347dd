import { account, definition } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const ROLE = "arn:aws:iam::444444444444:role";
const cluster = definition({
  meta: "ACCOUNT: mine",
  common: "iam: { path: /clusters/, permissions_boundary: arn:aws:iam::444444444444:policy/fleet-boundary }",
});

/** Returns what is reported about the account's file, for pipelines with these settings. */
function problemsWith(bootstrap: string, pipelines: string): string[] {
  const mine = account({ own: `bootstrap: ${bootstrap}` }).replace(
    /( {2}plan: .*\n)/,
    `$1  destroy: ${ROLE}/destroy\n`,
  );
  return problemsOf({
    "accounts/mine.yaml": mine,
    "clusters/a.example.com.yaml": cluster,
    "pipelines.yaml": `{ ${pipelines}, repository: example/fleet, platform_team: ["@example/platform"] }\n`,
  }).filter((line) => line.includes("accounts/mine.yaml"));
}

test.each<[string, string]>([
  ["{ github: [{ repository: example/other }, { repository: example/fleet }] }", "system: github"],
  ["{ github: [{ repository: example/fleet, branch: live }] }", "system: github, branch: live"],
  ["{ gitlab: [{ project: example/fleet }] }", "system: gitlab"],
  ["{ github: [{ repository: example/other }], gitlab: [{ project: example/fleet }] }", "system: gitlab"],
  ["{ concourse: [{ issuer: https://ci.example.com, team: main, pipelines: [fleet] }] }", "system: concourse"],
  [
    "{ prow: [{ issuer: https://oidc.example.com/id/A, namespace: pods, service_accounts: { plan: p, apply: a } }] }",
    "system: prow",
  ],
])("reports nothing about %s with %s", (bootstrap, pipelines) => {
  expect(problemsWith(bootstrap, pipelines)).toEqual([]);
});

test.each<[string, string, ...string[]]>([
  [
    "{ github: [{ repository: example/other }] }",
    "system: github",
    "pipelines.yaml runs on github, but the account's roles do not trust the jobs of example/fleet. Add an item to bootstrap.github and run fleet bootstrap",
  ],
  [
    "{ github: [{ repository: example/fleet }] }",
    "system: prow",
    "pipelines.yaml runs on prow, but the account's roles do not trust any job of it. Add an item to bootstrap.prow and run fleet bootstrap",
    "pipelines.yaml runs on prow, but the account's roles also trust the jobs of github. Remove bootstrap.github after a move, and run fleet bootstrap",
  ],
  [
    "{ github: [{ repository: example/fleet }] }",
    "system: github, branch: live",
    "pipelines.yaml deploys the branch live, but only jobs of the branch main may apply. Name the same branch in both files",
  ],
  [
    "{ gitlab: [{ project: example/fleet, branch: live, audience: aws }] }",
    "system: gitlab, branch: live",
    "the tokens of generated pipelines have the audience sts.amazonaws.com, which the account's roles refuse. Remove the key",
  ],
])("warns if the roles of %s do not fit %s", (bootstrap, pipelines, ...messages) => {
  expect(problemsWith(bootstrap, pipelines)).toEqual(messages.map((each) => expect.stringContaining(each)));
});
