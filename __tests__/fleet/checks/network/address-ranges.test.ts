import { inDefaults, problemsOf, SMALLEST } from "../../../support/definitions";

describe("regions and zones", () => {
  test("zones of another region", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  networking:
    availability_zones: [us-east-1a, us-west-2a, us-east-1a]
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:9:38 tfvars.networking.availability_zones[1]: "us-west-2a" is not a zone of us-east-1. Did you mean "us-east-1a"? Its zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1f`,
      "clusters/a.example.com.yaml:9:50 tfvars.networking.availability_zones[2]: names us-east-1a twice: name each zone once",
    ]);
  });
  test("more zones than there are", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  networking:
    availability_zones: 6
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:9:25 tfvars.networking.availability_zones: must be at most 5, the zones of us-east-1, got 6",
    ]);
  });
  test("zones of a group", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}      availability_zones: [us-east-1f, us-east-1a]
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:8:28 tfvars.workers[general].availability_zones[0]: "us-east-1f" is not a zone of the cluster's network. Did you mean "us-east-1a"? Its zones: us-east-1a, us-east-1b, us-east-1c`,
    ]);
  });
});

describe("ranges of addresses", () => {
  test("no range", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  networking:
    vpc_cidr: 10.0.0.0
    connected_to: []
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:9:15 tfvars.networking.vpc_cidr: must be an IPv4 CIDR block, such as 10.20.0.0/16, got "10.0.0.0"`,
    ]);
  });
  test("an octet too large", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  networking:
    vpc_cidr: 10.0.256.0/16
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:9:15 tfvars.networking.vpc_cidr: must be an IPv4 CIDR block, such as 10.20.0.0/16, got "10.0.256.0/16"`,
    ]);
  });
  test("not aligned", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  networking:
    vpc_cidr: 10.0.5.0/16
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:9:15 tfvars.networking.vpc_cidr: must start at the first address of its block, 10.0.0.0/16, got "10.0.5.0/16"`,
    ]);
  });
  test("too small and too large", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  networking:
    vpc_cidr: 10.0.0.0/25
  cluster:
    service_ipv4_cidr: 172.16.0.0/11
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:9:15 tfvars.networking.vpc_cidr: is too small: must be a /16 to a /24, got "10.0.0.0/25"`,
      `clusters/a.example.com.yaml:11:24 tfvars.cluster.service_ipv4_cidr: must start at the first address of its block, 172.0.0.0/11, got "172.16.0.0/11"`,
    ]);
  });
  test("subnets that do not fit", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  networking:
    vpc_cidr: 10.0.0.0/24
    availability_zones: 5
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:9:15 tfvars.networking.vpc_cidr: too small: 5 public subnets of /28 do not fit into an eighth of 10.0.0.0/24; take a larger vpc_cidr, or fewer availability_zones",
      "clusters/a.example.com.yaml:9:15 tfvars.networking.vpc_cidr: too small: 5 intra subnets of /28 do not fit into an eighth of 10.0.0.0/24; take a larger vpc_cidr, or fewer availability_zones",
    ]);
  });
  test("subnets that are asked for and do not fit", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  networking:
    subnet_prefix_lengths: { private: 18, public: 15, intra: 29 }
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:9:39 tfvars.networking.subnet_prefix_lengths.private: too small: 3 private subnets of /18 do not fit into half of 10.0.0.0/16; take a larger vpc_cidr, or a longer subnet_prefix_lengths.private of at most 28",
      "clusters/a.example.com.yaml:9:51 tfvars.networking.subnet_prefix_lengths.public: must be at least 16, got 15",
      "clusters/a.example.com.yaml:9:62 tfvars.networking.subnet_prefix_lengths.intra: must be at most 28, got 29",
    ]);
  });
  test("Services outside of private space", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  cluster:
    service_ipv4_cidr: 100.64.0.0/16
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:9:24 tfvars.cluster.service_ipv4_cidr: must lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16: EKS takes no other, got 100.64.0.0/16",
    ]);
  });
  test("Services in the VPC", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  cluster:
    service_ipv4_cidr: 10.0.0.0/20
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:9:24 tfvars.cluster.service_ipv4_cidr: 10.0.0.0/20 overlaps vpc_cidr 10.0.0.0/16: pods could not reach those addresses of the VPC",
    ]);
  });
  test("what AWS takes for no VPC", () => {
    expect(
      problemsOf({
        "accounts/open.yaml": `id: "444444444444"
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
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  ACCOUNT: open
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
  networking: { vpc_cidr: 127.0.0.0/16 }
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:9:27 tfvars.networking.vpc_cidr: 127.0.0.0/16 overlaps 127.0.0.0/8, which AWS takes for no VPC: use a range of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16",
    ]);
  });
  test("what the account reserves, and its pools", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  networking:
    vpc_cidr: 10.60.0.0/16
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:9:15 tfvars.networking.vpc_cidr: 10.60.0.0/16 overlaps 10.60.0.0/16, which account production reserves for the data centre, over Direct Connect",
    ]);
  });
  test("outside of the pools", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  networking:
    vpc_cidr: 192.168.0.0/16
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:9:15 tfvars.networking.vpc_cidr: 192.168.0.0/16 lies in none of account production's cidr_pools: 10.0.0.0/10; free in account production: 10.0.0.0/16",
    ]);
  });
  test("Services in what the account reserves", () => {
    expect(
      problemsOf({
        "accounts/office.yaml": `id: "444444444444"
state:
  bucket: example-state
  region: us-east-1
roles:
  deploy: arn:aws:iam::444444444444:role/deploy
  plan: arn:aws:iam::444444444444:role/plan
reserved_cidrs:
  - { cidr: 172.20.128.0/17, reason: the office }
tfvars:
  cluster:
    access_entries:
      - name: admin
        principal_arn: arn:aws:iam::444444444444:role/admin
        access_policy: AmazonEKSClusterAdminPolicy
`,
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  ACCOUNT: office
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual([
      `${inDefaults("tfvars.cluster.service_ipv4_cidr")} tfvars.cluster.service_ipv4_cidr: 172.20.0.0/16 overlaps 172.20.128.0/17, which account office reserves for the office (for cluster a.example.com)`,
    ]);
  });
  test("two clusters of one account", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": SMALLEST,
        "clusters/b.example.com.yaml": `meta:
  CLUSTER_NAME: b.example.com
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
        "clusters/c.example.com.yaml": `meta:
  CLUSTER_NAME: c.example.com
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
  networking: { vpc_cidr: 10.0.16.0/20 }
`,
      }),
    ).toEqual([
      `clusters/c.example.com.yaml:8:27 tfvars.networking.vpc_cidr: 10.0.16.0/20 overlaps 10.0.0.0/16 of a.example.com (${inDefaults("tfvars.networking.vpc_cidr")}), which shares account production; free in account production: 10.1.0.0/20`,
      `clusters/c.example.com.yaml:8:27 tfvars.networking.vpc_cidr: 10.0.16.0/20 overlaps 10.0.0.0/16 of b.example.com (${inDefaults("tfvars.networking.vpc_cidr")}), which shares account production; free in account production: 10.1.0.0/20`,
      `${inDefaults("tfvars.networking.vpc_cidr")} tfvars.networking.vpc_cidr: 10.0.0.0/16 overlaps 10.0.0.0/16 of a.example.com (${inDefaults("tfvars.networking.vpc_cidr")}), which shares account production; free in account production: 10.1.0.0/16 (for cluster b.example.com)`,
    ]);
  });
  test("clusters of two accounts may share a range", () => {
    expect(
      problemsOf({
        "accounts/open.yaml": `id: "444444444444"
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
        "clusters/a.example.com.yaml": SMALLEST,
        "clusters/b.example.com.yaml": `meta:
  CLUSTER_NAME: b.example.com
  ACCOUNT: open
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual([]);
  });
  test("connected clusters may not", () => {
    expect(
      problemsOf({
        "accounts/open.yaml": `id: "444444444444"
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
        "clusters/a.example.com.yaml": SMALLEST,
        "clusters/b.example.com.yaml": `meta:
  CLUSTER_NAME: b.example.com
  ACCOUNT: open
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
  networking: { connected_to: [a.example.com, b.example.com, c.exmple.com, a.exampel.com, a.example.com] }
`,
      }),
    ).toEqual([
      "clusters/b.example.com.yaml:9:47 tfvars.networking.connected_to[1]: names the cluster itself: name the other one",
      `clusters/b.example.com.yaml:9:62 tfvars.networking.connected_to[2]: there is no cluster c.exmple.com. Did you mean "a.example.com"?`,
      `clusters/b.example.com.yaml:9:76 tfvars.networking.connected_to[3]: there is no cluster a.exampel.com. Did you mean "a.example.com"?`,
      "clusters/b.example.com.yaml:9:91 tfvars.networking.connected_to[4]: names a.example.com twice: name each cluster once",
      `${inDefaults("tfvars.networking.vpc_cidr")} tfvars.networking.vpc_cidr: 10.0.0.0/16 overlaps 10.0.0.0/16 of a.example.com (${inDefaults("tfvars.networking.vpc_cidr")}), which is connected to it (for cluster b.example.com)`,
    ]);
  });
  test("connected clusters whose Services meet the other's network", () => {
    expect(
      problemsOf({
        "accounts/open.yaml": `id: "444444444444"
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
        "clusters/a.example.com.yaml": SMALLEST,
        "clusters/b.example.com.yaml": `meta:
  CLUSTER_NAME: b.example.com
  ACCOUNT: open
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
  networking:
    vpc_cidr: 172.20.0.0/16
    connected_to: [a.example.com]
  cluster:
    service_ipv4_cidr: 10.0.0.0/16
`,
      }),
    ).toEqual([
      "clusters/b.example.com.yaml:11:20 tfvars.networking.connected_to[0]: the network of a.example.com, 10.0.0.0/16, overlaps service_ipv4_cidr 10.0.0.0/16 of b.example.com",
      "clusters/b.example.com.yaml:11:20 tfvars.networking.connected_to[0]: the network of b.example.com, 172.20.0.0/16, overlaps service_ipv4_cidr 172.20.0.0/16 of a.example.com",
    ]);
  });
  test("the public endpoint", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  cluster:
    endpoint_public_access: true
    public_access_cidrs: [1.2.3.4, 1.2.3.4/24, 0.0.0.0/0]
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:10:27 tfvars.cluster.public_access_cidrs[0]: must be an IPv4 CIDR block, such as 10.20.0.0/16, got "1.2.3.4"`,
      `clusters/a.example.com.yaml:10:36 tfvars.cluster.public_access_cidrs[1]: must start at the first address of its block, 1.2.3.0/24, got "1.2.3.4/24"`,
    ]);
  });
});

test("tags of subnets that are not there, and tags of ours", () => {
  expect(
    problemsOf({
      "clusters/a.example.com.yaml": `${SMALLEST}  networking:
    subnet_tags: { database: { Backup: daily }, private: { Owner: me, Tier: app } }
`,
    }),
  ).toEqual([
    "clusters/a.example.com.yaml:9:30 tfvars.networking.subnet_tags.database: has no effect: the network has no database subnets. Remove it, or add database to subnet_tiers",
    "clusters/a.example.com.yaml:9:67 tfvars.networking.subnet_tags.private.Owner: is a tag of ours, on everything the cluster has: name yours otherwise (ours: Cluster, ManagedBy, Name, Owner, Stack, Tier)",
    "clusters/a.example.com.yaml:9:77 tfvars.networking.subnet_tags.private.Tier: is a tag of ours, on everything the cluster has: name yours otherwise (ours: Cluster, ManagedBy, Name, Owner, Stack, Tier)",
  ]);
});
