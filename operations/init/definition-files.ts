import { firstFree } from "../../language/words/cidr";
import { clusterFile, type NewCluster } from "../new-cluster/cluster-file";
import { reserveRanges } from "../new-cluster/reserve-range";
import { type InitAnswers, NO_CI } from "./answers";
import type { Program } from "./program";

/** Returns the files of tiers and channels: path -> text. They do not depend on the answers. */
export function layerFiles({ channels, tiers }: Program): Map<string, string> {
  return new Map([
    ["definitions/channels.yaml", channelsFile(channels)],
    // The repository has no docs/ of the program.
    ...[...tiers].map(
      ([name, text]) => [`definitions/tiers/${name}.yaml`, text.replaceAll(/ \(docs\/[\w-]+\.md\)/g, "")] as const,
    ),
  ]);
}

function channelsFile(channels: Readonly<Record<string, string>>): string {
  return `# yaml-language-server: $schema=schema/channels.schema.json
# A channel names a release of the program; a cluster follows a channel by meta.RELEASE_MODEL, by default stable. A newer version of the
# program brings newer releases, and changes no cluster until a pull request moves a channel here.
${Object.entries(channels)
  .map(([channel, release]) => `${channel}: ${JSON.stringify(release)}\n`)
  .join("")}`;
}

/** Returns the file of the account: path -> text. */
export function accountFiles(answers: InitAnswers, partition: string): Map<string, string> {
  const { account, accountId, adminRole, ci, cidrPool, domain, hostedZone, region, repository } = answers;
  const role = (name: string): string => `arn:${partition}:iam::${accountId}:role/${name}`;
  const admin = adminRole.startsWith("arn:") ? adminRole : role(adminRole);
  const zone = (id: string): string[] => ["hosted_zones:", `  ${domain}: ${id}`];
  const lines = [
    "# yaml-language-server: $schema=../schema/account.schema.json",
    `# The AWS account of every cluster with meta.ACCOUNT: ${account}.`,
    `id: "${accountId}"`,
    "",
    `# npx fleet bootstrap ${account} creates the bucket and the roles.`,
    "state:",
    `  bucket: ${stateBucket(answers)}`,
    `  region: ${region}`,
    `  # role_arn: ${role("terraform-state")} # by default, your own credentials read and write the state`,
    "",
    "roles:",
    `  deploy: ${role("cluster-deploy")} # applies`,
    `  plan: ${role("cluster-plan")} # reads only, for pull requests`,
    `  destroy: ${role("cluster-destroy")} # deletes clusters`,
    "",
    "bootstrap:",
    "  principals: # who may assume the roles",
    ...["plan", "apply", "destroy"].map((name) => `    ${name}: [${admin}]`),
    ...(ci === "github"
      ? [
          "  github:",
          `    - repository: ${repository} # its workflows may assume the roles`,
          "      # ids: { owner: 123456, repository: 456789 } # required for a repository that was created after 15 July 2026",
        ]
      : []),
    ...(ci === "gitlab" ? [`  gitlab: [{ project: ${repository} }] # its jobs may assume the roles`] : []),
    ...(ci === "concourse" ? concourseTrust(answers) : []),
    ...(ci === "prow" ? prowTrust(answers) : []),
    "",
    `cidr_pools: [${cidrPool}] # the networks of clusters get ranges in it`,
    "",
    "# Ranges that no cluster may use: offices, data centres, other networks.",
    "# reserved_cidrs:",
    '#   - { cidr: 192.168.0.0/16, reason: "the office, over a VPN" }',
    "",
    "# Public zones of Route 53, in which external_dns and cert_manager may write records.",
    ...(hostedZone === "" ? zone("Z0123456789EXAMPLE").map((line) => `# ${line}`) : zone(hostedZone)),
    "",
    "# Everything below tfvars is inherited by every cluster of the account.",
    "tfvars:",
    "  common:",
    "    iam: # the role deploy may create only roles with this path and this boundary",
    "      path: /clusters/",
    `      permissions_boundary: arn:${partition}:iam::${accountId}:policy/fleet-boundary`,
    "  cluster:",
    "    access_entries: # the role deploy has an entry of its own in each cluster",
    "      - name: platform-admin",
    `        principal_arn: ${admin} # must exist before the bootstrap`,
    "        access_policy: AmazonEKSClusterAdminPolicy",
  ];
  return new Map([[`definitions/accounts/${account}.yaml`, `${lines.join("\n")}\n`]]);
}

