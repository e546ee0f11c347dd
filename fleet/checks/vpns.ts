import { listed } from "../suggest";
import type { Path } from "../yaml/tree";
import type { Check, Finding, Subject } from "./finding";
import { zonesOf } from "./networking";
import { sharedTwice } from "./twice";

const NETWORKING = ["tfvars", "networking"] as const;

/** Each VPN connection has one customer gateway of its own, and the gateway here is described where one is made. */
export const checkVpns: Check = ({ definition }) => {
  const { vpn_connections, vpn_gateway } = definition.tfvars.networking;
  const path = [...NETWORKING, "vpn_connections"];
  const findings = vpn_connections.flatMap((vpn, index): Finding[] => {
    if ((vpn.customer_gateway === undefined) !== (vpn.customer_gateway_id === undefined)) return [];
    const found = vpn.customer_gateway === undefined ? "neither customer_gateway nor" : "both customer_gateway and";
    const message = `names ${found} customer_gateway_id: name the one that it leads to`;
    return [{ path: [...path, index], message }];
  });
  const oneEach = (value: string, first: string) =>
    `${value} is the other side of ${first} already: a gateway here has one connection to it, with two tunnels`;
  findings.push(
    ...sharedTwice(
      vpn_connections,
      ({ customer_gateway_id }) => customer_gateway_id,
      path,
      "customer_gateway_id",
      oneEach,
    ),
    ...sharedTwice(
      vpn_connections,
      ({ customer_gateway }) => customer_gateway?.ip_address,
      path,
      "customer_gateway",
      oneEach,
    ),
  );
  const asn: Path = [...NETWORKING, "vpn_gateway", "amazon_side_asn"];
  if (vpn_gateway.amazon_side_asn !== null && vpn_gateway.id !== null) {
    const message = `has no effect: ${vpn_gateway.id} has its own number. Remove it`;
    findings.push({ path: asn, given: [[...NETWORKING, "vpn_gateway", "id"]], message });
  } else if (vpn_gateway.amazon_side_asn !== null && vpn_connections.length === 0) {
    findings.push({ path: asn, given: [path], message: "has no effect without vpn_connections: remove it" });
  }
  return findings;
};

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
  return [...elsewhere, ...twice];
};
