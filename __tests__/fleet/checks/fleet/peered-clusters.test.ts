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

    expect(problemsOf(clusters(a, cluster("b", `vpc_cidr: 10.2.0.0/16\n${gateway}\n${peering("a")}`)))).toEqual([
      "clusters/b.example.com.yaml:14:18 tfvars.networking.vpc_peering_connections[peer].cluster: a.example.com already has a peering connection with this cluster, and two VPCs have one. Remove it from one of the two files",
      "clusters/b.example.com.yaml:14:18 tfvars.networking.vpc_peering_connections[peer].cluster: 10.1.0.0/16 of a.example.com is already routed to transit_gateway_attachments[x], and a route table has one route to a range. Remove one of them",
    ]);
  });

  test("can be peered by the file of either", () => {
    const other = { networking: "vpc_cidr: 10.2.0.0/16" };

    expect(problemsOf(clusters(cluster("a", other.networking), cluster("b", peering("a"))))).toEqual([]);
    expect(problemsOf(clusters(cluster("a", peering("b")), cluster("b", other.networking)))).toEqual([]);
  });

  test("can have the same route in tables of other tiers", () => {
    const gateway =
      "transit_gateway_attachments:\n  - { name: x, transit_gateway_id: tgw-0123456789abcdef0, destination_cidrs: [10.1.0.0/16], tiers: [TIERS] }";
    const a = cluster("a", "vpc_cidr: 10.1.0.0/16");
    const b = (tiers: string) =>
      cluster("b", `vpc_cidr: 10.2.0.0/16\n${gateway.replace("TIERS", tiers)}\n${peering("a")}`);

    expect(problemsOf(clusters(a, b("intra, public")))).toEqual([]);
    expect(problemsOf(clusters(a, b("intra, private")))).toEqual([
      "clusters/b.example.com.yaml:14:18 tfvars.networking.vpc_peering_connections[peer].cluster: 10.1.0.0/16 of a.example.com is already routed to transit_gateway_attachments[x], and a route table has one route to a range. Remove one of them",
    ]);
  });

  test("can answer each other's API if its subnets have the route, by a secondary block too", () => {
    const a = cluster("a", `vpc_cidr: 10.1.0.0/16\n${peering("b", "private, intra", "private, intra")}`, {
      cluster: "private_access_cidrs: [10.2.0.0/20]",
    });
    const b = cluster("b", "vpc_cidr: 10.2.0.0/16", { cluster: "private_access_cidrs: [10.1.0.0/16]" });
    expect(problemsOf(clusters(a, b))).toEqual([]);

    const pods =
      "vpc_cidr: 10.2.0.0/16\nsubnet_tiers: [private, public, intra, pod]\nsecondary_cidr_blocks: [100.64.0.0/16]";
    const closed = cluster("a", `vpc_cidr: 10.1.0.0/16\n${peering("b")}`, {
      cluster: "private_access_cidrs: [100.64.0.0/20]",
    });
    expect(problemsOf(clusters(closed, cluster("b", pods)))).toEqual([
      "clusters/a.example.com.yaml:12:18 tfvars.networking.vpc_peering_connections[peer].cluster: private_access_cidrs of a.example.com allows 100.64.0.0/20 of b.example.com, but the API answers from the intra subnets, which have no route to it. Add intra to tiers",
    ]);
  });

  test("use the tiers of their own connection, not of another one", () => {
    const third = peering("c", "intra", "private")
      .replace("vpc_peering_connections:\n", "")
      .replace("name: peer", "name: third");
    const a = cluster("a", `vpc_cidr: 10.1.0.0/16\n${peering("b")}\n${third}`, {
      cluster: "private_access_cidrs: [10.2.0.0/20]",
    });
    const files = {
      ...clusters(a, cluster("b", "vpc_cidr: 10.2.0.0/16")),
      "clusters/c.example.com.yaml": cluster("c", "vpc_cidr: 10.3.0.0/16"),
    };

    expect(problemsOf(files)).toEqual([
      "clusters/a.example.com.yaml:12:18 tfvars.networking.vpc_peering_connections[peer].cluster: private_access_cidrs of a.example.com allows 10.2.0.0/20 of b.example.com, but the API answers from the intra subnets, which have no route to it. Add intra to tiers",
    ]);
  });

  test("report nothing about a value that was refused, or a region that does not exist", () => {
    const wide = { cluster: "private_access_cidrs: [10.2.0.1/20]" };
    const b = cluster("b", "vpc_cidr: 10.2.0.0/16");

    expect(problemsOf(clusters(cluster("a", peering("b"), wide), b))).toEqual([
      expect.stringContaining("tfvars.cluster.private_access_cidrs[0]: must start at the first address of its block"),
    ]);
    expect(problemsOf(clusters(cluster("a", peering("b")).replace("us-east-1", "us-east-9"), b))).toEqual([
      'clusters/a.example.com.yaml:5:17 tfvars.common.aws_region: unknown region "us-east-9". Did you mean "us-east-1"?',
    ]);
  });

  test("have no secondary block that overlaps the other's VPC", () => {
    const pods = "vpc_cidr: 10.2.0.0/16\nsubnet_tiers: [private, public, pod]\nsecondary_cidr_blocks: [10.0.0.0/16]";
    const open = account();
    const files = {
      "accounts/open.yaml": open,
      ...clusters(cluster("a", peering("b")), cluster("b", pods, { meta: "ACCOUNT: open" })),
    };

    expect(problemsOf(files)).toEqual([
      "clusters/a.example.com.yaml:11:18 tfvars.networking.vpc_peering_connections[peer].cluster: 10.0.0.0/16 of b.example.com overlaps 10.0.0.0/16 of this VPC. AWS does not peer VPCs whose addresses overlap",
    ]);
  });

  test("have ranges that do not overlap", () => {
    const a = cluster("a", `vpc_cidr: 10.1.0.0/16\n${peering("b")}`);

    expect(problemsOf(clusters(a, cluster("b", "vpc_cidr: 10.1.128.0/17")))).toEqual([
      "clusters/b.example.com.yaml:9:15 tfvars.networking.vpc_cidr: 10.1.128.0/17 overlaps 10.1.0.0/16 of a.example.com (clusters/a.example.com.yaml:9:15), which shares account production. Choose another range, such as 10.0.0.0/17, which is free in account production",
    ]);
  });

  test("have secondary blocks that do not overlap, and tiers that exist", () => {
    const pods = (range: string): string => `vpc_cidr: ${range}
subnet_tiers: [private, public, pod]
secondary_cidr_blocks: [100.64.0.0/16]`;
    const a = cluster("a", `${pods("10.1.0.0/16")}\n${peering("b", "intra", "private, database")}`);

    expect(problemsOf(clusters(a, cluster("b", pods("10.2.0.0/16"))))).toEqual([
      "clusters/a.example.com.yaml:14:18 tfvars.networking.vpc_peering_connections[peer].cluster: 100.64.0.0/16 of b.example.com overlaps 100.64.0.0/16 of this VPC. AWS does not peer VPCs whose addresses overlap",
      "clusters/a.example.com.yaml:14:18 tfvars.networking.vpc_peering_connections[peer].cluster: b.example.com has no database subnets. Remove database from peer_tiers",
      "clusters/a.example.com.yaml:15:17 tfvars.networking.vpc_peering_connections[peer].tiers[0]: the network has no intra subnets. Remove intra or add it to subnet_tiers",
    ]);
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

    expect(problemsOf(clusters(a, b))).toEqual([
      "clusters/a.example.com.yaml:12:18 tfvars.networking.vpc_peering_connections[peer].cluster: 10.2.128.0/24 is routed to transit_gateway_attachments[x] but is in 10.2.0.0/16 of b.example.com, so that part of its network could not be reached. Remove that route",
      "clusters/a.example.com.yaml:12:18 tfvars.networking.vpc_peering_connections[peer].cluster: private_access_cidrs of a.example.com allows 10.2.0.0/20 of b.example.com, but the API answers from the intra subnets, which have no route to it. Add intra to tiers",
      "clusters/a.example.com.yaml:12:18 tfvars.networking.vpc_peering_connections[peer].cluster: private_access_cidrs of b.example.com allows 10.1.0.0/16 of a.example.com, but the API answers from the intra subnets, which have no route to it. Add intra to peer_tiers",
    ]);
  });

  test.each(["every cluster is read", "one cluster is selected"])("are in one partition if %s", (what) => {
    const files = {
      "accounts/china.yaml": CHINA,
      ...clusters(cluster("a", peering("b")), inChina("vpc_cidr: 10.2.0.0/16")),
    };

    expect(problemsOf(files, what.startsWith("one") ? { select: "a.example.com" } : {})).toEqual([
      "clusters/a.example.com.yaml:11:18 tfvars.networking.vpc_peering_connections[peer].cluster: b.example.com is in partition aws-cn and this cluster in aws. AWS peers VPCs within one partition only",
    ]);
  });

  test("are not in an existing VPC, whose route tables are not managed here", () => {
    const b = cluster(
      "b",
      `vpc_cidr: 10.2.0.0/16
availability_zones: [us-east-1a, us-east-1b]
existing_vpc: { vpc_id: vpc-01234567, subnet_ids: { private: { us-east-1a: subnet-0a000001, us-east-1b: subnet-0a000002 } } }`,
    );

    expect(problemsOf(clusters(cluster("a", peering("b", "private", "private, database")), b))).toEqual([
      "clusters/a.example.com.yaml:11:18 tfvars.networking.vpc_peering_connections[peer].cluster: b.example.com uses an existing VPC, whose route tables are not managed here. Peer with it by peer_vpc_id",
    ]);
  });

  test("make no ring, in which none could be deployed first", () => {
    const ring = (...peers: readonly (string | undefined)[]) =>
      Object.fromEntries(
        peers.map((peer, index) => {
          const name = "abcdef"[index] ?? "";
          return [
            `clusters/${name}.example.com.yaml`,
            cluster(name, [`vpc_cidr: 10.${index}.0.0/16`, ...(peer ? [peering(peer)] : [])].join("\n")),
          ];
        }),
      );
    const closes = (name: string, way: string, cure: string) => [
      `clusters/${name}.example.com.yaml:12:18 tfvars.networking.vpc_peering_connections[peer].cluster: closes the ring ${way}, in which each network requires the next one, so none can be deployed first. Move this connection to the file of ${cure}, and swap tiers and peer_tiers`,
    ];

    const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => `${name}.example.com`);
    expect(problemsOf(ring("b", "c", "a"))).toEqual(closes("c", `${a} > ${b} > ${c} > ${a}`, `${a}`));
    // The cluster that leads into the ring is not part of it.
    expect(problemsOf(ring("c", "c", "d", "b"))).toEqual(closes("b", `${c} > ${d} > ${b} > ${c}`, `${c}`));
    expect(problemsOf(ring("b", "c", "d", undefined))).toEqual([]);
    expect(problemsOf(ring("c", "c", "d", undefined))).toEqual([]);
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