/** Pipelines of Concourse that `fleet pipelines generate` names. */
const CONCOURSE_PIPELINES = ["fleet-changes", "fleet-upkeep", "fleet-cluster"];

function concourseTrust({ issuer }: InitAnswers): string[] {
  return [
    "  concourse:",
    `    - issuer: ${issuer} # AWS must be able to reach it`,
    "      team: main # the team of the pipelines, whose jobs may assume the roles",
    `      pipelines: [${CONCOURSE_PIPELINES.join(", ")}]`,
  ];
}

/** Service accounts that the jobs of Prow use if an account names none. */
const PROW_ACCOUNTS = { plan: "fleet-plan", apply: "fleet-apply", destroy: "fleet-destroy" };

function prowTrust({ issuer }: InitAnswers): string[] {
  return [
    "  prow:",
    `    - issuer: ${issuer} # AWS must be able to reach it`,
    "      namespace: test-pods # of the jobs' pods: pod_namespace of Prow's config.yaml",
    "      service_accounts: # create them there; a job may assume the role of its service account",
    ...Object.entries(PROW_ACCOUNTS).map(([level, name]) => `        ${level}: ${name}`),
  ];
}

/** Names of buckets are unique in the world, so the name has what no other account has. */
export function stateBucket({ accountId, region }: InitAnswers): string {
  return `terraform-state-${accountId}-${region}`;
}

/** Returns the files of the first cluster: path -> text. */
export function clusterFiles(answers: InitAnswers, { serviceRange }: Program): Map<string, string> {
  const { account, cidrPool, clusterName: name, domain, hostedZone, owner, region, tier } = answers;
  const range = firstFree([cidrPool], 16, [serviceRange]) ?? cidrPool;
  const cluster: NewCluster = {
    name,
    owner,
    account,
    tier,
    region,
    range,
    releaseModel: undefined,
    zones: undefined,
    preset: "small",
  };
  const published = hostedZone !== "" && name.endsWith(`.${domain}`);
  const more = [
    "",
    ...(published
      ? ["  cluster:", `    k8s_base_domain: ${name} # hostnames of Services and certificates are below it`]
      : [
          `  # cluster:`,
          `  #   k8s_base_domain: ${name} # once the account's hosted_zones has its domain: hostnames and certificates`,
        ]),
    "",
    "  # What else can be installed: npx fleet show and the definition reference list every addon.",
    "  # addons:",
    "  #   traefik_enabled: true",
  ];
  return new Map([
    [`definitions/clusters/${owner}/${name}.yaml`, `${clusterFile(cluster).trimEnd()}\n${more.join("\n")}\n`],
    ["definitions/ranges.yaml", reserveRanges(undefined, [{ account, range, cluster: name }])],
  ]);
}

/** Returns the file of the pipelines: path -> text. */
export function pipelineFiles({ ci, owner, platformTeam, repository }: InitAnswers): Map<string, string> {
  if (ci === NO_CI) return new Map();
  const lines = [
    "# yaml-language-server: $schema=schema/pipelines.schema.json",
    "# The pipelines that run this fleet. `npx fleet pipelines generate` writes them.",
    `system: ${ci}`,
    `repository: ${repository}`,
    `platform_team: [${JSON.stringify(platformTeam)}] # approves changes of accounts, tiers, channels and pipelines`,
    "",
    "# Who approves changes of a team's clusters, and where messages about them go.",
    "# owners:",
    `#   ${owner}: { approvers: [${JSON.stringify(platformTeam)}], slack: "#clusters" }`,
  ];
  return new Map([["definitions/pipelines.yaml", `${lines.join("\n")}\n`]]);
}
