import { problemsOf, SMALLEST } from "../../../support/definitions";

describe("overlapping ranges", () => {
  test("one name in two files makes no overlap of a cluster with itself", () => {
    expect(
      problemsOf({ "clusters/a.example.com.yaml": SMALLEST, "clusters/team/a.example.com.yaml": SMALLEST }),
    ).toEqual([
      "clusters/team/a.example.com.yaml:2:17 meta.CLUSTER_NAME: is the name of the cluster in clusters/a.example.com.yaml too: each cluster has a name of its own",
    ]);
  });

  const cluster = (name: string, range: string): string =>
    `${SMALLEST.replace("a.example.com", `${name}.example.com`)}  networking: { vpc_cidr: ${range} }\n`;

  test("where the other one was written", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": cluster("a", "10.0.0.0/16"),
        "clusters/b.example.com.yaml": cluster("b", "10.0.16.0/20"),
      }),
    ).toEqual([
      "clusters/b.example.com.yaml:8:27 tfvars.networking.vpc_cidr: 10.0.16.0/20 overlaps 10.0.0.0/16 of a.example.com (clusters/a.example.com.yaml:8:27), which shares account production; free in account production: 10.1.0.0/20",
    ]);
  });

  test("what is free in the pools is said only where every cluster was read", () => {
    const files = {
      "clusters/a.example.com.yaml": cluster("a", "10.0.0.0/16"),
      "clusters/b.example.com.yaml": cluster("b", "192.168.0.0/16"),
    };
    const told =
      "clusters/b.example.com.yaml:8:27 tfvars.networking.vpc_cidr: 192.168.0.0/16 lies in none of account production's cidr_pools: 10.0.0.0/10";
    expect(problemsOf(files)).toEqual([`${told}; free in account production: 10.1.0.0/16`]);
    expect(problemsOf(files, { select: "b.example.com" })).toEqual([told]);
  });

  test.each([
    [
      "transit_gateway_attachments: [{ name: x, transit_gateway_id: tgw-01234567, destination_cidrs: [10.60.0.0/16], tiers: [private] }]",
      "is attached to tgw-01234567 too",
    ],
    [
      "vpn_connections: [{ name: x, customer_gateway: { ip_address: 203.0.113.7, bgp_asn: 65010 }, routing: bgp, destination_cidrs: [192.168.0.0/20], tiers: [private] }]",
      "has a VPN connection to 203.0.113.7 too",
    ],
    [
      "vpn_connections: [{ name: x, customer_gateway_id: cgw-01234567, routing: bgp, destination_cidrs: [192.168.0.0/20], tiers: [private] }]",
      "has a VPN connection to cgw-01234567 too",
    ],
    [
      "client_vpn_associations: [{ name: x, client_vpn_endpoint_id: cvpn-endpoint-01234567, tier: intra, availability_zones: [us-east-1a] }]",
      "is reached by cvpn-endpoint-01234567 too",
    ],
  ])("of two accounts' clusters that meet at one thing: %s", (list, because) => {
    const at = (name: string, account: string): string =>
      cluster(name, `10.0.0.0/16, ${list}`).replace("meta:\n", `meta:\n  ACCOUNT: ${account}\n`);
    const problems = problemsOf({
      "clusters/a.example.com.yaml": at("a", "production"),
      "clusters/b.example.com.yaml": at("b", "sandbox"),
    }).filter((problem) => problem.includes("overlaps"));

    expect(problems).toEqual([
      expect.stringContaining(
        `10.0.0.0/16 overlaps 10.0.0.0/16 of a.example.com (clusters/a.example.com.yaml:9:27), which ${because}`,
      ),
    ]);
  });
});
