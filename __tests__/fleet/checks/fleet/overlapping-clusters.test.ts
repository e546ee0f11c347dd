import { account, definition, type Sections } from "../../../support/definition";
import { inDefaults, problemsOf } from "../../../support/definitions";

const DEFAULT = inDefaults("tfvars.networking.vpc_cidr");
const OPEN = { "accounts/open.yaml": account() };

const peering = (cluster: string): string => `vpc_peering_connections:
  - { name: x, cluster: ${cluster}, tiers: [private], peer_tiers: [private], allow_remote_vpc_dns_resolution: true }`;

/** Files of clusters with these names. */
const files = (clusters: Readonly<Record<string, Sections>>) =>
  Object.fromEntries(
    Object.entries(clusters).map(([name, sections]) => [
      `clusters/${name}.example.com.yaml`,
      definition(sections, `${name}.example.com`),
    ]),
  );

describe("clusters in one account", () => {
  test("do not overlap, and the later name is reported with the place of the other range", () => {
    const networking = "vpc_cidr: 10.0.16.0/20";

    expect(problemsOf(files({ a: { networking: "vpc_cidr: 10.0.0.0/16" }, b: { networking } }))).toEqual([
      "clusters/b.example.com.yaml:9:15 tfvars.networking.vpc_cidr: 10.0.16.0/20 overlaps 10.0.0.0/16 of a.example.com (clusters/a.example.com.yaml:9:15), which shares account production. Choose another range, such as 10.1.0.0/20, which is free in account production",
    ]);
  });

  test("that both use the default range are reported in the cluster's own file", () => {
    expect(problemsOf(files({ a: {}, b: {} }))).toEqual([
      `clusters/b.example.com.yaml:2:17 tfvars.networking.vpc_cidr: 10.0.0.0/16 overlaps 10.0.0.0/16 of a.example.com (${DEFAULT}), which shares account production. Choose another range, such as 10.1.0.0/16, which is free in account production`,
    ]);
  });

  test("that both use the default range are reported at the account that they name", () => {
    const meta = "ACCOUNT: open";

    expect(problemsOf({ ...OPEN, ...files({ a: { meta }, b: { meta } }) })).toEqual([
      `clusters/b.example.com.yaml:3:12 tfvars.networking.vpc_cidr: 10.0.0.0/16 overlaps 10.0.0.0/16 of a.example.com (${DEFAULT}), which shares account open. Choose another range`,
    ]);
  });

  test("get no other range for a secondary block, because only the range of the VPC can be computed", () => {
    const pods = (range: string): Sections => ({
      networking: `vpc_cidr: ${range}\nsubnet_tiers: [private, public, pod]\nsecondary_cidr_blocks: [10.3.0.0/16]`,
    });

    expect(problemsOf(files({ a: pods("10.1.0.0/16"), b: pods("10.2.0.0/16") }))).toEqual([
      "clusters/b.example.com.yaml:11:29 tfvars.networking.secondary_cidr_blocks[0]: 10.3.0.0/16 overlaps 10.3.0.0/16 of a.example.com (clusters/a.example.com.yaml:11:29), which shares account production. Choose another range",
    ]);
  });

  test("with one name are reported for the name alone", () => {
    const smallest = definition();

    expect(
      problemsOf({ "clusters/a.example.com.yaml": smallest, "clusters/team/a.example.com.yaml": smallest }),
    ).toEqual([
      "clusters/team/a.example.com.yaml:2:17 meta.CLUSTER_NAME: is already the name of the cluster in clusters/a.example.com.yaml. Rename one of them",
    ]);
  });
});

