import { problemsOf, SMALLEST } from "../../../support/definitions";

describe("versions of Kubernetes", () => {
  test("a version that the release does not know", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  cluster:
    kubernetes_version: "1.40"
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:9:25 tfvars.cluster.kubernetes_version: release 2026.10 does not know Kubernetes 1.40; it knows 1.33, 1.34, 1.35",
    ]);
  });
  test("a version that is none", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  cluster:
    kubernetes_version: "v1.35"
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:9:25 tfvars.cluster.kubernetes_version: must be a Kubernetes minor version in quotes, such as "1.35", got "v1.35"`,
    ]);
  });
  test("near the end of its support", () => {
    expect(
      problemsOf(
        {
          "clusters/a.example.com.yaml": `${SMALLEST}  cluster:
    kubernetes_version: "1.34"
`,
        },
        { today: "2026-09-20" },
      ),
    ).toEqual([
      "clusters/a.example.com.yaml:9:25 warning: tfvars.cluster.kubernetes_version: standard support of Kubernetes 1.34 ends on 2026-12-02, in 73 days: upgrade to a later minor version",
    ]);
  });
  test("past the end of standard support", () => {
    expect(
      problemsOf(
        {
          "clusters/a.example.com.yaml": `${SMALLEST}  cluster:
    kubernetes_version: "1.34"
`,
        },
        { today: "2026-12-03" },
      ),
    ).toEqual([
      "clusters/a.example.com.yaml:9:25 warning: tfvars.cluster.kubernetes_version: standard support of Kubernetes 1.34 ended on 2026-12-02: the cluster costs a surcharge until 2027-12-02; upgrade to a later minor version",
    ]);
  });
  test("past the end of standard support, STANDARD", () => {
    expect(
      problemsOf(
        {
          "clusters/a.example.com.yaml": `${SMALLEST}  cluster:
    kubernetes_version: "1.34"
    upgrade_policy: STANDARD
`,
        },
        { today: "2027-01-01" },
      ),
    ).toEqual([
      "clusters/a.example.com.yaml:9:25 warning: tfvars.cluster.kubernetes_version: standard support of Kubernetes 1.34 ended on 2026-12-02: the cluster is upgraded by AWS (upgrade_policy: STANDARD); upgrade to a later minor version",
    ]);
  });
  test("past the end of all support, from the release, in two clusters", () => {
    expect(
      problemsOf(
        {
          "clusters/a.example.com.yaml": SMALLEST,
          "clusters/b.example.com.yaml": `meta:
  CLUSTER_NAME: b.example.com
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
  networking: { vpc_cidr: 10.1.0.0/16 }
`,
        },
        { today: "2030-01-01" },
      ),
    ).toEqual([
      "definitions/releases/2026.10.yaml:5:25 warning: tfvars.cluster.kubernetes_version: support of Kubernetes 1.35 ended on 2028-03-27: AWS upgrades the control plane without asking; upgrade to a later minor version (for clusters a.example.com, b.example.com)",
    ]);
  });
  test("a quarter before", () => {
    expect(problemsOf({ "clusters/a.example.com.yaml": SMALLEST }, { today: "2026-12-26" })).toEqual([]);
  });
  test("the last day", () => {
    expect(problemsOf({ "clusters/a.example.com.yaml": SMALLEST }, { today: "2027-03-27" })).toEqual([
      "definitions/releases/2026.10.yaml:5:25 warning: tfvars.cluster.kubernetes_version: standard support of Kubernetes 1.35 ends on 2027-03-27, today: upgrade to a later minor version (for cluster a.example.com)",
    ]);
  });
  test("earlier", () => {
    expect(problemsOf({ "clusters/a.example.com.yaml": SMALLEST }, { today: "2026-12-25" })).toEqual([]);
  });
});

describe("who may reach and use the cluster", () => {
  test("a public endpoint for nobody", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  cluster:
    endpoint_public_access: true
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:9:29 tfvars.cluster.endpoint_public_access: opens the API to the whole internet: list who may reach it in public_access_cidrs",
    ]);
  });
  test("ranges for no endpoint", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  cluster:
    public_access_cidrs: [1.2.3.0/24]
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:9:26 tfvars.cluster.public_access_cidrs: has no effect while endpoint_public_access is false: remove it, or open the endpoint",
    ]);
  });
  test("a public endpoint that lets no node in", () => {
    const definition = (range: string) => `${SMALLEST}  cluster:
    endpoint_private_access: false
    endpoint_public_access: true
    public_access_cidrs: [${range}]
`;
    expect(problemsOf({ "clusters/a.example.com.yaml": definition("198.51.100.0/24") })).toEqual([
      "clusters/a.example.com.yaml:9:30 tfvars.cluster.endpoint_private_access: must be true while public_access_cidrs is limited: nodes would come from the addresses of their NAT gateways, which it does not let in",
    ]);
    expect(problemsOf({ "clusters/a.example.com.yaml": definition("0.0.0.0/0") })).toEqual([
      "clusters/a.example.com.yaml:11:27 warning: tfvars.cluster.public_access_cidrs[0]: opens the API to the whole internet: name the ranges that people and pipelines come from",
    ]);
  });
  test("no endpoint", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  cluster:
    endpoint_private_access: false
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:9:30 tfvars.cluster.endpoint_private_access: must be true while endpoint_public_access is false: nobody could reach the API",
    ]);
  });
  test("no administrator", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  cluster:
    access_entries: []
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:9:21 tfvars.cluster.access_entries: must name at least one administrator (access_policy: AmazonEKSClusterAdminPolicy, no namespaces) besides the roles that deploy and plan: if the pipeline is lost, so is the cluster",
    ]);
  });
  test("entries", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  cluster:
    access_entries:
      - name: again
        principal_arn: arn:aws:iam::111111111111:role/platform-admin
        access_policy: AmazonEKSViewPolicy
        namespaces: ["\${x}", Team_A, "dev-*"]
        kubernetes_groups: [system:masters, eks:x, viewers]
      - name: root
        principal_arn: arn:aws:iam::111111111111:root
        access_policy: AmazonEKSViewPolicy
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:11:24 tfvars.cluster.access_entries[again].principal_arn: is the principal of the entry platform-admin too: EKS takes one entry a principal",
      `clusters/a.example.com.yaml:13:22 tfvars.cluster.access_entries[again].namespaces[0]: must be a namespace, or several such as team-*, got "\${x}"`,
      `clusters/a.example.com.yaml:13:30 tfvars.cluster.access_entries[again].namespaces[1]: must be a namespace, or several such as team-*, got "Team_A"`,
      "clusters/a.example.com.yaml:14:29 tfvars.cluster.access_entries[again].kubernetes_groups[0]: system:masters is reserved: EKS refuses groups that start with system:, eks:, aws:, amazon:, iam:",
      "clusters/a.example.com.yaml:14:45 tfvars.cluster.access_entries[again].kubernetes_groups[1]: eks:x is reserved: EKS refuses groups that start with system:, eks:, aws:, amazon:, iam:",
      `clusters/a.example.com.yaml:16:24 tfvars.cluster.access_entries[root].principal_arn: must be the ARN of an IAM role or user, such as arn:aws:iam::111111111111:role/platform-admin, got "arn:aws:iam::111111111111:root"`,
    ]);
  });
  test("the deploying role as only administrator", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  cluster:
    access_entries:
      - name: platform-admin
        principal_arn: arn:aws:iam::111111111111:role/cluster-deploy
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:10:7 tfvars.cluster.access_entries: must name at least one administrator (access_policy: AmazonEKSClusterAdminPolicy, no namespaces) besides the roles that deploy and plan: if the pipeline is lost, so is the cluster",
    ]);
  });
  test("another partition", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common:
    aws_region: cn-north-1
  workers:
    - name: general
  cluster:
    kms: { administrators: [arn:aws-cn:iam::111111111111:role/x, arn:aws:iam::111111111111:role/y] }
`,
      }),
    ).toEqual([
      "accounts/production.yaml:26:24 tfvars.cluster.access_entries[platform-admin].principal_arn: must be an ARN of partition aws-cn, as cn-north-1 is, got arn:aws:iam::111111111111:role/platform-admin (for cluster a.example.com)",
      "clusters/a.example.com.yaml:9:66 tfvars.cluster.kms.administrators[1]: must be an ARN of partition aws-cn, as cn-north-1 is, got arn:aws:iam::111111111111:role/y",
    ]);
  });

  test("a region that was refused makes no other mistake", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST.replace("us-east-1", "5")}  cluster:
    kms: { administrators: [arn:aws-cn:iam::111111111111:role/x] }
  networking:
    availability_zones: [cn-north-1a, cn-north-1b]
`,
      }),
    ).toEqual([
      'clusters/a.example.com.yaml:5:17 tfvars.common.aws_region: must be text, got 5, which YAML reads as a number. Write "5" in quotes',
    ]);
  });

  test("90 days before the end of support", () => {
    const told = problemsOf({ "clusters/a.example.com.yaml": SMALLEST }, { today: "2026-12-27" });
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("ends on 2027-03-27, in 90 days: upgrade to a later minor version");
  });
});
