import { account, definition } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const peering = (other: string, tiers = "private", peerTiers = "private"): string => `vpc_peering_connections:
  - name: peer
    cluster: ${other}.example.com
    tiers: [${tiers}]
    peer_tiers: [${peerTiers}]
    allow_remote_vpc_dns_resolution: true`;
const cluster = (name: string, networking: string, more = {}): string =>
  definition({ networking, ...more }, `${name}.example.com`);
const clusters = (a: string, b: string) => ({
  "clusters/a.example.com.yaml": a,
  "clusters/b.example.com.yaml": b,
});

const CHINA = account().replace("us-east-1", "cn-north-1").replaceAll("arn:aws:", "arn:aws-cn:");
const inChina = (networking: string): string =>
  cluster("b", networking, { meta: "ACCOUNT: china" }).replace("us-east-1", "cn-north-1");

describe("clusters that are peered", () => {
  test("have one connection, and one route to each range", () => {
    const gateway =
      "transit_gateway_attachments:\n  - { name: x, transit_gateway_id: tgw-0123456789abcdef0, destination_cidrs: [10.1.0.0/16], tiers: [private] }";
    const a = cluster("a", `vpc_cidr: 10.1.0.0/16\n${peering("b")}`);

    expect(problemsOf(clusters(a, cluster("b", `vpc_cidr: 10.2.0.0/16\n${gateway}\n${peering("a")}`)))).toEqual([]);
  });

  test("have ranges that do not overlap", () => {
    const a = cluster("a", `vpc_cidr: 10.1.0.0/16\n${peering("b")}`);

    expect(problemsOf(clusters(a, cluster("b", "vpc_cidr: 10.1.128.0/17")))).toEqual([]);
  });

  test("have secondary blocks that do not overlap, and tiers that exist", () => {
    const pods = (range: string): string => `vpc_cidr: ${range}
subnet_tiers: [private, public, pod]
secondary_cidr_blocks: [100.64.0.0/16]`;
    const a = cluster("a", `${pods("10.1.0.0/16")}\n${peering("b", "intra", "private, database")}`);

    expect(problemsOf(clusters(a, cluster("b", pods("10.2.0.0/16"))))).toEqual([]);
  });

  test("route to the whole range of each other, and answer each other's API", () => {
    const gateway =
      "transit_gateway_attachments:\n  - { name: x, transit_gateway_id: tgw-0123456789abcdef0, destination_cidrs: [10.2.128.0/24], tiers: [private] }";
    const a = cluster("a", `vpc_cidr: 10.1.0.0/16\n${peering("b")}\n${gateway}`, {
      cluster: "private_access_cidrs: [10.2.0.0/20]",
    });
    const b = cluster("b", "vpc_cidr: 10.2.0.0/16", {
      cluster: "private_access_cidrs: [10.1.0.0/16, 10.0.0.0/8]",
    });

    expect(problemsOf(clusters(a, b))).toEqual([]);
  });

  test.each(["every cluster is read", "one cluster is selected"])("are in one partition if %s", (what) => {
    const files = {
      "accounts/china.yaml": CHINA,
      ...clusters(cluster("a", peering("b")), inChina("vpc_cidr: 10.2.0.0/16")),
    };

    expect(problemsOf(files, what.startsWith("one") ? { select: "a.example.com" } : {})).toEqual([]);
  });

  test("are not in an existing VPC, whose route tables are not managed here", () => {
    const b = cluster(
      "b",
      `vpc_cidr: 10.2.0.0/16
availability_zones: [us-east-1a, us-east-1b]
existing_vpc: { vpc_id: vpc-01234567, subnet_ids: { private: { us-east-1a: subnet-0a000001, us-east-1b: subnet-0a000002 } } }`,
    );

    expect(problemsOf(clusters(cluster("a", peering("b")), b))).toEqual([]);
  });

  test("are read with the one that is selected, and others are not", () => {
    const b = inChina("vpc_cidr: 10.2.0.0/16")
      .replace("cn-north-1", "us-east-9")
      .replace("name: general", "name: general\n      typo: 1");
    const files = {
      "accounts/china.yaml": CHINA,
      ...clusters(cluster("a", peering("b")), b),
      "clusters/c.example.com.yaml": "meta: [\n",
    };

    expect(problemsOf(files, { select: "a.example.com" })).toEqual([
      'clusters/b.example.com.yaml:6:17 tfvars.common.aws_region: unknown region "us-east-9". Did you mean "us-east-1"?',
      expect.stringContaining("clusters/b.example.com.yaml:9:7 tfvars.workers[general].typo: unknown key"),
    ]);
  });
});
