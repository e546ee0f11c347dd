import { z } from "zod";
import { principalArn, ssoRolePattern } from "../../../language/words/arns";
import { issuer } from "../../../language/words/ci";
import { sha1 } from "../../../language/words/hashes";
import { dnsLabel } from "../../../language/words/kubernetes";
import { fileName, plainName } from "../../../language/words/names";
import { text } from "../../../language/words/text";

const audience = text(/^[\x21-\x7e]{1,255}$/, "text without spaces");

const thumbprints = z
  .array(sha1("a SHA-1 fingerprint: 40 lower-case hexadecimal digits"))
  .min(1)
  .max(5)
  .optional()
  .describe(
    "Fingerprints of the certificate of the issuer's authority. Required only if the authority is private: AWS checks public ones against its own list. Default: none.",
  );

/** Without the characters that IAM, GitHub or GitLab give a meaning: `*` and `?` are patterns, `:` is written as `%3A`. */
const branch = text(/^[A-Za-z0-9][\w./-]{0,199}$/, "the name of a branch", "main");

const environment = text(
  /^[A-Za-z0-9][\w. -]{0,199}$/,
  "the name of an environment: letters, digits, spaces, dots and dashes",
);

/** Characters of a name that goes into a condition of IAM; `*` stands for any text, as in IAM. */
const jobPattern = text(/^[A-Za-z0-9_.-]*(?:\*[A-Za-z0-9_.-]*)?$/, "the name of a job", "apply", "apply-*");

const githubRepository = z.strictObject({
  repository: text(
    /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[\w.-]{1,100}$/,
    "a repository with its owner",
    "example/cluster-fleet",
  ).describe("The repository of the definitions, with its owner."),
  ids: z
    .strictObject({
      owner: z.int().min(1).describe("Id of the owner: `id` in the answer of https://api.github.com/users/<owner>."),
      repository: z
        .int()
        .min(1)
        .describe("Id of the repository: `id` in the answer of https://api.github.com/repos/<owner>/<name>."),
    })
    .optional()
    .describe(
      "Ids that GitHub writes into the subject of tokens, for repositories that were created, renamed or transferred after 15 July 2026, or that chose this form. Default: the subject has names only.",
    ),
  issuer: issuer
    .optional()
    .describe(
      "Issuer of the tokens of GitHub Enterprise, such as https://github.example.com/_services/token. Default: https://token.actions.githubusercontent.com.",
    ),
  branch: branch.optional().describe("The branch whose runs may apply. Protect it. Default: main."),
  workflows: z
    .array(
      text(
        /^\.github\/workflows\/[\w.-]{1,100}\.ya?ml$/,
        "a workflow of the repository",
        ".github/workflows/deploy.yml",
      ),
    )
    .min(1)
    .optional()
    .describe("Workflows that may assume `apply` and `destroy`, as they are on the branch. Default: all."),
  environments: z
    .strictObject({
      plan: environment.optional().describe("Environment of plans after a merge. Default: none."),
      apply: environment.optional().describe("Environment of jobs that apply. Default: none, so the branch decides."),
      destroy: environment
        .optional()
        .describe("Environment of jobs that destroy. Default: none, so that no job of the repository may destroy."),
    })
    .optional()
    .describe("Environments of the repository, which can require reviewers. Default: none."),
  thumbprints,
});

const gitlabProject = z.strictObject({
  url: issuer.optional().describe("Address of GitLab, which issues the tokens. Default: https://gitlab.com."),
  project: text(
    /^[A-Za-z0-9_][\w.-]*(?:\/[\w.-]+)+$/,
    "a project with its groups",
    "example/platform/cluster-fleet",
  ).describe("The project of the definitions, with its groups."),
  audience: audience.optional().describe("`aud` of the jobs' `id_tokens`. Default: sts.amazonaws.com."),
  branch: branch.optional().describe("The branch whose jobs may apply. Protect it. Default: main."),
  destroy_branch: branch
    .optional()
    .describe(
      "The branch whose jobs may destroy. Protect it. The tokens that AWS accepts do not contain the environment. Default: none, so that no job of the project may destroy.",
    ),
  thumbprints,
});

const jobs = (what: string, otherwise: string) =>
  z.array(jobPattern).min(1).optional().describe(`Names of the jobs that ${what}. Default: ${otherwise}.`);

const concoursePipelines = z.strictObject({
  issuer: issuer.describe("External address of Concourse, or its `--oidc-issuer-url`. AWS must be able to reach it."),
  team: plainName("the name of a team").describe("Team of the pipelines."),
  pipelines: z
    .array(text(/^[a-z0-9][a-z0-9_.-]{0,99}$/, "the name of a pipeline"))
    .min(1)
    .describe("Pipelines of the team. Their instances are included."),
  jobs: z
    .strictObject({
      plan: jobs("plan", "plan, plan-*"),
      apply: jobs("apply", "apply, apply-*"),
      destroy: jobs("destroy", "destroy, destroy-*"),
    })
    .optional()
    .describe("Jobs of the pipelines. The pipelines' tokens must have `subject_scope: job`."),
  audience: audience.optional().describe("Audience of the pipelines' tokens. Default: sts.amazonaws.com."),
  thumbprints,
});

