import { Connections } from "../../../../constructs/networking/connections/connections";
import type { PeerNetwork } from "../../../../constructs/networking/connections/vpc-peering";
import type { Networking } from "../../../../fleet/model/cluster";
import { clusterOf, network, type Part } from "../../../support/cluster";
import { connectionsProps } from "../../../support/props";
import { type Block, type Synthesized, synth } from "../../../support/synth";

const NAME = "reference-eks-example-com";

function synthConnections(networking: Part<Networking>, peers: Readonly<Record<string, PeerNetwork>> = {}) {
  const props = connectionsProps(clusterOf({ networking }));
  return synth((scope) => new Connections(scope, "connections", { ...props, peers }));
}

/** Route table -> what its routes lead to, `range by target`. */
function routes(tf: Synthesized): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { depends_on, provider, route_table_id, ...route } of Object.values(tf.all("aws_route"))) {
    const { destination_cidr_block, destination_ipv6_cidr_block, destination_prefix_list_id, ...target } = route;
    const to = `${destination_cidr_block ?? destination_ipv6_cidr_block ?? destination_prefix_list_id} by ${Object.keys(target).join()}`;
    found[String(route_table_id)] = [...(found[String(route_table_id)] ?? []), to].sort();
  }
  return found;
}

const id = (tf: Synthesized, type: string): string => `\${${tf.addresses(type)[0]}.id}`;

test("a network without connections has none of their resources", () => {
  expect(synthConnections({}).addresses()).toEqual([]);
});

