import { account, definition } from "../../../support/definition";
import { problemsOf, SMALLEST } from "../../../support/definitions";

const CLUSTER = "clusters/a.example.com.yaml";
const MINE = "accounts/mine.yaml";

/** The smallest cluster, in the account `mine`. */
const IN_MINE = { [CLUSTER]: definition({ meta: "ACCOUNT: mine" }) };

describe("an account", () => {
  test("is checked although no cluster uses it", () => {
    const unused = account({ id: "55555555555" })
      .replace("example-state", "EXAMPLE")
      .replace("role/admin", "role/ad min");

    expect(problemsOf({ "accounts/unused.yaml": unused, [CLUSTER]: SMALLEST })).toEqual([
      `accounts/unused.yaml:1:5 id: must be the 12 digits of an AWS account in quotes, such as "012345678901", got "55555555555"`,
      `accounts/unused.yaml:3:11 state.bucket: must be the name of an S3 bucket: 3 to 63 lower-case letters, digits, dashes and dots, got "EXAMPLE"`,
      `accounts/unused.yaml:6:11 roles.deploy: must be the ARN of an IAM role, such as arn:aws:iam::111111111111:role/deploy, got "arn:aws:iam::55555555555:role/deploy"`,
      `accounts/unused.yaml:7:9 roles.plan: must be the ARN of an IAM role, such as arn:aws:iam::111111111111:role/deploy, got "arn:aws:iam::55555555555:role/plan"`,
      `accounts/unused.yaml:11:39 tfvars.cluster.access_entries[admin].principal_arn: must be the ARN of an IAM role or user, such as arn:aws:iam::111111111111:role/platform-admin, got "arn:aws:iam::55555555555:role/ad min"`,
    ]);
  });

  test("has an id in quotes, because YAML reads digits as a number", () => {
    const mangled = account({ id: "012345678901" }).replace(`"012345678901"`, "012345678901");

    expect(problemsOf({ ...IN_MINE, [MINE]: mangled })).toEqual([
      `${MINE}:1:5 id: must be text, got 012345678901, which YAML reads as a number. Write "012345678901" in quotes`,
    ]);
  });

  test("that is not YAML does not hide the mistakes of its cluster", () => {
    const cluster = definition({ meta: "ACCOUNT: mine", networking: "vpc_cidr: 10.0.0.1/16" });

    expect(problemsOf({ [MINE]: "id: [\n", [CLUSTER]: cluster })).toEqual([
      `${MINE}:2:1 is not valid YAML: a [ or { before this line is not closed`,
      `${CLUSTER}:10:15 tfvars.networking.vpc_cidr: must start at the first address of its block, 10.0.0.0/16, got "10.0.0.1/16"`,
    ]);
  });

  test("has no keys but its own", () => {
    expect(problemsOf({ ...IN_MINE, [MINE]: account({ own: "meta: { OWNER: x }\nidd: 5" }) })).toEqual([
      `${MINE}:8:1 meta: unknown key "meta". Known keys: id, state, roles, tfvars, bootstrap, pipelines, cidr_pools, hosted_zones and 1 more; see docs/definition-reference.md`,
      `${MINE}:9:1 idd: unknown key "idd". Did you mean "id"?`,
    ]);
  });

  test("has an id and roles that are not another account's, and a known region", () => {
    const two = account().replace("us-east-1", "us-esat-1").replace("444444444444:role/plan", "555555555555:role/plan");

    expect(problemsOf({ "accounts/one.yaml": account(), "accounts/two.yaml": two, [CLUSTER]: SMALLEST })).toEqual([
      "accounts/two.yaml:1:5 id: is already the id of account one. Keep one file per account",
      `accounts/two.yaml:4:11 state.region: unknown region "us-esat-1". Did you mean "us-east-1"?`,
      "accounts/two.yaml:7:9 roles.plan: must be a role of account 444444444444, but is arn:aws:iam::555555555555:role/plan",
    ]);
  });

  test("has ranges and hosted zones that can exist", () => {
    const own = `cidr_pools: [10.0.0.1/10, x]
reserved_cidrs: [{ cidr: 10.0.0.0/33 }]
hosted_zones: { example.com: abc, UPPER: Z1 }`;

    expect(problemsOf({ ...IN_MINE, [MINE]: account({ own }) })).toEqual([
      `${MINE}:8:14 cidr_pools[0]: must start at the first address of its block, 10.0.0.0/10, got "10.0.0.1/10"`,
      `${MINE}:8:27 cidr_pools[1]: must be an IPv4 CIDR block, such as 10.20.0.0/16, got "x"`,
      `${MINE}:9:18 reserved_cidrs[0].reason: is required: must be text`,
      `${MINE}:9:26 reserved_cidrs[0].cidr: must be an IPv4 CIDR block, such as 10.20.0.0/16, got "10.0.0.0/33"`,
      `${MINE}:10:30 hosted_zones.example.com: must be the id of a Route 53 hosted zone, such as Z0123456789ABCDEFGHIJ, got "abc"`,
      `${MINE}:10:35 hosted_zones.UPPER: must be a domain name in lower case, such as production.eks.example.com, got "UPPER"`,
    ]);
  });

  test("is named as the place of its wrong value, with every cluster that the value reaches", () => {
    const tfvars = "networking: { availability_zones: [us-east-1a, us-west-2a] }\nworker_defaults: { min_size: 9 }";
    const other = definition(
      { meta: "ACCOUNT: mine", worker: "max_size: 2", networking: "vpc_cidr: 10.1.0.0/16" },
      "b.example.com",
    );

    expect(problemsOf({ ...IN_MINE, [MINE]: account({ tfvars }), "clusters/b.example.com.yaml": other })).toEqual([
      `${MINE}:12:50 tfvars.networking.availability_zones[1]: "us-west-2a" is not a zone of us-east-1. Its zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1f (for clusters a.example.com, b.example.com)`,
      `${MINE}:13:32 tfvars.workers[general].max_size: must be at least min_size (9), but is 3 (for cluster a.example.com)`,
      "clusters/b.example.com.yaml:9:17 tfvars.workers[general].max_size: must be at least min_size (9), but is 2",
    ]);
  });

  test("has no mistake in a value that every cluster overrides", () => {
    const cluster = definition({ meta: "ACCOUNT: mine", cluster: "deletion_protection: true" });
    const mine = account().replace("cluster:\n", "cluster:\n    deletion_protection: maybe\n");

    expect(problemsOf({ [MINE]: mine, [CLUSTER]: cluster })).toEqual([
      `${MINE}:10:26 tfvars.cluster.deletion_protection: must be true or false, got "maybe"`,
    ]);
  });
});