const prowCluster = z.strictObject({
  issuer: issuer.describe(
    "Issuer of the build cluster's service account tokens, such as https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF.",
  ),
  namespace: dnsLabel.describe("Namespace of the jobs' pods."),
  service_accounts: z
    .strictObject({
      plan: dnsLabel.describe("Service account of jobs that plan."),
      apply: dnsLabel.describe("Service account of jobs that apply."),
      destroy: dnsLabel
        .optional()
        .describe("Service account of jobs that destroy. Default: none, so that no job may destroy."),
    })
    .describe("Service accounts of the jobs, one for each role."),
  thumbprints,
});

/** Roles of people, and of accounts that are peered with this one. `*` stands for the end of a name that AWS invents. */
const principals = z
  .array(z.union([principalArn, ssoRolePattern]))
  .min(1)
  .optional();

/** Not of IAM and STS: what runs may do there is limited to the clusters' roles. */
const action = text(
  /^(?!iam:|sts:|organizations:|account:)[a-z0-9-]{2,64}:[A-Za-z0-9]{1,64}\*?$/,
  "an IAM action with its service, other than iam, sts, organizations and account",
  "ec2:DescribeHosts",
);

const reading = text(
  /^(?!iam:|sts:)[a-z0-9-]{2,64}:(?:BatchGet|Describe|Get|List|Search)[A-Za-z0-9]{0,64}\*?$/,
  "an IAM action that reads",
  "ec2:DescribeHosts",
);

/** Service-linked roles that clusters need. AWS creates the others when they are first used. */
export const SERVICE_LINKED_ROLES = [
  "spot.amazonaws.com",
  "eks.amazonaws.com",
  "eks-nodegroup.amazonaws.com",
  "eks-fargate.amazonaws.com",
  "autoscaling.amazonaws.com",
  "elasticloadbalancing.amazonaws.com",
] as const;

const policyName = text(/^[\w+=,.@-]{1,100}$/, "the name of an IAM policy: at most 100 letters, digits and +=,.@-");

/** Settings of what `fleet bootstrap` creates in an account; without them, it creates nothing. */
export const bootstrap = z.strictObject({
  permissions_boundary: policyName
    .optional()
    .describe(
      "Name of the policy that is the permissions boundary of every role that `apply` creates. `tfvars.common.iam.permissions_boundary` of the account's clusters must be its ARN. Default: fleet-boundary.",
    ),
  cluster_roles: z
    .array(
      text(
        /^\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]*\*$/,
        "the path of IAM roles and the beginning of their names with * at the end",
        "/clusters/*",
      ),
    )
    .min(1)
    .optional()
    .describe(
      "Path and beginning of the names of the clusters' roles. `apply` can change no other roles. The clusters' `tfvars.common.iam.path` must fit. Default: /clusters/*.",
    ),
  further_actions: z
    .strictObject({
      plan: z.array(reading).min(1).optional().describe("Actions of `roles.plan`. Default: none."),
      apply: z.array(action).min(1).optional().describe("Actions of `roles.deploy`. Default: none."),
      destroy: z.array(action).min(1).optional().describe("Actions of `roles.destroy`. Default: none."),
    })
    .optional()
    .describe(
      "Actions on every resource besides those that the program's lists have, such as one that AWS has denied to a plan. Default: none.",
    ),
  boundary_services: z
    .array(text(/^[a-z0-9-]{2,64}$/, "the prefix of a service in IAM", "dynamodb"))
    .min(1)
    .optional()
    .describe(
      "Further services that roles of clusters may use, such as those that a team's pods call. Default: none besides those that nodes and addons need.",
    ),
  principals: z
    .strictObject({
      plan: principals.describe("Who may assume `roles.plan` besides CI systems. Default: nobody."),
      apply: principals.describe("Who may assume `roles.deploy` besides CI systems. Default: nobody."),
      destroy: principals.describe("Who may assume `roles.destroy` besides CI systems. Default: nobody."),
    })
    .optional()
    .describe("IAM roles and users, such as those of people. Their own policies must allow sts:AssumeRole too."),
  peered_accounts: z
    .array(fileName)
    .min(1)
    .optional()
    .describe(
      "Accounts, by the names of their files, whose clusters have a peering connection with a cluster of this account. Their role of the same kind may assume this account's. Default: none.",
    ),
  github: z.array(githubRepository).min(1).optional().describe("Repositories on GitHub whose Actions use the account."),
  gitlab: z.array(gitlabProject).min(1).optional().describe("Projects on GitLab whose jobs use the account."),
  concourse: z.array(concoursePipelines).min(1).optional().describe("Pipelines of Concourse that use the account."),
  prow: z.array(prowCluster).min(1).optional().describe("Build clusters of Prow whose jobs use the account."),
  state_versions_days: z
    .int()
    .min(90)
    .max(3650)
    .optional()
    .describe("Days that earlier versions of a state are kept. Default: 365."),
  service_linked_roles: z
    .array(z.enum(SERVICE_LINKED_ROLES))
    .optional()
    .describe(
      "Service-linked roles to create. Leave out those that exist. `apply` may create the others when a cluster first needs them. Default: spot.amazonaws.com, which Karpenter must not create.",
    ),
});
