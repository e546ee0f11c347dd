/** A fleet of two small clusters, one after the other, in the files of its own repository. */
export const FIRST = "a.example.com";
export const SECOND = "b.example.com";

const ID = "444444444444";
const role = (name: string): string => `arn:aws:iam::${ID}:role/${name}`;

const ACCOUNT = `id: "${ID}"
state: { bucket: example-state, region: us-east-1 }
roles: { plan: "${role("plan")}", deploy: "${role("apply")}", destroy: "${role("destroy")}" }
bootstrap:
  github:
    - repository: example/clusters
      environments: { apply: one, destroy: one-destroy }
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

const PIPELINES = `system: github
repository: example/clusters
platform_team: ["@example/platform"]
owners:
  search: { approvers: ["@example/search"], slack: "#search" }
messages:
  slack: "#platform"
shards: 2
`;

const rollouts = (health: string): string => `records: s3://records/fleet
records_region: us-east-1
waves:
  - { name: first, select: { channel: insiders }, soak: 1h, healthy: [page] }
  - { name: rest, soak: 1h, healthy: [page] }
health_checks:
  page: { check: url, timeout: 1s, url: "${health}" }
`;

/** Path of a cluster's definition. */
export const fileOf = (name: string): string => `definitions/clusters/${name}.yaml`;

/**
 * Returns the files of the repository.
 *
 * @param health address that answers 200 if a cluster is healthy
 */
export function smallFleet(health: string): Readonly<Record<string, string>> {
  return {
    ".gitignore": ".fleet/\ncdktf.out/\nnode_modules/\n",
    "package.json": '{ "name": "clusters", "private": true }\n',
    "definitions/accounts/one.yaml": ACCOUNT,
    "definitions/tiers/development.yaml": "guard: { max_clusters_at_once: null, max_nodes_percent: 100 }\n",
    "definitions/channels.yaml": 'insiders: "2026.12"\nstable: "2026.12"\n',
    "definitions/pipelines.yaml": PIPELINES,
    "definitions/rollouts.yaml": rollouts(health),
    [fileOf(FIRST)]: cluster(FIRST, "10.0.0.0/16", "insiders"),
    [fileOf(SECOND)]: cluster(SECOND, "10.1.0.0/16", "stable"),
  };
}
