import { namedTwice } from "../../../language/twice";
import type { Networking } from "../../model/cluster";
import { leadsOutElsewhere } from "../../network/connections";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import { zonesOf } from "../../network/zones";
import { hasPrivateNodes } from "../../nodes/private-nodes";
import { eachItem } from "../../rules/each-item";
import type { Check } from "../../rules/finding";
import { noEffect } from "../../rules/forms";

const NETWORKING = ["tfvars", "networking"] as const;
const NAT = [...NETWORKING, "nat_gateways"] as const;
const ADDRESSES = [...NETWORKING, "nat_gateway_eip_allocation_ids"] as const;

/** Services that a node and the VPC CNI call before anything else runs: interfaces, images, roles. Image layers are in S3. */
const NEEDED_BY_NODES = ["ec2", "ecr.api", "ecr.dkr", "eks-auth", "sts"] as const;

/** Services that a pod on Fargate calls before it runs. AWS manages the machine, and Fargate does not support Pod Identity. */
const NEEDED_ON_FARGATE = ["ecr.api", "ecr.dkr"] as const;

/** Returns those of the services that have no endpoint in the network, and S3 if it has none. */
function withoutEndpoint({ gateway_endpoints, interface_endpoints }: Networking, needed: readonly string[]): string[] {
  const interfaces = new Set<string>(interface_endpoints);
  return [...needed.filter((service) => !interfaces.has(service)), ...(gateway_endpoints.includes("s3") ? [] : ["s3"])];
}

const natGatewaysHavePublicSubnets: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  const { nat_gateways } = networking;
  if (networking.private || nat_gateways === "none" || nat_gateways === "regional") return [];
  if (hasTier(networking, "public")) return [];
  const message = `${nat_gateways} requires public subnets, which contain the gateways. Add public to subnet_tiers or set nat_gateways: regional or none`;
  return [{ path: NAT, message, because: [[...NETWORKING, "subnet_tiers"]] }];
};

const privateNodesHaveWayOut: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (networking.private || networking.nat_gateways !== "none" || leadsOutElsewhere(networking)) return [];
  if (!hasPrivateNodes(definition)) return []; // nodes in public subnets leave by their own addresses
  const missing = withoutEndpoint(networking, NEEDED_BY_NODES);
  if (missing.length === 0) return [];
  const message = `none leaves nodes without a route to ${missing.join(", ")}, so they could not join the cluster or pull images. Set single, per_zone or regional, set private: true (which adds the required endpoints), or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN`;
  return [{ path: NAT, message }];
};

/** Returns a check of the nodes or pods of a list that are in intra subnets, whose route tables lead to no gateway. */
function intraHasWayOut(list: "fargate_profiles" | "node_pools" | "workers"): Check {
  const [needed, who, effect] =
    list === "fargate_profiles"
      ? [NEEDED_ON_FARGATE, "pods", "could not pull images"]
      : [NEEDED_BY_NODES, "nodes", "could not join the cluster or pull images"];
  return ({ definition: { tfvars } }) => {
    const { networking } = tfvars;
    if (networking.private || !hasTier(networking, "intra") || leadsOutElsewhere(networking, "intra")) return [];
    const items: readonly { readonly subnet_tier?: string | undefined }[] = tfvars[list];
    return eachItem(["tfvars", list], items, [
      ({ subnet_tier }) => {
        const missing = subnet_tier === "intra" ? withoutEndpoint(networking, needed) : [];
        if (missing.length === 0) return [];
        const message = `intra leaves ${who} without a route to ${missing.join(", ")}, so they ${effect}. Use private, add these services to interface_endpoints and gateway_endpoints, or route 0.0.0.0/0 of the tier intra to a transit gateway or a VPN`;
        return [{ path: ["subnet_tier"], message }];
      },
    ]);
  };
}

const addressesOnce: Check = ({ definition }) =>
  namedTwice(definition.tfvars.networking.nat_gateway_eip_allocation_ids, ADDRESSES);

const oneAddressPerGateway: Check = (subject) => {
  const { nat_gateway_eip_allocation_ids: ids, nat_gateways } = subject.definition.tfvars.networking;
  const zones = zonesOf(subject).length;
  if (ids.length === 0 || zones === 0) return [];
  const needed = { none: 0, single: 1, per_zone: zones, regional: zones }[nat_gateways];
  if (ids.length === needed) return [];
  const gateways = needed === zones ? `${nat_gateways} and the network has ${zones} zones` : nat_gateways;
  const message = `must have ${needed} ${needed === 1 ? "id" : "ids"} because nat_gateways is ${gateways}, but has ${ids.length}`;
  return [{ path: ADDRESSES, message, because: [NAT] }];
};

const egressOnlyGatewayHasIpv6: Check = ({ definition }) => {
  const { ip_family, private: isPrivate } = definition.tfvars.networking;
  if (ip_family !== "ipv4" && !isPrivate) return [];
  const reason = isPrivate ? "a private network has no internet gateway" : "ip_family is ipv4";
  return [{ own: true, ...noEffect([...NETWORKING, "egress_only_internet_gateway"], reason) }];
};

/** Rules about the ways from a new VPC to the internet and to AWS. */
export const waysOutRules: readonly Check[] = [
  natGatewaysHavePublicSubnets,
  privateNodesHaveWayOut,
  intraHasWayOut("workers"),
  intraHasWayOut("node_pools"),
  intraHasWayOut("fargate_profiles"),
  addressesOnce,
  oneAddressPerGateway,
  egressOnlyGatewayHasIpv6,
].map(
  (check): Check =>
    (subject) =>
      usesExistingVpc(subject.definition.tfvars.networking) ? [] : check(subject),
);