describe("a transit gateway", () => {
  const attachment = {
    name: "backbone",
    transit_gateway_id: "tgw-0123456789abcdef0",
    destination_cidrs: ["10.60.0.0/16", "10.61.0.0/16"],
    tiers: ["private", "intra"],
  } as const;

  test("has an interface in each zone's intra subnet, and keeps AWS's defaults", () => {
    expect(
      synthConnections({ transit_gateway_attachments: [attachment] }).only("aws_ec2_transit_gateway_vpc_attachment"),
    ).toEqual({
      transit_gateway_id: "tgw-0123456789abcdef0",
      vpc_id: "vpc-1",
      subnet_ids: ["subnet-intra-a", "subnet-intra-b", "subnet-intra-c"],
      tags: { Name: `${NAME}-backbone` },
    });
  });

  test("has routes in the tables of its tiers, after the attachment", () => {
    const list = "pl-0123456789abcdef0";
    const tf = synthConnections({
      transit_gateway_attachments: [{ ...attachment, destination_prefix_list_ids: [list] }],
    });
    const there = ["10.60.0.0/16", "10.61.0.0/16", list].map((range) => `${range} by transit_gateway_id`);

    expect(routes(tf)).toEqual({ "rtb-a": there, "rtb-b": there, "rtb-c": there, "rtb-intra": there });
    for (const route of Object.values(tf.all("aws_route")))
      expect(route["depends_on"]).toEqual(tf.addresses("aws_ec2_transit_gateway_vpc_attachment"));
  });

  test("has IPv6 routes too, and supports IPv6 then", () => {
    const tf = synthConnections({
      transit_gateway_attachments: [
        { ...attachment, tiers: ["intra"], destination_ipv6_cidrs: ["2001:db8:60::/48", "::/0"] },
      ],
    });

    expect(tf.only("aws_ec2_transit_gateway_vpc_attachment")["ipv6_support"]).toBe("enable");
    expect(routes(tf)).toEqual({
      "rtb-intra": ["10.60.0.0/16", "10.61.0.0/16", "2001:db8:60::/48", "::/0"].map(
        (range) => `${range} by transit_gateway_id`,
      ),
    });
    expect(tf.addresses("aws_route")).toEqual(
      expect.arrayContaining([expect.stringContaining("backbone_intra-to-2001-db8-60---48_")]),
    );
  });

  test("has one route in an existing table, whatever tiers list it and in any order", () => {
    const existing = {
      ...network,
      route_table_ids: { private: ["rtb-0000000a", "rtb-0000000b"], public: [], intra: ["rtb-0000000b"] },
    };
    const addresses = (tiers: readonly ("private" | "intra")[]) => {
      const cluster = clusterOf({
        networking: { transit_gateway_attachments: [{ ...attachment, tiers: [...tiers] }] },
      });
      const props = { ...connectionsProps(cluster), network: existing };
      return synth((scope) => new Connections(scope, "connections", props)).addresses("aws_route");
    };

    expect(addresses(["private", "intra"]).map((address) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
      "aws_route.connections_transit-gateway_backbone_rtb-0000000a-to-10-60-0-0-16",
      "aws_route.connections_transit-gateway_backbone_rtb-0000000a-to-10-61-0-0-16",
      "aws_route.connections_transit-gateway_backbone_rtb-0000000b-to-10-60-0-0-16",
      "aws_route.connections_transit-gateway_backbone_rtb-0000000b-to-10-61-0-0-16",
    ]);
    expect(addresses(["intra", "private"])).toEqual(addresses(["private", "intra"]));
  });

  test("uses the listed modes and tables, and not the default tables then", () => {
    const tf = synthConnections({
      transit_gateway_attachments: [
        {
          ...attachment,
          appliance_mode_support: true,
          dns_support: false,
          association_route_table_id: "tgw-rtb-0123456789abcdef0",
          propagation_route_table_ids: ["tgw-rtb-0123456789abcdef1"],
        },
      ],
    });
    const attached = id(tf, "aws_ec2_transit_gateway_vpc_attachment");

    expect(tf.only("aws_ec2_transit_gateway_vpc_attachment")).toMatchObject({
      appliance_mode_support: "enable",
      dns_support: "disable",
      transit_gateway_default_route_table_association: false,
      transit_gateway_default_route_table_propagation: false,
    });
    expect(tf.only("aws_ec2_transit_gateway_route_table_association")).toEqual({
      transit_gateway_attachment_id: attached,
      transit_gateway_route_table_id: "tgw-rtb-0123456789abcdef0",
    });
    expect(tf.only("aws_ec2_transit_gateway_route_table_propagation")).toEqual({
      transit_gateway_attachment_id: attached,
      transit_gateway_route_table_id: "tgw-rtb-0123456789abcdef1",
    });
  });

  test("is added or removed without a change of another attachment or range", () => {
    const other = { ...attachment, name: "other", transit_gateway_id: "tgw-0123456789abcdef1", destination_cidrs: [] };
    const one = synthConnections({
      transit_gateway_attachments: [{ ...attachment, destination_cidrs: ["10.60.0.0/16"] }],
    });
    const two = synthConnections({ transit_gateway_attachments: [other, attachment] });

    expect(two.addresses()).toEqual(expect.arrayContaining([...one.addresses()]));
  });
});

