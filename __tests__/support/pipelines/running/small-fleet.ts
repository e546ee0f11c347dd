import type { CiSystem } from "../../../../fleet/schema/pipelines";

/** A fleet of small clusters, one after the other, in the files of its own repository. */
export const FIRST = "a.example.com";
export const SECOND = "b.example.com";

const ID = "444444444444";
/** Beginning of the names of the account's roles. */
export const ROLE = `arn:aws:iam::${ID}:role`;
const role = (name: string): string => `${ROLE}/${name}`;

/** Jobs that the account trusts, by their CI system. */
export const TRUSTED = {
  github: { repository: "example/clusters", environments: { apply: "one", destroy: "one-destroy" } },
  gitlab: { project: "example/clusters", destroy_branch: "destroy" },
  concourse: {
    ...{ issuer: "https://ci.example.com", team: "main" },
    pipelines: ["fleet-changes", "fleet-upkeep", "fleet-cluster"],
  },
  prow: {
    issuer: "https://build-cluster.example.com",
    namespace: "test-pods",
    service_accounts: { plan: "fleet-plan", apply: "fleet-apply", destroy: "fleet-destroy" },
  },
} as const satisfies Record<CiSystem, object>;

/** Differences of a fleet from the usual one. */
export interface Variant {
  /** Issuer of the tokens of a GitHub Enterprise Server, whose environments AWS cannot compare. */
  readonly issuer?: string;
  /** Program in the place of OpenTofu, which the pipelines install. */
  readonly tofu?: string | undefined;
}

const accountOf = (system: CiSystem, { issuer }: Variant): string => `id: "${ID}"
state: { bucket: example-state, region: us-east-1 }
roles: { plan: "${role("plan")}", deploy: "${role("apply")}", destroy: "${role("destroy")}" }
bootstrap: { ${system}: [${JSON.stringify(issuer === undefined ? TRUSTED[system] : { repository: TRUSTED.github.repository, issuer })}] }
tfvars:
  common:
    iam: { path: /clusters/, permissions_boundary: "arn:aws:iam::${ID}:policy/fleet-boundary" }
  cluster:
    access_entries:
      - { name: admin, principal_arn: "${role("admin")}", access_policy: AmazonEKSClusterAdminPolicy }
`;

const cluster = (name: string, range: string, channel: string): string => `meta:
  CLUSTER_NAME: ${name}
  OWNER: search
  ACCOUNT: one
  TIER: development
  RELEASE_MODEL: ${channel}
tfvars:
  common:
    aws_region: us-east-1
  networking:
    vpc_cidr: ${range}
  cluster:
    deletion_protection: false
  workers:
    - name: general
      min_size: 1
      max_size: 3
  addons:
    platform: none
`;

const pipelinesOf = (system: CiSystem, { tofu }: Variant): string => `system: ${system}
repository: example/clusters
platform_team: ["@example/platform"]
owners:
  search: { approvers: ["@example/search"], slack: "#search" }
messages:
  slack: "#platform"
shards: ${hasTwo(system) ? 2 : 1}
github: { code_scanning: true }
${tofu === undefined ? "" : "terraform_binary_name: tofu\n"}`;

/** One cluster is enough for a system in which each cluster has its own jobs, because each job takes seconds. */
const hasTwo = (system: CiSystem): boolean => system === "github" || system === "gitlab";

const rollouts = (health: string): string => `records: s3://records/fleet
records_region: us-east-1
waves:
  - { name: first, select: { channel: insiders }, soak: 1h, healthy: [page] }
  - { name: rest, soak: 1h, healthy: [page] }
health_checks:
  page: { check: url, timeout: 1s, url: "${health}" }
`;

export const ACCOUNT_FILE = "definitions/accounts/one.yaml";

/** Path of a cluster's definition. */
export const fileOf = (name: string): string => `definitions/clusters/${name}.yaml`;

/**
 * Returns the files of the repository.
 *
 * @param health address that answers 200 if a cluster is healthy
 */
export function smallFleet(system: CiSystem, health: string, variant: Variant = {}): Readonly<Record<string, string>> {
  return {
    ".gitignore": ".fleet/\ncdktf.out/\nnode_modules/\n",
    "package.json": '{ "name": "clusters", "private": true }\n',
    [ACCOUNT_FILE]: accountOf(system, variant),
    "definitions/tiers/development.yaml": "guard: { max_clusters_at_once: null, max_nodes_percent: 100 }\n",
    "definitions/channels.yaml": 'insiders: "2026.12"\nstable: "2026.12"\n',
    "definitions/pipelines.yaml": pipelinesOf(system, variant),
    "definitions/rollouts.yaml": rollouts(health),
    [fileOf(FIRST)]: cluster(FIRST, "10.0.0.0/16", "insiders"),
    ...(hasTwo(system) && { [fileOf(SECOND)]: cluster(SECOND, "10.1.0.0/16", "stable") }),
  };
}