describe("clusters in two accounts", () => {
  test("can have the same range", () => {
    expect(problemsOf({ ...OPEN, ...files({ a: {}, b: { meta: "ACCOUNT: open" } }) })).toEqual([]);
  });

  test("have other ranges if they are connected, and name other clusters that exist, each once", () => {
    const networking = "connected_to: [a.example.com, b.example.com, c.exmple.com, a.exampel.com, a.example.com]";

    expect(problemsOf({ ...OPEN, ...files({ a: {}, b: { meta: "ACCOUNT: open", networking } }) })).toEqual([
      `clusters/b.example.com.yaml:10:20 tfvars.networking.vpc_cidr: 10.0.0.0/16 overlaps 10.0.0.0/16 of a.example.com (${DEFAULT}), which is connected to it. Choose another range`,
      "clusters/b.example.com.yaml:10:35 tfvars.networking.connected_to[1]: is this cluster. Name another one",
      `clusters/b.example.com.yaml:10:50 tfvars.networking.connected_to[2]: cluster c.exmple.com does not exist. Did you mean "a.example.com"?`,
      `clusters/b.example.com.yaml:10:64 tfvars.networking.connected_to[3]: cluster a.exampel.com does not exist. Did you mean "a.example.com"?`,
      "clusters/b.example.com.yaml:10:79 tfvars.networking.connected_to[4]: names a.example.com a second time. Remove one of them",
    ]);
  });

  test("have other ranges if they are peered, compared once", () => {
    const pods = "subnet_tiers: [private, public, pod]\nsecondary_cidr_blocks: [10.3.0.0/16]";
    const networking = `${pods}\n${peering("a.example.com")}`;

    expect(
      problemsOf({ ...OPEN, ...files({ a: { networking: pods }, b: { meta: "ACCOUNT: open", networking } }) }),
    ).toEqual([
      `clusters/b.example.com.yaml:13:29 tfvars.networking.vpc_cidr: 10.0.0.0/16 overlaps 10.0.0.0/16 of a.example.com (${DEFAULT}), which is peered with it. Choose another range`,
      "clusters/b.example.com.yaml:13:29 tfvars.networking.vpc_peering_connections[x].cluster: 10.3.0.0/16 of a.example.com overlaps 10.3.0.0/16 of this VPC. AWS does not peer VPCs whose addresses overlap",
    ]);
  });

  test("can be peered and also listed in connected_to", () => {
    const networking = `vpc_cidr: 10.2.0.0/16\nconnected_to: [a.example.com]\n${peering("a.example.com")}`;

    expect(problemsOf({ ...OPEN, ...files({ a: {}, b: { meta: "ACCOUNT: open", networking } }) })).toEqual([]);
  });

  test("can be connected if one of them has an error of its own", () => {
    const a = { networking: "vpc_cidr: 10.0.0.1/16" };
    const b = { meta: "ACCOUNT: open", networking: "vpc_cidr: 10.2.0.0/16\nconnected_to: [a.example.com]" };

    expect(problemsOf({ ...OPEN, ...files({ a, b }) })).toEqual([
      expect.stringMatching(/^clusters\/a\.example\.com\.yaml:9:15 tfvars\.networking\.vpc_cidr: /),
    ]);
  });

  test("are not compared by a peering with a VPC that is not a cluster's", () => {
    const networking = `vpc_peering_connections:
  - { name: x, peer_vpc_id: vpc-01234567, destination_cidrs: [10.9.0.0/16], tiers: [private], allow_remote_vpc_dns_resolution: true }`;

    expect(problemsOf(files({ a: { networking } }))).toEqual([]);
  });

  test("are not compared by a peering that an existing VPC does not create", () => {
    const networking = `vpc_cidr: 10.0.0.0/16
existing_vpc: { vpc_id: vpc-01234567, subnet_tags: { private: { Tier: private } } }
${peering("a.example.com")}`;

    expect(problemsOf({ ...OPEN, ...files({ a: {}, b: { meta: "ACCOUNT: open", networking } }) })).toEqual([
      "clusters/b.example.com.yaml:13:7 tfvars.networking.vpc_peering_connections: has no effect because an existing VPC is not changed. Remove it, or set existing_vpc.add_connections: true",
    ]);
  });

  test("do not overlap each other's Services if they are connected", () => {
    const b = {
      meta: "ACCOUNT: open",
      networking: "vpc_cidr: 172.20.0.0/16\nconnected_to: [a.example.com]",
      cluster: "service_ipv4_cidr: 10.0.0.0/16",
    };

    expect(problemsOf({ ...OPEN, ...files({ a: {}, b }) })).toEqual([
      "clusters/b.example.com.yaml:11:20 tfvars.networking.connected_to[0]: 10.0.0.0/16 of a.example.com overlaps service_ipv4_cidr 10.0.0.0/16 of b.example.com. Change one of them",
      "clusters/b.example.com.yaml:11:20 tfvars.networking.connected_to[0]: 172.20.0.0/16 of b.example.com overlaps service_ipv4_cidr 172.20.0.0/16 of a.example.com. Change one of them",
    ]);
  });

  test.each([
    [
      "a transit gateway",
      "is attached to tgw-01234567 too",
      "transit_gateway_attachments: [{ name: x, transit_gateway_id: tgw-01234567, destination_cidrs: [10.60.0.0/16], tiers: [private] }]",
    ],
    [
      "a device",
      "has a VPN connection to 203.0.113.7 too",
      "vpn_connections: [{ name: x, customer_gateway: { ip_address: 203.0.113.7, bgp_asn: 65010 }, routing: bgp, destination_cidrs: [192.168.0.0/20], tiers: [private] }]",
    ],
    [
      "a customer gateway",
      "has a VPN connection to cgw-01234567 too",
      "vpn_connections: [{ name: x, customer_gateway_id: cgw-01234567, routing: bgp, destination_cidrs: [192.168.0.0/20], tiers: [private] }]",
    ],
    [
      "a Client VPN endpoint",
      "is reached by cvpn-endpoint-01234567 too",
      "client_vpn_associations: [{ name: x, client_vpn_endpoint_id: cvpn-endpoint-01234567, tier: intra, availability_zones: [us-east-1a] }]",
    ],
  ])("do not overlap if they share %s", (_, why, networking) => {
    const overlapping = problemsOf(files({ a: { networking }, b: { meta: "ACCOUNT: sandbox", networking } })).filter(
      (problem) => problem.includes("overlaps 10.0.0.0/16 of a.example.com"),
    );

    expect(overlapping).toEqual([expect.stringContaining(`of a.example.com (${DEFAULT}), which ${why}`)]);
  });
});