describe("peering", () => {
  const peer: PeerNetwork = {
    network: {
      vpc_id: "vpc-2",
      subnet_ids: { private: { a: "s-1", b: "s-2" }, public: {}, intra: { a: "s-3", b: "s-4" } },
      route_table_ids: { private: ["rtb-2a", "rtb-2b"], public: [], intra: ["rtb-2i"] },
    },
    accountId: "111111111111",
    region: "eu-west-1",
    ranges: ["10.7.0.0/16", "100.64.0.0/16"],
    ipv6Block: undefined,
    provider: undefined,
  };
  const peering = {
    name: "b",
    cluster: "b.example.com",
    tiers: ["private"],
    peer_tiers: ["private", "intra"],
    allow_remote_vpc_dns_resolution: true,
  } as const;
  const outside = {
    name: "warehouse",
    peer_vpc_id: "vpc-0123456789abcdef0",
    destination_cidrs: ["192.168.0.0/16"],
    tiers: ["intra"],
    allow_remote_vpc_dns_resolution: false,
  } as const;
  const options = (tf: Synthesized): Block[] => Object.values(tf.all("aws_vpc_peering_connection_options"));

  test("with a cluster of the same account and region is accepted automatically, and has routes on both sides", () => {
    const tf = synthConnections({ vpc_peering_connections: [peering] }, { "b.example.com": peer });
    const there = ["10.7.0.0/16", "100.64.0.0/16"].map((range) => `${range} by vpc_peering_connection_id`);
    const back = ["10.0.0.0/16 by vpc_peering_connection_id"];

    expect(tf.only("aws_vpc_peering_connection")).toEqual({
      vpc_id: "vpc-1",
      peer_vpc_id: "vpc-2",
      auto_accept: true,
      tags: { Name: `${NAME}-b` },
    });
    expect(routes(tf)).toEqual({
      ...{ "rtb-a": there, "rtb-b": there, "rtb-c": there },
      ...{ "rtb-2a": back, "rtb-2b": back, "rtb-2i": back },
    });
    expect(options(tf)).toEqual([
      {
        vpc_peering_connection_id: id(tf, "aws_vpc_peering_connection"),
        requester: { allow_remote_vpc_dns_resolution: true },
        accepter: { allow_remote_vpc_dns_resolution: true },
        depends_on: tf.addresses("aws_vpc_peering_connection"),
      },
    ]);
  });

  test("with a cluster has IPv6 routes if both have IPv6", () => {
    const blocks = (theirs: string | undefined, ours: string | undefined) => {
      const cluster = clusterOf({ networking: { vpc_peering_connections: [peering] } });
      const here = { ...network, ...(ours === undefined ? {} : { vpc_ipv6_cidr_block: ours }) };
      const peers = { "b.example.com": { ...peer, ipv6Block: theirs } };
      const props = { ...connectionsProps(cluster), network: here, peers };
      const tf = synth((scope) => new Connections(scope, "connections", props));
      return Object.values(routes(tf))
        .flat()
        .filter((route) => route.includes("::"));
    };
    const [here, there] = ["2001:db8:1::/56", "2001:db8:2::/56"];

    expect(new Set(blocks(there, here))).toEqual(
      new Set([`${there} by vpc_peering_connection_id`, `${here} by vpc_peering_connection_id`]),
    );
    expect(blocks(undefined, here)).toEqual([]);
    expect(blocks(there, undefined)).toEqual([]);
  });

  test("sends false for DNS resolution too, because AWS keeps the last value", () => {
    const tf = synthConnections(
      { vpc_peering_connections: [{ ...peering, allow_remote_vpc_dns_resolution: false }] },
      { "b.example.com": peer },
    );

    expect(options(tf)).toEqual([expect.objectContaining({ requester: { allow_remote_vpc_dns_resolution: false } })]);
  });

  test("with a VPC of another account is requested, and accepted by a person there", () => {
    const tf = synthConnections({ vpc_peering_connections: [{ ...outside, peer_owner_id: "444444444444" }] });

    expect(tf.only("aws_vpc_peering_connection")).toEqual({
      vpc_id: "vpc-1",
      peer_vpc_id: "vpc-0123456789abcdef0",
      peer_owner_id: "444444444444",
      peer_region: "eu-west-1",
      tags: { Name: `${NAME}-warehouse` },
    });
    expect(tf.addresses("aws_vpc_peering_connection_accepter")).toEqual([]);
    expect(options(tf)).toEqual([]); // AWS refuses them until it is accepted
    expect(routes(tf)).toEqual({ "rtb-intra": ["192.168.0.0/16 by vpc_peering_connection_id"] });
  });

  test("with a VPC of the same account is accepted automatically, without routes on its side", () => {
    const tf = synthConnections({ vpc_peering_connections: [outside] });

    expect(tf.only("aws_vpc_peering_connection")).toMatchObject({ auto_accept: true });
    expect(options(tf)).toEqual([
      {
        vpc_peering_connection_id: id(tf, "aws_vpc_peering_connection"),
        requester: { allow_remote_vpc_dns_resolution: false },
        depends_on: tf.addresses("aws_vpc_peering_connection"),
      },
    ]);
  });

  test("with a cluster that was not loaded is an error of the program", () => {
    expect(() => synthConnections({ vpc_peering_connections: [peering] })).toThrow(
      "peering b leads to b.example.com, which was not loaded (at test/connections)",
    );
  });
});

