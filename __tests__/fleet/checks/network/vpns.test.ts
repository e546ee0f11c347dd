import { definition, testReports } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const vpn = (name: string, keys: string): string =>
  `  - { name: ${name}, routing: bgp, destination_cidrs: [192.168.${name.charCodeAt(0)}.0/24], tiers: [private], ${keys} }`;
const vpns = (...each: readonly string[]): string => `vpn_connections:\n${each.join("\n")}`;
const device = (address = "203.0.113.7", asn = 65000): string =>
  `customer_gateway: { ip_address: ${address}, bgp_asn: ${asn} }`;
const HUB =
  "transit_gateway_attachments: [{ name: hub, transit_gateway_id: tgw-01234567, destination_cidrs: [10.60.0.0/16], tiers: [private] }]\n";

describe("a VPN connection", () => {
  testReports({
    "leads to one device": {
      networking: vpns(vpn("x", "transit_gateway_route_table_id: tgw-rtb-01234567")),
      reports: [
        "10:9 tfvars.networking.vpn_connections[x]: requires customer_gateway or customer_gateway_id. Set one of them",
        "10:123 tfvars.networking.vpn_connections[x].transit_gateway_route_table_id: has no effect because transit_gateway is not set. Remove it",
      ],
    },
    "leads to a device once": {
      networking: vpns(vpn("x", device()), vpn("y", device())),
      reports: [
        "11:109 tfvars.networking.vpn_connections[y].customer_gateway: x already connects 203.0.113.7. A virtual private gateway has one connection of 2 tunnels to a device. Remove one of them",
      ],
    },
    "leads to a customer gateway once": {
      networking: vpns(vpn("x", "customer_gateway_id: cgw-01234567"), vpn("y", "customer_gateway_id: cgw-01234567")),
      reports: [
        "11:112 tfvars.networking.vpn_connections[y].customer_gateway_id: x already connects cgw-01234567. A virtual private gateway has one connection of 2 tunnels to a device. Remove one of them",
      ],
    },
    "leads to a device with a public address": {
      networking: vpns(vpn("x", device("192.168.1.1")), vpn("y", device("0.0.0.0"))),
      reports: [
        "10:123 tfvars.networking.vpn_connections[x].customer_gateway.ip_address: must be a public address, but is 192.168.1.1. For a device behind NAT, use the address of the NAT device",
        "11:123 tfvars.networking.vpn_connections[y].customer_gateway.ip_address: must be a public address, but is 0.0.0.0. For a device behind NAT, use the address of the NAT device",
      ],
    },
    "leads to a device whose number AWS does not reserve everywhere": {
      networking: vpns(vpn("x", device("203.0.113.7", 7224))),
      reports: [
        "10:145 tfvars.networking.vpn_connections[x].customer_gateway.bgp_asn: AWS reserves 7224 in every region. Use the number of the device, or a private one such as 65000",
      ],
    },
    "can lead to a device whose number AWS reserves in another region": {
      networking: vpns(vpn("x", device("203.0.113.7", 9059))),
      reports: [],
    },
    "leads to a device with another number than the default of the gateway": {
      networking: vpns(vpn("x", device("203.0.113.7", 64512))),
      reports: [
        "10:145 tfvars.networking.vpn_connections[x].customer_gateway.bgp_asn: must differ from the number of the virtual private gateway (64512). Use another number, or set another vpn_gateway.amazon_side_asn before the gateway is created",
      ],
    },
    "leads to a device with another number than the one of the gateway": {
      networking: `${vpns(vpn("x", device("203.0.113.7", 65001)))}\nvpn_gateway: { amazon_side_asn: 65001 }`,
      reports: [
        "10:145 tfvars.networking.vpn_connections[x].customer_gateway.bgp_asn: must differ from the number of the virtual private gateway (65001). Use another number, or set another vpn_gateway.amazon_side_asn before the gateway is created",
      ],
    },
    "can lead to any number from an existing gateway, and from a transit gateway": {
      networking: `${HUB}${vpns(vpn("x", device("203.0.113.7", 64512)), vpn("y", `transit_gateway: hub, ${device("203.0.113.8", 64512)}`))}
vpn_gateway: { id: vgw-0123456789abcdef0 }`,
      reports: [],
    },
    "has no key in the file": {
      networking: vpns(vpn("x", "customer_gateway_id: cgw-01234567, preshared_key: abcdefgh")),
      reports: [
        '10:126 tfvars.networking.vpn_connections[x].preshared_key: unknown key "preshared_key". Known keys: name, customer_gateway_id, customer_gateway, transit_gateway, transit_gateway_route_table_id, routing, destination_cidrs, tiers',
      ],
    },
  });

  test("leads to a device whose number AWS does not reserve in the region", () => {
    const file = "clusters/a.example.com.yaml";
    const cluster = definition({ networking: vpns(vpn("x", device("203.0.113.7", 9059))) });

    expect(problemsOf({ [file]: cluster.replace("us-east-1", "eu-west-1") })).toEqual([
      `${file}:10:145 tfvars.networking.vpn_connections[x].customer_gateway.bgp_asn: AWS reserves 9059 in eu-west-1. Use the number of the device, or a private one such as 65000`,
    ]);
  });
});

