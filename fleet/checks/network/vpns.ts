import { didYouMean, listed } from "../../../language/suggest";
import { namedTwice, sharedTwice } from "../../../language/twice";
import { contains } from "../../../language/words/cidr";
import type { Path } from "../../../language/yaml/tree";
import type { Networking } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { usesExistingVpc } from "../../network/existing-vpc";
import { tierPrefixLength } from "../../network/subnets";
import { PRIVATE_SPACE, UNUSABLE, zonesOf } from "../../network/zones";
import type { Check, Finding } from "../../rules/finding";

const NETWORKING = ["tfvars", "networking"] as const;

type Vpn = Networking["vpn_connections"][number];

/** Each VPN connection has one customer gateway of its own, and ends at a gateway that is here, which is described where one is made. */
export const checkVpns: Check = ({ definition }) => {
  const { common, networking } = definition.tfvars;
  const path = [...NETWORKING, "vpn_connections"];
  return [
    ...networking.vpn_connections.flatMap((vpn, index) =>
      [
        ...otherSide(vpn),
        ...device(vpn, networking.vpn_gateway, common.aws_region),
        ...transitGateway(vpn, networking),
      ].map((finding) => ({
        ...finding,
        path: [...path, index, ...finding.path],
      })),
    ),
    ...sharedDevices(networking.vpn_connections, path),
    ...virtualPrivateGateway(networking, path),
  ];
};

function otherSide({ customer_gateway, customer_gateway_id }: Vpn): Finding[] {
  if ((customer_gateway === undefined) !== (customer_gateway_id === undefined)) return [];
  const found = customer_gateway === undefined ? "neither customer_gateway nor" : "both customer_gateway and";
  return [{ path: [], message: `names ${found} customer_gateway_id: name the one that it leads to` }];
}

/** What a gateway that is made has where the definition names no number: CreateVpnGateway. */
const DEFAULT_ASN = 64512;

/** Numbers that are AWS's own, and the only region where they are; "Customer gateway options" of the Site-to-Site VPN guide. */
const RESERVED_ASNS: Readonly<Record<number, string | undefined>> = {
  7224: "every region",
  9059: "eu-west-1",
  10124: "ap-northeast-1",
  17943: "ap-southeast-1",
};

/** The device is found on the internet, by a number that is neither AWS's nor that of the gateway here: AsnConflict of EC2's API. */
function device(vpn: Vpn, gateway: Networking["vpn_gateway"], region: string): Finding[] {
  if (vpn.customer_gateway === undefined) return [];
  const { bgp_asn, ip_address } = vpn.customer_gateway;
  const findings: Finding[] = [];
  if ([...PRIVATE_SPACE, ...UNUSABLE].some((space) => contains(space, ip_address))) {
    const message = `${ip_address} is no public address, and AWS reaches the device by the internet: name the public one, of the NAT device where it is behind one`;
    findings.push({ path: ["customer_gateway", "ip_address"], message });
  }
  const path = ["customer_gateway", "bgp_asn"];
  const reserved = RESERVED_ASNS[bgp_asn];
  if (reserved === "every region" || reserved === region) {
    const message = `${bgp_asn} is AWS's own in ${reserved}: name the device's, or a private one such as 65000`;
    findings.push({ path, given: reserved === region ? [["tfvars", "common", "aws_region"]] : [], message });
  }
  if (
    vpn.transit_gateway === undefined &&
    gateway.id === null &&
    bgp_asn === (gateway.amazon_side_asn ?? DEFAULT_ASN)
  ) {
    const message = `${bgp_asn} is the number of the virtual private gateway too, and AWS takes no two alike: name another, or another vpn_gateway.amazon_side_asn where the gateway is not made yet`;
    findings.push({ path, given: [[...NETWORKING, "vpn_gateway"]], message });
  }
  return findings;
}

/** A transit gateway learns of static routes by its table; what is announced it learns by itself. */
function transitGateway(vpn: Vpn, { transit_gateway_attachments }: Networking): Finding[] {
  const { routing, transit_gateway, transit_gateway_route_table_id: table } = vpn;
  const names = transit_gateway_attachments.map(({ name }) => name);
  if (transit_gateway !== undefined && !names.includes(transit_gateway)) {
    const message = `${transit_gateway} is no item of transit_gateway_attachments${didYouMean(transit_gateway, names) || `. Known: ${listed(names)}`}`;
    return [{ path: ["transit_gateway"], given: [[...NETWORKING, "transit_gateway_attachments"]], message }];
  }
  const needed = transit_gateway !== undefined && routing === "static";
  if (needed && table === undefined) {
    const message = "needs transit_gateway_route_table_id: where the transit gateway routes destination_cidrs";
    return [{ path: ["transit_gateway"], message }];
  }
  if (needed || table === undefined) return [];
  const message = "has no effect but for static routing at a transit_gateway: remove it";
  return [{ path: ["transit_gateway_route_table_id"], message }];
}

