import { inDefaults, problemsOf, SMALLEST } from "../../../support/definitions";

describe("layers", () => {
  test("an account that no cluster takes", () => {
    expect(
      problemsOf({
        "accounts/unused.yaml": `id: "55555555555"
state:
  bucket: EXAMPLE
  region: us-east-1
roles:
  deploy: arn:aws:iam::55555555555:role/deploy
  plan: arn:aws:iam::55555555555:role/plan
tfvars:
  cluster:
    access_entries:
      - name: admin
        principal_arn: arn:aws:iam::55555555555:role/ad min
        access_policy: AmazonEKSClusterAdminPolicy
`,
        "clusters/a.example.com.yaml": SMALLEST,
      }),
    ).toEqual([
      `accounts/unused.yaml:1:5 id: must be the 12 digits of an AWS account in quotes, such as "012345678901", got "55555555555"`,
      `accounts/unused.yaml:3:11 state.bucket: must be the name of an S3 bucket: 3 to 63 lower-case letters, digits, dashes and dots, got "EXAMPLE"`,
      `accounts/unused.yaml:6:11 roles.deploy: must be the ARN of an IAM role, such as arn:aws:iam::111111111111:role/deploy, got "arn:aws:iam::55555555555:role/deploy"`,
      `accounts/unused.yaml:7:9 roles.plan: must be the ARN of an IAM role, such as arn:aws:iam::111111111111:role/deploy, got "arn:aws:iam::55555555555:role/plan"`,
      `accounts/unused.yaml:12:24 tfvars.cluster.access_entries[admin].principal_arn: must be the ARN of an IAM role or user, such as arn:aws:iam::111111111111:role/platform-admin, got "arn:aws:iam::55555555555:role/ad min"`,
    ]);
  });
  test("an account id that YAML mangles", () => {
    expect(
      problemsOf({
        "accounts/mine.yaml": `id: 012345678901
state:
  bucket: example-state
  region: us-east-1
roles:
  deploy: arn:aws:iam::012345678901:role/deploy
  plan: arn:aws:iam::012345678901:role/plan
tfvars:
  cluster:
    access_entries:
      - name: admin
        principal_arn: arn:aws:iam::012345678901:role/admin
        access_policy: AmazonEKSClusterAdminPolicy
`,
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  ACCOUNT: mine
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual([
      `accounts/mine.yaml:1:5 id: must be text, got 012345678901, which YAML reads as a number: write "012345678901" in quotes`,
    ]);
  });
  test("an account that is not YAML, and its cluster", () => {
    expect(
      problemsOf({
        "accounts/mine.yaml": `id: [
`,
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  ACCOUNT: mine
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
  networking: { vpc_cidr: 10.0.0.1/16 }
`,
      }),
    ).toEqual([
      "accounts/mine.yaml:2:1 is not valid YAML: a [ or { before this line is not closed",
      `clusters/a.example.com.yaml:9:27 tfvars.networking.vpc_cidr: must start where its block does: the block of this address is 10.0.0.0/16, got "10.0.0.1/16"`,
    ]);
  });
  test("an account with keys of a definition", () => {
    expect(
      problemsOf({
        "accounts/mine.yaml": `id: "444444444444"
state:
  bucket: example-state
  region: us-east-1
roles:
  deploy: arn:aws:iam::444444444444:role/deploy
  plan: arn:aws:iam::444444444444:role/plan
meta: { OWNER: x }
idd: 5
tfvars:
  cluster:
    access_entries:
      - name: admin
        principal_arn: arn:aws:iam::444444444444:role/admin
        access_policy: AmazonEKSClusterAdminPolicy
`,
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  ACCOUNT: mine
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual([
      "accounts/mine.yaml:8:1 meta: unknown key; known here: id, state, roles, cidr_pools, reserved_cidrs, hosted_zones, tfvars",
      `accounts/mine.yaml:9:1 idd: unknown key, did you mean "id"?`,
    ]);
  });
  test("two accounts of one id, a role elsewhere, an unknown region", () => {
    expect(
      problemsOf({
        "accounts/one.yaml": `id: "444444444444"
state:
  bucket: example-state
  region: us-east-1
roles:
  deploy: arn:aws:iam::444444444444:role/deploy
  plan: arn:aws:iam::444444444444:role/plan
tfvars:
  cluster:
    access_entries:
      - name: admin
        principal_arn: arn:aws:iam::444444444444:role/admin
        access_policy: AmazonEKSClusterAdminPolicy
`,
        "accounts/two.yaml": `id: "444444444444"
state:
  bucket: example-state
  region: us-esat-1
roles:
  deploy: arn:aws:iam::444444444444:role/deploy
  plan: arn:aws:iam::555555555555:role/plan
tfvars:
  cluster:
    access_entries:
      - name: admin
        principal_arn: arn:aws:iam::444444444444:role/admin
        access_policy: AmazonEKSClusterAdminPolicy
`,
        "clusters/a.example.com.yaml": SMALLEST,
      }),
    ).toEqual([
      "accounts/two.yaml:1:5 id: is the id of account one too: keep one file an account",
      `accounts/two.yaml:4:11 state.region: unknown region "us-esat-1", did you mean "us-east-1"?`,
      "accounts/two.yaml:7:9 roles.plan: must be a role of account 444444444444, got arn:aws:iam::555555555555:role/plan",
    ]);
  });
  test("ranges of an account", () => {
    expect(
      problemsOf({
        "accounts/mine.yaml": `id: "444444444444"
state:
  bucket: example-state
  region: us-east-1
roles:
  deploy: arn:aws:iam::444444444444:role/deploy
  plan: arn:aws:iam::444444444444:role/plan
cidr_pools: [10.0.0.1/10, x]
reserved_cidrs:
  - { cidr: 10.0.0.0/33 }
hosted_zones: { example.com: abc, UPPER: Z1 }
tfvars:
  cluster:
    access_entries:
      - name: admin
        principal_arn: arn:aws:iam::444444444444:role/admin
        access_policy: AmazonEKSClusterAdminPolicy
`,
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  ACCOUNT: mine
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual([
      `accounts/mine.yaml:8:14 cidr_pools[0]: must start where its block does: the block of this address is 10.0.0.0/10, got "10.0.0.1/10"`,
      `accounts/mine.yaml:8:27 cidr_pools[1]: must be an IPv4 CIDR block, such as 10.20.0.0/16, got "x"`,
      "accounts/mine.yaml:10:5 reserved_cidrs[0].reason: is required: must be text",
      `accounts/mine.yaml:10:13 reserved_cidrs[0].cidr: must be an IPv4 CIDR block, such as 10.20.0.0/16, got "10.0.0.0/33"`,
      `accounts/mine.yaml:11:30 hosted_zones.example.com: must be the id of a Route 53 hosted zone, such as Z0123456789ABCDEFGHIJ, got "abc"`,
      `accounts/mine.yaml:11:35 hosted_zones.UPPER: must be a domain name in lower case, such as production.eks.example.com, got "UPPER"`,
    ]);
  });
  test("a value that came through the account", () => {
    expect(
      problemsOf({
        "accounts/mine.yaml": `id: "444444444444"
state:
  bucket: example-state
  region: us-east-1
roles:
  deploy: arn:aws:iam::444444444444:role/deploy
  plan: arn:aws:iam::444444444444:role/plan
tfvars:
  cluster:
    access_entries:
      - name: admin
        principal_arn: arn:aws:iam::444444444444:role/admin
        access_policy: AmazonEKSClusterAdminPolicy
  networking:
    availability_zones: [us-west-2a, us-west-2b]
  worker_defaults:
    min_size: 9
`,
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  ACCOUNT: mine
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
        "clusters/b.example.com.yaml": `meta:
  CLUSTER_NAME: b.example.com
  ACCOUNT: mine
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
      max_size: 2
  networking: { vpc_cidr: 10.1.0.0/16 }
`,
      }),
    ).toEqual([
      `accounts/mine.yaml:15:26 tfvars.networking.availability_zones[0]: "us-west-2a" is not a zone of us-east-1, did you mean "us-east-1a"? Its zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1f (for clusters a.example.com, b.example.com)`,
      `accounts/mine.yaml:15:38 tfvars.networking.availability_zones[1]: "us-west-2b" is not a zone of us-east-1, did you mean "us-east-1b"? Its zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1f (for clusters a.example.com, b.example.com)`,
      "clusters/b.example.com.yaml:9:17 tfvars.workers[general].max_size: must be at least min_size (9), got 2",
      `${inDefaults("tfvars.worker_defaults.max_size")} tfvars.workers[general].max_size: must be at least min_size (9), got 3 (for cluster a.example.com)`,
    ]);
  });
  test("a mistake that every cluster overrides", () => {
    expect(
      problemsOf({
        "accounts/mine.yaml": `id: "444444444444"
state:
  bucket: example-state
  region: us-east-1
roles:
  deploy: arn:aws:iam::444444444444:role/deploy
  plan: arn:aws:iam::444444444444:role/plan
tfvars:
  cluster:
    access_entries:
      - name: admin
        principal_arn: arn:aws:iam::444444444444:role/admin
        access_policy: AmazonEKSClusterAdminPolicy
    deletion_protection: maybe
`,
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  ACCOUNT: mine
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
  cluster:
    deletion_protection: true
`,
      }),
    ).toEqual([`accounts/mine.yaml:14:26 tfvars.cluster.deletion_protection: must be true or false, got "maybe"`]);
  });
  test("a tier with keys of its own", () => {
    expect(
      problemsOf({
        "tiers/mine.yaml": `tfvar: {}
tfvars:
  cluster:
    deletion_protectoin: true
name: x
`,
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  TIER: mine
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual([
      `tiers/mine.yaml:1:1 tfvar: unknown key, did you mean "tfvars"?`,
      `tiers/mine.yaml:4:5 tfvars.cluster.deletion_protectoin: unknown key, did you mean "deletion_protection"?`,
      "tiers/mine.yaml:5:1 name: unknown key; known here: tfvars",
    ]);
  });
  test("an empty tier", () => {
    expect(
      problemsOf({
        "tiers/mine.yaml": "",
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  TIER: mine
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual(["tiers/mine.yaml:1:1 the file is empty: it must hold a map of keys"]);
  });
  test("a release that is wrong, and no version", () => {
    expect(
      problemsOf({
        "releases/mine.yaml": `kubernetes:
  1.35:
    ami_release_version: latest
    eks_addons: { coredns: 1.10 }
charts:
  cert_manager: { repository: ftp://x, chart: cert-manager }
`,
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  RELEASE_MODEL: mine
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:5:3 tfvars.cluster.kubernetes_version: is required: must be text",
      `releases/mine.yaml:3:26 kubernetes.1.35.ami_release_version: must be an EKS AMI release, such as 1.35.6-20260714, got "latest"`,
      `releases/mine.yaml:4:28 kubernetes.1.35.eks_addons.coredns: must be text, got 1.10, which YAML reads as a number: write "1.10" in quotes`,
      "releases/mine.yaml:6:17 charts.cert_manager.version: is required: must be text",
      `releases/mine.yaml:6:31 charts.cert_manager.repository: must be an https:// or oci:// address, got "ftp://x"`,
    ]);
  });
  test("channels", () => {
    expect(
      problemsOf({
        "channels.yaml": `stable: "2026.1"
insiders: 2026.11
Bad Name: "2026.10"
`,
        "clusters/a.example.com.yaml": SMALLEST,
      }),
    ).toEqual([
      `channels.yaml:1:9 stable: unknown release "2026.1", did you mean "2026.10"?`,
      `channels.yaml:2:11 insiders: must be text, got 2026.11, which YAML reads as a number: write "2026.11" in quotes`,
      `channels.yaml:3:1 "Bad Name": must be lower-case letters, digits and dashes, starting with a letter, at most 40 characters, got "Bad Name"`,
    ]);
  });
  test("a channel of no release", () => {
    expect(
      problemsOf({
        "channels.yaml": `stable: "2026.1"
`,
        "clusters/a.example.com.yaml": SMALLEST,
      }),
    ).toEqual([`channels.yaml:1:9 stable: unknown release "2026.1", did you mean "2026.10"?`]);
  });
  test("defaults of the directory", () => {
    expect(
      problemsOf({
        "defaults.yaml": `meta: { OWNER: Nobody }
tfvars:
  cluster:
    deletion_protection: 5
sla_profiles:
  production: { replicas: none, extra: 1 }
other: 1
`,
        "clusters/a.example.com.yaml": SMALLEST,
      }),
    ).toEqual([
      `defaults.yaml:1:16 meta.OWNER: must be lower-case letters, digits and dashes, starting with a letter, at most 63 characters, got "Nobody"`,
      "defaults.yaml:4:26 tfvars.cluster.deletion_protection: must be true or false, got 5",
      `defaults.yaml:6:27 sla_profiles.production.replicas: must be a number, got "none"`,
      "defaults.yaml:6:33 sla_profiles.production.extra: unknown key; known here: replicas, metrics_retention_days, metrics_volume_gib, logs_retention_days, traces_retention_days, backup_schedule, backup_retention_days, alert_severity",
      "defaults.yaml:7:1 other: unknown key; known here: meta, tfvars, account_defaults, sla_profiles",
    ]);
  });
  test("regions of the directory", () => {
    expect(
      problemsOf({
        "regions.yaml": `us-east-1: { partition: aws, zones: us-east-1a }
`,
        "clusters/a.example.com.yaml": SMALLEST,
      }),
    ).toEqual([`regions.yaml:1:37 us-east-1.zones: must be a list, got "us-east-1a"`]);
  });
  test("support of the directory", () => {
    expect(
      problemsOf({
        "kubernetes-support.yaml": `"1.35": { standard_until: soon, extended_until: 2027-13-01 }
`,
        "clusters/a.example.com.yaml": SMALLEST,
      }),
    ).toEqual([
      `kubernetes-support.yaml:1:27 1.35.standard_until: must be a date, such as 2026-12-31, got "soon"`,
      `kubernetes-support.yaml:1:49 1.35.extended_until: must be a date, such as 2026-12-31, got "2027-13-01"`,
    ]);
  });
  test("files of the wrong ending", () => {
    expect(
      problemsOf({
        "accounts/mine.yml": `id: "444444444444"
state:
  bucket: example-state
  region: us-east-1
roles:
  deploy: arn:aws:iam::444444444444:role/deploy
  plan: arn:aws:iam::444444444444:role/plan
tfvars:
  cluster:
    access_entries:
      - name: admin
        principal_arn: arn:aws:iam::444444444444:role/admin
        access_policy: AmazonEKSClusterAdminPolicy
`,
        "tiers/x.YAML": "tfvars: {}",
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  ACCOUNT: mine
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual([
      "accounts/mine.yml:1:1 must end in .yaml: rename the file",
      `clusters/a.example.com.yaml:3:12 meta.ACCOUNT: unknown account "mine"; accounts has: acme, production, sandbox`,
      "tiers/x.YAML:1:1 must end in .yaml: rename the file",
    ]);
  });
});