describe("site-to-site VPN", () => {
  const gateway = { ip_address: "203.0.113.7", bgp_asn: 65010 };
  const vpn = {
    name: "office",
    customer_gateway: gateway,
    destination_cidrs: ["192.168.0.0/24"],
    tiers: ["private"],
  } as const;

  test("has no pre-shared key in the state", () => {
    const tf = synthConnections({ vpn_connections: [{ ...vpn, routing: "bgp" }] });

    expect(tf.only("aws_vpn_connection")).toEqual({
      vpn_gateway_id: id(tf, "aws_vpn_gateway"),
      customer_gateway_id: id(tf, "aws_customer_gateway"),
      type: "ipsec.1",
      static_routes_only: false,
      preshared_key_storage: "SecretsManager",
      tags: { Name: `${NAME}-office` },
    });
  });

  test("with BGP, routes are propagated to each table once", () => {
    const tf = synthConnections({
      vpn_connections: [
        { ...vpn, routing: "bgp" },
        { ...vpn, name: "branch", customer_gateway: { ...gateway, ip_address: "203.0.113.8" }, routing: "bgp" },
      ],
    });

    expect(
      Object.values(tf.all("aws_vpn_gateway_route_propagation")).map(({ route_table_id }) => route_table_id),
    ).toEqual(["rtb-a", "rtb-b", "rtb-c"]);
    expect(routes(tf)).toEqual({});
    expect(tf.addresses("aws_vpn_connection_route")).toEqual([]);
    expect(tf.addresses("aws_vpn_gateway")).toHaveLength(1);
  });

  test("without BGP, ranges are routed in the tables and at the connection", () => {
    const tf = synthConnections({ vpn_connections: [{ ...vpn, routing: "static" }] });
    const there = ["192.168.0.0/24 by gateway_id"];

    expect(tf.only("aws_vpn_connection")["static_routes_only"]).toBe(true);
    expect(routes(tf)).toEqual({ "rtb-a": there, "rtb-b": there, "rtb-c": there });
    expect(tf.only("aws_vpn_connection_route")).toEqual({
      vpn_connection_id: id(tf, "aws_vpn_connection"),
      destination_cidr_block: "192.168.0.0/24",
    });
    expect(tf.addresses("aws_vpn_gateway_route_propagation")).toEqual([]);
  });

  test.each([
    [2147483647, { bgp_asn: "2147483647" }],
    [2147483648, { bgp_asn_extended: "2147483648" }],
  ])("spells the number %d as AWS accepts it", (bgp_asn, spelled) => {
    const tf = synthConnections({
      vpn_connections: [{ ...vpn, customer_gateway: { ...gateway, bgp_asn }, routing: "bgp" }],
    });

    const { bgp_asn: short, bgp_asn_extended: long } = tf.only("aws_customer_gateway");
    expect({ ...(short ? { bgp_asn: short } : {}), ...(long ? { bgp_asn_extended: long } : {}) }).toEqual(spelled);
  });

  test("uses existing gateways", () => {
    const { customer_gateway, ...rest } = vpn;
    const tf = synthConnections({
      vpn_gateway: { id: "vgw-0123456789abcdef0" },
      vpn_connections: [{ ...rest, customer_gateway_id: "cgw-0123456789abcdef0", routing: "bgp" }],
    });

    expect(tf.only("aws_vpn_connection")).toMatchObject({
      vpn_gateway_id: "vgw-0123456789abcdef0",
      customer_gateway_id: "cgw-0123456789abcdef0",
    });
    expect(tf.only("aws_vpn_gateway_attachment")).toEqual({ vpc_id: "vpc-1", vpn_gateway_id: "vgw-0123456789abcdef0" });
    expect(tf.addresses("aws_vpn_gateway")).toEqual([]);
    expect(tf.addresses("aws_customer_gateway")).toEqual([]);
  });

  test("uses a transit gateway, to which every table has routes, and whose route table has the static ranges", () => {
    const transit_gateway_attachments = [
      {
        name: "hub",
        transit_gateway_id: "tgw-01234567",
        destination_cidrs: ["10.60.0.0/16"],
        tiers: ["intra" as const],
      },
    ];
    const at = (routing: "static" | "bgp") =>
      synthConnections({
        transit_gateway_attachments,
        vpn_connections: [
          {
            ...vpn,
            routing,
            transit_gateway: "hub",
            ...(routing === "static" ? { transit_gateway_route_table_id: "tgw-rtb-01234567" } : {}),
          },
        ],
      });
    const there = ["192.168.0.0/24 by transit_gateway_id"];

    for (const tf of [at("static"), at("bgp")]) {
      expect(tf.addresses("aws_vpn_gateway")).toEqual([]);
      expect(tf.only("aws_vpn_connection")["transit_gateway_id"]).toBe("tgw-01234567");
      expect(routes(tf)).toMatchObject({ "rtb-a": there, "rtb-b": there, "rtb-c": there });
      expect(tf.addresses("aws_vpn_connection_route")).toEqual([]);
    }
    expect(at("static").only("aws_ec2_transit_gateway_route")).toEqual({
      transit_gateway_route_table_id: "tgw-rtb-01234567",
      transit_gateway_attachment_id: expect.stringMatching(
        /^\$\{aws_vpn_connection\..*\.transit_gateway_attachment_id\}$/,
      ),
      destination_cidr_block: "192.168.0.0/24",
    });
    expect(at("bgp").addresses("aws_ec2_transit_gateway_route")).toEqual([]);
  });

  test("can be a gateway alone, whose routes are propagated, such as those of Direct Connect", () => {
    const tf = synthConnections({ vpn_gateway: { propagation_tiers: ["private", "intra"] } });

    expect(tf.addresses("aws_vpn_gateway")).toHaveLength(1);
    expect(
      Object.values(tf.all("aws_vpn_gateway_route_propagation")).map(({ route_table_id }) => route_table_id),
    ).toEqual(["rtb-intra", "rtb-a", "rtb-b", "rtb-c"]);
  });

  test("has the definition's number", () => {
    const tf = synthConnections({
      vpn_gateway: { amazon_side_asn: 65001 },
      vpn_connections: [{ ...vpn, routing: "bgp" }],
    });

    expect(tf.only("aws_vpn_gateway")).toEqual({ vpc_id: "vpc-1", amazon_side_asn: "65001", tags: { Name: NAME } });
  });
});

