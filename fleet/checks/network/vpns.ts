import { meantOrKnown } from "../../../language/suggest";
import { namedTwice, sharedTwice } from "../../../language/twice";
import { contains } from "../../../language/words/cidr";
import type { Networking } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { PRIVATE_SPACE, UNUSABLE } from "../../network/zones";
import { eachItem, type ItemRule } from "../../rules/each-item";
import type { Check } from "../../rules/finding";
import { exactlyOne, noEffect, requires } from "../../rules/forms";

const NETWORKING = ["tfvars", "networking"] as const;
const VPNS = [...NETWORKING, "vpn_connections"] as const;
const GATEWAY = [...NETWORKING, "vpn_gateway"] as const;

type Vpn = Networking["vpn_connections"][number];
type VpnRule = ItemRule<Vpn>;

const leadsToOneDevice: VpnRule = (vpn) => exactlyOne(vpn, "customer_gateway", "customer_gateway_id");

/** AWS reaches the device over the internet. */
const hasPublicAddress: VpnRule = ({ customer_gateway }) => {
  const address = customer_gateway?.ip_address;
  if (address === undefined || ![...PRIVATE_SPACE, ...UNUSABLE].some((space) => contains(space, address))) return [];
  const message = `must be a public address, but is ${address}. For a device behind NAT, use the address of the NAT device`;
  return [{ path: ["customer_gateway", "ip_address"], message }];
};

/** AS number of a new virtual private gateway if the definition sets none: CreateVpnGateway of EC2's API. */
const DEFAULT_ASN = 64512;

/** AS numbers of AWS, and the regions that reserve them: "Customer gateway options" of the Site-to-Site VPN guide. */
const RESERVED_ASNS: Readonly<Record<number, string | undefined>> = {
  7224: "every region",
  9059: "eu-west-1",
  10124: "ap-northeast-1",
  17943: "ap-southeast-1",
};

const hasNoNumberOfAws =
  ({ definition }: Subject): VpnRule =>
  ({ customer_gateway }) => {
    if (customer_gateway === undefined) return [];
    const { bgp_asn } = customer_gateway;
    const reserved = RESERVED_ASNS[bgp_asn];
    if (reserved === undefined) return [];
    if (reserved !== "every region" && reserved !== definition.tfvars.common.aws_region) return [];
    const message = `AWS reserves ${bgp_asn} in ${reserved}. Use the number of the device, or a private one such as 65000`;
    return [{ path: ["customer_gateway", "bgp_asn"], message }];
  };

/** EC2's API refuses two equal numbers with AsnConflict. */
const hasAnotherNumberThanGateway =
  ({ definition }: Subject): VpnRule =>
  ({ customer_gateway, transit_gateway }) => {
    if (customer_gateway === undefined || transit_gateway !== undefined) return [];
    const { amazon_side_asn, id } = definition.tfvars.networking.vpn_gateway;
    if (id !== null || customer_gateway.bgp_asn !== (amazon_side_asn ?? DEFAULT_ASN)) return [];
    const message = `must differ from the number of the virtual private gateway (${customer_gateway.bgp_asn}). Use another number, or set another vpn_gateway.amazon_side_asn before the gateway is created`;
    return [{ path: ["customer_gateway", "bgp_asn"], message }];
  };

const hasTransitGateway =
  ({ definition }: Subject): VpnRule =>
  ({ transit_gateway }) => {
    if (transit_gateway === undefined) return [];
    const names = definition.tfvars.networking.transit_gateway_attachments.map(({ name }) => name);
    if (names.includes(transit_gateway)) return [];
    const meant = meantOrKnown(transit_gateway, names);
    return [{ path: ["transit_gateway"], message: `${transit_gateway} is not in transit_gateway_attachments${meant}` }];
  };

/** A transit gateway learns announced routes by itself, and static routes from its route table. */
const hasTableForStaticRoutes: VpnRule = ({ routing, transit_gateway, transit_gateway_route_table_id: table }) => {
  const needed = transit_gateway !== undefined && routing === "static";
  if (needed && table === undefined) {
    const what = "transit_gateway_route_table_id, because routing is static";
    return [requires(["transit_gateway"], what, "Name the table that routes destination_cidrs")];
  }
  if (needed || table === undefined) return [];
  const reason = transit_gateway === undefined ? "transit_gateway is not set" : "routing is bgp";
  return [noEffect(["transit_gateway_route_table_id"], reason)];
};

const perVpn: Check = (subject) =>
  eachItem(VPNS, subject.definition.tfvars.networking.vpn_connections, [
    leadsToOneDevice,
    hasPublicAddress,
    hasNoNumberOfAws(subject),
    hasAnotherNumberThanGateway(subject),
    hasTransitGateway(subject),
    hasTableForStaticRoutes,
  ]);

/**
 * Returns a check that a device has one connection to the virtual private gateway. A transit gateway balances traffic over
 * several connections to one device.
 */
function oneConnectionPerDevice(
  key: "customer_gateway" | "customer_gateway_id",
  deviceOf: (vpn: Vpn) => string | undefined,
): Check {
  return ({ definition }) =>
    sharedTwice(
      definition.tfvars.networking.vpn_connections,
      (vpn) => (vpn.transit_gateway === undefined ? deviceOf(vpn) : undefined),
      VPNS,
      key,
      (device, first) =>
        `${first} already connects ${device}. A virtual private gateway has one connection of 2 tunnels to a device. Remove one of them`,
    );
}

const propagatedOnce: Check = ({ definition }) =>
  namedTwice(definition.tfvars.networking.vpn_gateway.propagation_tiers, [...GATEWAY, "propagation_tiers"]);

const numbersNewGateway: Check = ({ definition }) => {
  const { vpn_connections, vpn_gateway } = definition.tfvars.networking;
  const { amazon_side_asn, id, propagation_tiers } = vpn_gateway;
  if (amazon_side_asn === null) return [];
  const path = [...GATEWAY, "amazon_side_asn"];
  if (id !== null) return [noEffect(path, `${id} has its own number`)];
  if (propagation_tiers.length > 0 || vpn_connections.some((vpn) => vpn.transit_gateway === undefined)) return [];
  return [noEffect(path, "no item of vpn_connections ends at a virtual private gateway", "or set propagation_tiers")];
};

export const vpnRules: readonly Check[] = [
  perVpn,
  oneConnectionPerDevice("customer_gateway_id", ({ customer_gateway_id }) => customer_gateway_id),
  oneConnectionPerDevice("customer_gateway", ({ customer_gateway }) => customer_gateway?.ip_address),
  propagatedOnce,
  numbersNewGateway,
];
