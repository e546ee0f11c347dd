import { compareText, type Problem } from "../../../language/problem";
import { ifCertain } from "../../../language/refused";
import { listed } from "../../../language/suggest";
import type { Definition, Networking } from "../../model/cluster";
import { KARPENTER_DISCOVERY as DISCOVERY } from "../../network/discovery-tags";
import { gatewayEndpoints, interfaceEndpoints } from "../../network/endpoints";
import { isSameVpc, makesConnections, makesEndpoints, usesExistingVpc } from "../../network/existing-vpc";
import { type Finding, ruled } from "../../rules/finding";
import { comparable, findingProblems, type ResolvedDefinition } from "../../rules/resolved-definition";

const NETWORKING = ["tfvars", "networking"] as const;
const EXISTING = [...NETWORKING, "existing_vpc"] as const;

/**
 * Reports what a cluster changes in an existing VPC that another cluster has too: the cluster that created the VPC, or one with an
 * earlier name.
 */
export function sharedVpcProblems(resolved: readonly ResolvedDefinition[]): Problem[] {
  const clusters = comparable(resolved)
    .map((each) => ({ ...each, definition: each.subject.definition }))
    .map((each) => ({ ...each, isGuest: usesExistingVpc(each.definition.tfvars.networking) }))
    .sort((a, b) => Number(a.isGuest) - Number(b.isGuest) || compareText(a.name, b.name));
  return clusters.flatMap((guest, index) => {
    if (!guest.isGuest) return [];
    const earlier = clusters.slice(0, index).filter((other) => isSameVpc(other.definition, guest.definition));
    const findings = earlier.flatMap((first) => together(first.definition, guest.definition));
    return findingProblems(guest, ruled("shared-vpcs", findings));
  });
}

function together(first: Definition, guest: Definition): Finding[] {
  const { CLUSTER_NAME: name } = first.meta;
  return [tags, endpoints, attachments].flatMap((rule) => ifCertain(() => rule(first, guest, name)) ?? []);
}

function tags({ tfvars: first }: Definition, { tfvars: guest }: Definition, name: string): Finding[] {
  const [theirs, own] = [first.networking, guest.networking];
  const place = own.existing_vpc.add_subnet_tags.indexOf(DISCOVERY);
  if (place < 0 || !theirs.existing_vpc.add_subnet_tags.includes(DISCOVERY)) return [];
  if (!sharesNodeSubnets(theirs, own)) return [];
  const message = `${name} sets another value of ${DISCOVERY} on the same subnets. Remove it from one of the two clusters`;
  return [{ path: [...EXISTING, "add_subnet_tags", place], message }];
}

/** A VPC has one endpoint with the usual name of a service, and a route table has one route to a gateway endpoint. */
function endpoints({ tfvars: first }: Definition, { tfvars: guest }: Definition, name: string): Finding[] {
  if (!makesEndpoints(first.networking) || !makesEndpoints(guest.networking)) return [];
  const [tables, own] = [first, guest].map(({ networking }) =>
    Object.values(networking.existing_vpc.route_table_ids).flat(),
  );
  const shared = own?.some((id) => tables?.includes(id)) === true;
  const of = (tfvars: Definition["tfvars"]): string[] => [
    ...interfaceEndpoints(tfvars),
    ...(shared ? gatewayEndpoints(tfvars.networking) : []),
  ];
  const theirs = new Set(of(first));
  const both = of(guest).filter((service) => theirs.has(service));
  if (both.length === 0) return [];
  const message = `${name} already adds endpoints of ${listed(both)} to this VPC, which has one of each. Remove them from one of the two clusters`;
  return [{ path: [...EXISTING, "add_endpoints"], message }];
}

/** A transit gateway accepts one attachment per VPC. */
function attachments({ tfvars: first }: Definition, { tfvars: guest }: Definition, name: string): Finding[] {
  if (!makesConnections(first.networking) || !makesConnections(guest.networking)) return [];
  const theirs = new Set(first.networking.transit_gateway_attachments.map((each) => each.transit_gateway_id));
  return guest.networking.transit_gateway_attachments.flatMap(({ transit_gateway_id: id }, index): Finding[] => {
    if (!theirs.has(id)) return [];
    const path = [...NETWORKING, "transit_gateway_attachments", index, "transit_gateway_id"];
    return [{ path, message: `${name} already attaches this VPC to ${id}. Remove it from one of the two clusters` }];
  });
}

/** True if both find the same node subnets, by an id or by equal tags. */
function sharesNodeSubnets(a: Networking, b: Networking): boolean {
  const [ids, others] = [a, b].map(({ existing_vpc }) => Object.values(existing_vpc.subnet_ids.private)) as [
    string[],
    string[],
  ];
  const [tags, otherTags] = [a, b].map(({ existing_vpc }) =>
    JSON.stringify(Object.entries(existing_vpc.subnet_tags.private).sort()),
  );
  return ids.some((id) => others.includes(id)) || (ids.length === 0 && others.length === 0 && tags === otherTags);
}
