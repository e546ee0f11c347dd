import { z } from "zod";
import {
  approver,
  branchName,
  httpsAddress,
  imageReference,
  repositoryPath,
  repositoryUri,
  runnerLabel,
  slackChannel,
} from "../../language/words/ci";
import { fileName, itemName } from "../../language/words/names";
import { cron, timeZone } from "../../language/words/schedules";

/** The CI systems that pipelines are generated for. */
export const CI_SYSTEMS = ["github", "gitlab", "concourse", "prow"] as const;

/** Jobs that run on a schedule. */
export const SCHEDULES = ["rollout", "drift", "bump", "deadlines", "drill"] as const;

/** GitLab lets a job wait for 50 others at most, and the comment waits for one job besides all shards. */
export const MOST_SHARDS = 49;

const schedule = z.strictObject({
  cron: cron.describe("Five fields of cron."),
  time_zone: timeZone.optional().describe("IANA time zone of the schedule. Default: UTC."),
});

const schedules = z.strictObject({
  rollout: schedule.nullable().optional().describe("Starts what waits for a window. Default: */30 * * * *."),
  drift: schedule.nullable().optional().describe("Compares AWS with the definitions. Default: 0 5 * * 1-5."),
  bump: schedule.nullable().optional().describe("Proposes newer versions. Default: 0 6 * * 1."),
  deadlines: schedule
    .nullable()
    .optional()
    .describe("Reports ends of support, and exceptions that end. Default: 0 7 * * 1-5."),
  drill: schedule.nullable().optional().describe("Rehearses the rebuild of a cluster. Default: 0 3 1 * *."),
});

const owner = z.strictObject({
  approvers: z.array(approver).min(1).describe("Who approves changes of the owner's clusters. Any of them is enough."),
  slack: slackChannel.optional().describe("Channel of messages about the owner's clusters. Default: messages.slack."),
});

const messages = z.strictObject({
  slack: slackChannel.optional().describe("Channel of messages about clusters whose owner has none."),
  webhook: z
    .boolean()
    .optional()
    .describe("Also sends each message as JSON to the address in the secret FLEET_WEBHOOK_URL. Default: false."),
});

const github = z.strictObject({
  runner: runnerLabel.optional().describe("Label of the runners. Default: ubuntu-24.04."),
  cluster_runner: runnerLabel
    .optional()
    .describe("Label of runners that reach the clusters' API, for plans and deploys. Default: runner."),
  hosting: z
    .enum(["public", "free", "team", "enterprise"])
    .optional()
    .describe(
      "public for a public repository, or the plan of a private one. Only public and enterprise can require reviewers of an environment. Default: team.",
    ),
  code_scanning: z
    .boolean()
    .optional()
    .describe(
      "Also uploads what `fleet validate` finds to code scanning. A private repository requires GitHub Code Security. Default: false.",
    ),
  api: httpsAddress
    .optional()
    .describe(
      "Address of the API of a GitHub Enterprise Server, such as https://github.example.com/api/v3, for Concourse and Prow. Default: https://api.github.com.",
    ),
});

const gitlab = z.strictObject({
  image: imageReference
    .optional()
    .describe(
      "Image of the jobs, with Node 20, Git, unzip, curl and, to deploy, the AWS CLI. Default: node:20-bookworm.",
    ),
  tags: z.array(runnerLabel).optional().describe("Tags of the runners. Default: none."),
  cluster_tags: z
    .array(runnerLabel)
    .optional()
    .describe("Tags of runners that reach the clusters' API, for plans and deploys. Default: tags."),
  subscription: z
    .enum(["free", "premium", "ultimate"])
    .optional()
    .describe("Only premium and ultimate have protected environments and code owners. Default: free."),
});

const concourse = z.strictObject({
  image: imageReference
    .optional()
    .describe(
      "Image of the tasks, with Node 20, Git, unzip, curl and, to deploy, the AWS CLI. Default: node:20-bookworm.",
    ),
  tags: z.array(runnerLabel).optional().describe("Tags of the workers. Default: none."),
  cluster_tags: z
    .array(runnerLabel)
    .optional()
    .describe("Tags of workers that reach the clusters' API, for plans and deploys. Default: tags."),
  repository_uri: repositoryUri
    .optional()
    .describe("Address from which workers clone the repository. Default: https://github.com/<repository>.git."),
  slack_webhook: z
    .boolean()
    .optional()
    .describe(
      "Sends messages to Slack by the incoming webhook in the variable fleet-slack-webhook, and not by the bot's token in fleet-slack-token. Default: false.",
    ),
  pull_request_resource: imageReference
    .optional()
    .describe("Image of the resource that finds pull requests on GitHub. Default: teliaoss/github-pr-resource."),
});

const prow = z.strictObject({
  image: imageReference
    .optional()
    .describe(
      "Image of the jobs, with Node 20, Git, unzip, curl and, to deploy, the AWS CLI. Default: node:20-bookworm.",
    ),
  build_cluster: itemName(63)
    .optional()
    .describe("Name that Prow's kubeconfig has for the build cluster of the jobs. Default: default."),
});

/** `definitions/pipelines.yaml` */
export const pipelines = z.strictObject({
  system: z.enum(CI_SYSTEMS).describe("CI system that runs the pipelines."),
  repository: repositoryPath.describe("Repository of the definitions with its owner, such as example/clusters."),
  branch: branchName.optional().describe("Branch whose definitions are deployed. Default: main."),
  platform_team: z
    .array(approver)
    .min(1)
    .describe("Who approves changes that concern more than one owner: tiers, channels, accounts and pipelines."),
  owners: z
    .record(itemName(63), owner)
    .optional()
    .describe("OWNER of clusters -> who approves changes of them, and where messages go."),
  shards: z
    .int()
    .min(1)
    .max(MOST_SHARDS)
    .optional()
    .describe("Number of jobs that share the plans of a change, by their number of resources. Default: 8."),
  terraform_binary_name: z
    .enum(["terraform", "tofu"])
    .optional()
    .describe(
      "Program that the jobs install and run: Terraform, or OpenTofu, as the variable TERRAFORM_BINARY_NAME names it elsewhere. Default: terraform.",
    ),
  records_account: fileName
    .optional()
    .describe(
      "Account whose role `plan` reads the records of rollouts to choose clusters. Default: the first one by its name.",
    ),
  schedules: schedules.optional().describe("When scheduled pipelines run. null switches one off."),
  messages: messages.optional().describe("Where messages go. Tokens are secrets of the CI system (docs/pipelines/)."),
  github: github.optional().describe("Settings of GitHub Actions."),
  gitlab: gitlab.optional().describe("Settings of GitLab CI."),
  concourse: concourse.optional().describe("Settings of Concourse."),
  prow: prow.optional().describe("Settings of Prow."),
});

/** `pipelines` of an account. */
export const accountPipelines = z.strictObject({
  approval: z.boolean().optional().describe("Deploys to the account wait for a person's approval. Default: true."),
  runner: runnerLabel
    .optional()
    .describe("Label of runners that reach the API of the account's clusters. Default: that of pipelines.yaml."),
});

export type CiSystem = (typeof CI_SYSTEMS)[number];
export type ScheduleName = (typeof SCHEDULES)[number];
