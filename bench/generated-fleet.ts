import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The tests' own fleet: `definitions/` belongs to the user, so no benchmark reads its clusters. */
export const SAMPLE_FLEET = "__tests__/fleets/samples";

/** Clusters an account: what fits into its pool at a /18 each, and more than most companies have. */
const PER_ACCOUNT = 50;
const REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-2"];
const TIERS = ["development", "staging", "production"];

/** Differences among the clusters of real fleets: size, kinds of groups, and number of addons. */
function definition(index: number): string {
  const name = `cluster-${index}.fleet.example.com`;
  const place = index % PER_ACCOUNT;
  const full = index % 3 === 0;
  return `# Cluster ${index} of a generated fleet.
meta:
  CLUSTER_NAME: ${name}
  CLUSTER_TYPE: eks
  RELEASE_MODEL: ${index % 10 === 0 ? "insiders" : "stable"}
  ACCOUNT: account-${Math.floor(index / PER_ACCOUNT)}
  TIER: ${TIERS[index % TIERS.length]}
  OWNER: team-${index % 17}

tfvars:
  common:
    aws_region: ${REGIONS[index % REGIONS.length]}

  networking:
    vpc_cidr: 10.${Math.floor(place / 4)}.${(place % 4) * 64}.0/18

  cluster:
    k8s_base_domain: fleet.example.com
    enabled_cluster_log_types: ["audit"]
    nodelocal_dns_enabled: true

  workers:
    - name: general
      instance_type: m6i.large
      min_size: 2
      max_size: ${4 + (index % 5)}
    - name: spot
      instance_types: [m5a.xlarge, m5.xlarge]
      min_size: 0
      max_size: 12
      spot_price: 0.1
      labels:
        example.com/pool: spot
      taints:
        - { key: example.com/pool, value: spot, effect: NoSchedule }

  addons:
    sla: ${full ? "production" : "development"}
    kube_prometheus_stack_enabled: ${full}
    external_dns_enabled: ${full}
    vertical_pod_autoscaler_enabled: true
`;
}

function account(index: number): string {
  const id = String(500_000_000_000 + index);
  return `id: "${id}"
state:
  bucket: example-state-${index}
  region: eu-west-1
  role_arn: arn:aws:iam::${id}:role/terraform-state
roles:
  deploy: arn:aws:iam::${id}:role/cluster-deploy
  plan: arn:aws:iam::${id}:role/cluster-plan
cidr_pools: [10.0.0.0/8]
hosted_zones:
  fleet.example.com: Z0${id}
tfvars:
  cluster:
    access_entries:
      - name: platform-admin
        principal_arn: arn:aws:iam::${id}:role/platform-admin
        access_policy: AmazonEKSClusterAdminPolicy
`;
}

/** The name of a generated cluster. */
export function clusterName(index: number): string {
  return `cluster-${index}.fleet.example.com`;
}

/** Writes so many definitions, with the layers they take, into a directory; gives the files that a load reads. */
export function generateFleet(directory: string, size: number): string[] {
  const copy = (from: string, part: string): void =>
    cpSync(join(from, part), join(directory, part), { recursive: true });
  for (const part of ["defaults.yaml", "regions.yaml", "kubernetes-support.yaml", "seen-versions.yaml", "releases"])
    copy("definitions", part);
  for (const part of ["channels.yaml", "tiers"]) copy(SAMPLE_FLEET, part);
  const write = (file: string, text: string): string => {
    const path = join(directory, file);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  const accounts = Array.from({ length: Math.ceil(size / PER_ACCOUNT) }, (_, index) =>
    write(`accounts/account-${index}.yaml`, account(index)),
  );
  const clusters = Array.from({ length: size }, (_, index) =>
    write(`clusters/team-${index % 17}/${clusterName(index)}.yaml`, definition(index)),
  );
  const layers = [
    "defaults.yaml",
    "channels.yaml",
    "regions.yaml",
    "kubernetes-support.yaml",
    "seen-versions.yaml",
    ...["tiers", "releases"].flatMap((folder) =>
      readdirSync(join(directory, folder)).map((file) => join(folder, file)),
    ),
  ];
  return [...layers.map((file) => join(directory, file)), ...accounts, ...clusters];
}