/** At a virtual private gateway; a transit gateway spreads what it sends over several connections to one device. */
function sharedDevices(vpns: readonly Vpn[], path: Path): Finding[] {
  const here = vpns.map(
    (vpn) => (vpn.transit_gateway === undefined ? vpn : { name: vpn.name }) as Partial<Vpn> & { name: string },
  );
  const oneEach = (value: string, first: string) =>
    `${value} is the other side of ${first} already: a gateway here has one connection to it, with two tunnels`;
  return [
    ...sharedTwice(here, ({ customer_gateway_id }) => customer_gateway_id, path, "customer_gateway_id", oneEach),
    ...sharedTwice(here, ({ customer_gateway }) => customer_gateway?.ip_address, path, "customer_gateway", oneEach),
  ];
}

function virtualPrivateGateway({ vpn_connections, vpn_gateway }: Networking, path: Path): Finding[] {
  const { amazon_side_asn, id, propagation_tiers } = vpn_gateway;
  const asn: Path = [...NETWORKING, "vpn_gateway", "amazon_side_asn"];
  const findings = namedTwice(propagation_tiers, [...NETWORKING, "vpn_gateway", "propagation_tiers"]);
  if (amazon_side_asn === null) return findings;
  if (id !== null) {
    const message = `has no effect: ${id} has its own number. Remove it`;
    return [...findings, { path: asn, given: [[...NETWORKING, "vpn_gateway", "id"]], message }];
  }
  const made = propagation_tiers.length > 0 || vpn_connections.some((vpn) => vpn.transit_gateway === undefined);
  if (made) return findings;
  const message = "has no effect without vpn_connections that end at it, or propagation_tiers: remove it";
  return [...findings, { path: asn, given: [path], message }];
}

/** A Client VPN endpoint leads here once, into zones that there are. */
export const checkClientVpns: Check = (subject: Subject) => {
  const path = [...NETWORKING, "client_vpn_associations"];
  const { client_vpn_associations } = subject.definition.tfvars.networking;
  const zones = zonesOf(subject);
  const elsewhere = client_vpn_associations.flatMap(({ availability_zones }, index) =>
    availability_zones.flatMap((zone, place): Finding[] => {
      if (zones.length === 0 || zones.includes(zone)) return [];
      const message = `${JSON.stringify(zone)} is not a zone of the cluster's network. Its zones: ${listed(zones)}`;
      const given = [
        [...NETWORKING, "availability_zones"],
        ["tfvars", "common", "aws_region"],
      ];
      return [{ path: [...path, index, "availability_zones", place], given, message }];
    }),
  );
  const twice = sharedTwice(
    client_vpn_associations,
    ({ client_vpn_endpoint_id }) => client_vpn_endpoint_id,
    path,
    "client_vpn_endpoint_id",
    (id, first) => `${id} is what ${first} associates already: name all its zones there`,
  );
  return [...elsewhere, ...twice, ...associatedSubnets(subject.definition.tfvars.networking, path)];
};

/** The smallest subnet that a Client VPN endpoint is associated with: "Target networks" of the Client VPN guide. */
const SMALLEST_TARGET = 27;

/** What a Client VPN endpoint asks of subnets that we make, and of their VPC. */
function associatedSubnets(networking: Networking, path: Path): Finding[] {
  if (usesExistingVpc(networking) || networking.client_vpn_associations.length === 0) return [];
  const small = networking.client_vpn_associations.flatMap(({ tier }, index): Finding[] => {
    const prefix = tierPrefixLength(networking, tier);
    if (prefix <= SMALLEST_TARGET) return [];
    const given = [
      [...NETWORKING, "vpc_cidr"],
      [...NETWORKING, "subnet_prefix_lengths", tier],
    ];
    const message = `the ${tier} subnets are a /${prefix}, and a Client VPN endpoint takes a /${SMALLEST_TARGET} at least: take another tier, or a shorter subnet_prefix_lengths.${tier}`;
    return [{ path: [...path, index, "tier"], given, message }];
  });
  if (networking.instance_tenancy !== "dedicated") return small;
  const message =
    "must not be dedicated while client_vpn_associations has any: a Client VPN endpoint takes no subnet of such a VPC. Set default, and dedicated for the groups that need it";
  return [...small, { path: [...NETWORKING, "instance_tenancy"], given: [path], message }];
}
