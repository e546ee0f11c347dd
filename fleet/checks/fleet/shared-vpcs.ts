import { compareText, type Problem } from "../../../language/problem";
import { ifCertain } from "../../../language/refused";
import { listed } from "../../../language/suggest";
import type { Definition, Networking } from "../../model/cluster";
import { gatewayEndpoints, interfaceEndpoints } from "../../network/endpoints";
import { isSameVpc, makesConnections, usesExistingVpc } from "../../network/existing-vpc";
import type { Finding } from "../../rules/finding";
import { comparable, findingProblems, type ResolvedDefinition } from "../../rules/resolved-definition";

const DISCOVERY = "karpenter.sh/discovery";
const NETWORKING = ["tfvars", "networking"] as const;
const EXISTING = [...NETWORKING, "existing_vpc"] as const;

/** What two clusters change of one VPC that exists can hold for both. */
export function sharedVpcProblems(resolved: readonly ResolvedDefinition[]): Problem[] {
  const guests = comparable(resolved)
    .map((each) => ({ ...each, definition: each.subject.definition }))
    .filter(({ definition }) => usesExistingVpc(definition.tfvars.networking))
    .sort((a, b) => compareText(a.name, b.name));
  return guests.flatMap((guest, index) => {
    const first = guests.slice(0, index).find((other) => isSameVpc(other.definition, guest.definition));
    return first === undefined
      ? []
      : findingProblems(guest, ifCertain(() => together(first.definition, guest.definition)) ?? []);
  });
}

function together(first: Definition, guest: Definition): Finding[] {
  const { CLUSTER_NAME: name } = first.meta;
  return [...tags(first, guest, name), ...endpoints(first, guest, name), ...attachments(first, guest, name)];
}

function tags({ tfvars: first }: Definition, { tfvars: guest }: Definition, name: string): Finding[] {
  const [theirs, own] = [first.networking, guest.networking];
  const place = own.existing_vpc.add_subnet_tags.indexOf(DISCOVERY);
  if (place < 0 || !theirs.existing_vpc.add_subnet_tags.includes(DISCOVERY)) return [];
  if (!sharesNodeSubnets(theirs, own)) return [];
  const message = `${DISCOVERY} is put on the same subnets by ${name}, with another value: one of the two clusters has it. Remove it from one`;
  return [{ path: [...EXISTING, "add_subnet_tags", place], message }];
}

/** A service has one endpoint of its usual name in a VPC, or one way there in a route table. */
function endpoints({ tfvars: first }: Definition, { tfvars: guest }: Definition, name: string): Finding[] {
  if (!first.networking.existing_vpc.add_endpoints || !guest.networking.existing_vpc.add_endpoints) return [];
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
  const message = `${name} adds endpoints of ${listed(both)} to the same VPC, which has one of each: let one of the two clusters add them`;
  return [{ path: [...EXISTING, "add_endpoints"], message }];
}

/** A transit gateway has a VPC once. */
function attachments({ tfvars: first }: Definition, { tfvars: guest }: Definition, name: string): Finding[] {
  if (!makesConnections(first.networking) || !makesConnections(guest.networking)) return [];
  const theirs = new Set(first.networking.transit_gateway_attachments.map((each) => each.transit_gateway_id));
  return guest.networking.transit_gateway_attachments.flatMap(({ transit_gateway_id: id }, index): Finding[] => {
    if (!theirs.has(id)) return [];
    const path = [...NETWORKING, "transit_gateway_attachments", index, "transit_gateway_id"];
    return [{ path, message: `${name} attaches the same VPC to ${id} already: let one of the two clusters do it` }];
  });
}

/** Subnets are found by an id or by tags that one of them has: what is written alike is the same. */
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