describe("a tier", () => {
  test.each([
    [
      "has no keys but guard and tfvars",
      "tfvar: {}\ntfvars: { cluster: { deletion_protectoin: true } }\nname: x\n",
      [
        `tiers/mine.yaml:1:1 tfvar: unknown key "tfvar". Did you mean "tfvars"?`,
        `tiers/mine.yaml:2:22 tfvars.cluster.deletion_protectoin: unknown key "deletion_protectoin". Did you mean "deletion_protection"?`,
        'tiers/mine.yaml:3:1 name: unknown key "name". Known keys: guard, tfvars',
      ],
    ],
    ["is not empty", "", ["tiers/mine.yaml:1:1 the file is empty, but must contain a map of keys"]],
  ])("%s", (_, tier, reports) => {
    expect(problemsOf({ "tiers/mine.yaml": tier, [CLUSTER]: definition({ meta: "TIER: mine" }) })).toEqual(reports);
  });
});

test("a release names versions and repositories that can exist, and the Kubernetes version that its clusters run", () => {
  const release = `kubernetes:
  1.35:
    ami_release_version: latest
    eks_addons: { coredns: 1.10 }
charts:
  cert_manager: { repository: ftp://x, chart: cert-manager }
`;

  expect(problemsOf({ "releases/mine.yaml": release, [CLUSTER]: definition({ meta: "RELEASE_MODEL: mine" }) })).toEqual(
    [
      `${CLUSTER}:5:3 tfvars.cluster.kubernetes_version: is required: must be text`,
      `releases/mine.yaml:3:26 kubernetes.1.35.ami_release_version: must be an EKS AMI release, such as 1.35.6-20260714, got "latest"`,
      `releases/mine.yaml:4:28 kubernetes.1.35.eks_addons.coredns: must be text, got 1.10, which YAML reads as a number. Write "1.10" in quotes`,
      "releases/mine.yaml:6:17 charts.cert_manager.version: is required: must be text",
      `releases/mine.yaml:6:31 charts.cert_manager.repository: must be an https:// or oci:// address, got "ftp://x"`,
    ],
  );
});