describe("a VPN connection at a transit gateway", () => {
  const at = (keys: string): string =>
    `${HUB}vpn_connections: [{ name: x, customer_gateway_id: cgw-01234567, destination_cidrs: [192.168.0.0/20], tiers: [private], ${keys} }]`;
  const TABLE = "transit_gateway_route_table_id: tgw-rtb-01234567";

  testReports({
    "requires its attachment": {
      networking: at("routing: bgp, transit_gateway: hubb"),
      reports: [
        '10:155 tfvars.networking.vpn_connections[x].transit_gateway: hubb is not in transit_gateway_attachments. Did you mean "hub"?',
      ],
    },
    "requires a route table if routing is static": {
      networking: at("routing: static, transit_gateway: hub"),
      reports: [
        "10:158 tfvars.networking.vpn_connections[x].transit_gateway: requires transit_gateway_route_table_id, because routing is static. Name the table that routes destination_cidrs",
      ],
    },
    "has no route table if routing is bgp": {
      networking: at(`routing: bgp, transit_gateway: hub, ${TABLE}`),
      reports: [
        "10:192 tfvars.networking.vpn_connections[x].transit_gateway_route_table_id: has no effect because routing is bgp. Remove it",
      ],
    },
    "has no route table without the transit gateway": {
      networking: at(`routing: static, ${TABLE}`),
      reports: [
        "10:173 tfvars.networking.vpn_connections[x].transit_gateway_route_table_id: has no effect because transit_gateway is not set. Remove it",
      ],
    },
    "requires no virtual private gateway": {
      networking: `${at(`routing: static, transit_gateway: hub, ${TABLE}`)}\nvpn_gateway: { amazon_side_asn: 64600 }`,
      reports: [
        "11:37 tfvars.networking.vpn_gateway.amazon_side_asn: has no effect because no item of vpn_connections ends at a virtual private gateway. Remove it, or set propagation_tiers",
      ],
    },
  });
});

describe("the number of a virtual private gateway", () => {
  testReports({
    "has no effect on an existing gateway": {
      networking: "vpn_gateway: { id: vgw-0123456789abcdef0, amazon_side_asn: 65001 }",
      reports: [
        "9:64 tfvars.networking.vpn_gateway.amazon_side_asn: has no effect because vgw-0123456789abcdef0 has its own number. Remove it",
      ],
    },
    "has no effect if nothing uses the gateway": {
      networking: "vpn_gateway: { amazon_side_asn: 65001 }",
      reports: [
        "9:37 tfvars.networking.vpn_gateway.amazon_side_asn: has no effect because no item of vpn_connections ends at a virtual private gateway. Remove it, or set propagation_tiers",
      ],
    },
    ...Object.fromEntries(
      [64512, 65534, 4200000000, 4294967294].map((asn) => [
        `can be ${asn}`,
        { networking: `vpn_gateway: { propagation_tiers: [private], amazon_side_asn: ${asn} }`, reports: [] },
      ]),
    ),
    ...Object.fromEntries(
      [7224, 64511, 65535, 4199999999, 4294967295].map((asn) => [
        `is not ${asn}`,
        {
          networking: `vpn_gateway: { propagation_tiers: [private], amazon_side_asn: ${asn} }`,
          reports: [
            `9:67 tfvars.networking.vpn_gateway.amazon_side_asn: must be a private number: 64512 to 65534, or 4200000000 to 4294967294, got ${asn}`,
          ],
        },
      ]),
    ),
  });
});