describe("Client VPN", () => {
  const association = {
    name: "people",
    client_vpn_endpoint_id: "cvpn-endpoint-0123456789abcdef0",
    tier: "intra",
    availability_zones: ["eu-west-1a", "eu-west-1c"],
  } as const;

  test("is associated with subnets of the listed zones, for every user", () => {
    const tf = synthConnections({ client_vpn_associations: [association] });

    expect(Object.values(tf.all("aws_ec2_client_vpn_network_association")).map(({ subnet_id }) => subnet_id)).toEqual([
      "subnet-intra-a",
      "subnet-intra-c",
    ]);
    expect(tf.only("aws_ec2_client_vpn_authorization_rule")).toEqual({
      client_vpn_endpoint_id: "cvpn-endpoint-0123456789abcdef0",
      target_network_cidr: "10.0.0.0/16",
      authorize_all_groups: true,
      description: NAME,
      depends_on: tf.addresses("aws_ec2_client_vpn_network_association"),
    });
  });

  test("admits groups only if they are listed", () => {
    const tf = synthConnections({ client_vpn_associations: [{ ...association, access_group_ids: ["a", "b"] }] });
    const rules = Object.values(tf.all("aws_ec2_client_vpn_authorization_rule"));

    expect(rules.map(({ access_group_id }) => access_group_id)).toEqual(["a", "b"]);
    expect(rules.map(({ authorize_all_groups }) => authorize_all_groups)).toEqual([undefined, undefined]);
  });
});