test.each([
  [
    "channels.yaml",
    "names releases that exist, in quotes, by channels in lower case",
    `stable: "2026.1"\ninsiders: 2026.11\nBad Name: "2026.10"\n`,
    [
      `channels.yaml:1:9 stable: unknown release "2026.1". Did you mean "2026.10"?`,
      `channels.yaml:2:11 insiders: must be text, got 2026.11, which YAML reads as a number. Write "2026.11" in quotes`,
      `channels.yaml:3:1 "Bad Name": must be lower-case letters, digits and dashes, starting with a letter, at most 40 characters, got "Bad Name"`,
    ],
  ],
  [
    "defaults.yaml",
    "holds valid values of known keys",
    `meta: { OWNER: Nobody }
tfvars: { cluster: { deletion_protection: 5 } }
sla_profiles: { production: { replicas: none, extra: 1 } }
other: 1
`,
    [
      `defaults.yaml:1:16 meta.OWNER: must be lower-case letters, digits and dashes, starting with a letter, at most 63 characters, got "Nobody"`,
      "defaults.yaml:2:43 tfvars.cluster.deletion_protection: must be true or false, got 5",
      `defaults.yaml:3:41 sla_profiles.production.replicas: must be a whole number from 1, got "none"`,
      'defaults.yaml:3:47 sla_profiles.production.extra: unknown key "extra". Known keys: replicas, metrics_retention_days, metrics_volume_gib, logs_retention_days, traces_retention_days, backup_schedule, backup_retention_days, alert_severity',
      'defaults.yaml:4:1 other: unknown key "other". Known keys: meta, tfvars, account_defaults, tier_defaults, sla_profiles',
    ],
  ],
  [
    "regions.yaml",
    "lists the zones of a region",
    "us-east-1: { partition: aws, zones: us-east-1a }\n",
    [`regions.yaml:1:37 us-east-1.zones: must be a list, got "us-east-1a". Write [us-east-1a]`],
  ],
  [
    "kubernetes-support.yaml",
    "holds dates that exist",
    `"1.35": { standard_until: soon, extended_until: 2027-13-01 }\n`,
    [
      `kubernetes-support.yaml:1:27 1.35.standard_until: must be a date, such as 2026-12-31, got "soon"`,
      `kubernetes-support.yaml:1:49 1.35.extended_until: must be a date, such as 2026-12-31, got "2027-13-01"`,
    ],
  ],
])("%s of a directory %s", (file, _, text, reports) => {
  expect(problemsOf({ [file]: text, [CLUSTER]: SMALLEST })).toEqual(reports);
});

test("a file that does not end in .yaml is refused, and not read", () => {
  expect(problemsOf({ ...IN_MINE, "accounts/mine.yml": account(), "tiers/x.YAML": "tfvars: {}" })).toEqual([
    "accounts/mine.yml:1:1 must end in .yaml. Rename the file",
    `${CLUSTER}:3:12 meta.ACCOUNT: unknown account "mine". Known in accounts: acme, production, sandbox`,
    "tiers/x.YAML:1:1 must end in .yaml. Rename the file",
  ]);
});