describe("names", () => {
  test("has a private zone of the VPC, with which other VPCs may be associated", () => {
    const tf = synthConnections({ private_zones: [{ name: "internal", domain: "in.example.com" }] });

    expect(tf.only("aws_route53_zone")).toEqual({
      name: "in.example.com",
      comment: "Private zone of reference.eks.example.com",
      force_destroy: true,
      vpc: [{ vpc_id: "vpc-1", vpc_region: "eu-west-1" }],
      tags: { Name: `${NAME}-internal` },
      lifecycle: { ignore_changes: ["vpc"] },
    });
  });

  test("can use existing zones and rules", () => {
    const tf = synthConnections({
      private_zone_associations: [{ name: "shared", zone_id: "Z0123456789" }],
      resolver_rule_associations: [{ name: "shared", resolver_rule_id: "rslvr-rr-0123456789abcdef0" }],
    });

    expect(tf.only("aws_route53_zone_association")).toEqual({
      zone_id: "Z0123456789",
      vpc_id: "vpc-1",
      vpc_region: "eu-west-1",
    });
    expect(tf.only("aws_route53_resolver_rule_association")).toEqual({
      name: `${NAME}-shared`,
      resolver_rule_id: "rslvr-rr-0123456789abcdef0",
      vpc_id: "vpc-1",
    });
  });

  const rule = { name: "corp", domain_name: "corp.example.com", target_ips: ["10.60.0.10", "10.60.0.11"] } as const;

  test("forwards a domain to other servers, through an endpoint that may reach only them", () => {
    const tf = synthConnections({ resolver_rules: [rule, { ...rule, name: "lab", domain_name: "lab.example.com" }] });

    expect(tf.only("aws_route53_resolver_rule", "corp")).toEqual({
      name: `${NAME}-corp`,
      domain_name: "corp.example.com",
      rule_type: "FORWARD",
      resolver_endpoint_id: id(tf, "aws_route53_resolver_endpoint"),
      target_ip: [
        { ip: "10.60.0.10", port: 53 },
        { ip: "10.60.0.11", port: 53 },
      ],
      tags: { Name: `${NAME}-corp` },
    });
    expect(tf.only("aws_route53_resolver_endpoint")).toEqual({
      name: `${NAME}-outbound`,
      direction: "OUTBOUND",
      ip_address: [{ subnet_id: "subnet-intra-a" }, { subnet_id: "subnet-intra-b" }],
      security_group_ids: [id(tf, "aws_security_group")],
      tags: { Name: NAME },
    });
    expect(
      Object.values(tf.all("aws_vpc_security_group_egress_rule")).map(
        (each) => `${each["cidr_ipv4"]} ${each["ip_protocol"]} ${each["from_port"]}-${each["to_port"]}`,
      ),
    ).toEqual([
      "10.60.0.10/32 tcp 53-53",
      "10.60.0.10/32 udp 53-53",
      "10.60.0.11/32 tcp 53-53",
      "10.60.0.11/32 udp 53-53",
    ]);
    expect(tf.addresses("aws_route53_resolver_rule_association")).toHaveLength(2);
  });

  test("forwards a domain through an existing endpoint", () => {
    const tf = synthConnections({ resolver_rules: [{ ...rule, resolver_endpoint_id: "rslvr-out-0123456789abcdef0" }] });

    expect(tf.only("aws_route53_resolver_rule")["resolver_endpoint_id"]).toBe("rslvr-out-0123456789abcdef0");
    expect(tf.addresses("aws_route53_resolver_endpoint")).toEqual([]);
    expect(tf.addresses("aws_security_group")).toEqual([]);
  });
});

test("a connection can have the name of a part of another one", () => {
  const vpn = { routing: "bgp", destination_cidrs: ["192.168.0.0/24"], tiers: ["private"] } as const;
  const names = ["gateway", "x", "x-customer-gateway", "propagation-private"];
  const tf = synthConnections({
    vpn_connections: names.map((name, index) => ({
      ...vpn,
      name,
      customer_gateway: { ip_address: `203.0.113.${index + 1}`, bgp_asn: 65000 },
    })),
    resolver_rules: ["security-group", "x", "x-association"].map((name) => ({
      name,
      domain_name: `${name}.example.com`,
      target_ips: ["10.9.0.1"],
    })),
    private_zones: [{ name: "association-x", domain: "a.example.com" }],
    private_zone_associations: [{ name: "x", zone_id: "Z1234567" }],
  });

  expect(tf.addresses("aws_vpn_connection")).toHaveLength(names.length);
  expect(tf.addresses("aws_customer_gateway")).toHaveLength(names.length);
  expect(tf.addresses("aws_route53_resolver_rule")).toHaveLength(3);
});
