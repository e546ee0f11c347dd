import type { Definition, Networking } from "../cluster";
import { isSameVpc, usesExistingVpc } from "../existing-vpc";
import { compareText, type Problem } from "../problem";
import { findingProblems, type ResolvedDefinition } from "../resolve";
import type { Finding } from "./finding";

const DISCOVERY = "karpenter.sh/discovery";
const ADDED = ["tfvars", "networking", "existing_vpc", "add_subnet_tags"] as const;

/** What two clusters change of one VPC that exists can hold for both. */
export function sharedVpcProblems(resolved: readonly ResolvedDefinition[]): Problem[] {
  const guests = resolved
    .flatMap((each) => (each.subject === undefined ? [] : [{ ...each, definition: each.subject.definition }]))
    .filter(({ definition }) => usesExistingVpc(definition.tfvars.networking))
    .sort((a, b) => compareText(a.name, b.name));
  return guests.flatMap((guest, index) => {
    const first = guests.slice(0, index).find((other) => isSameVpc(other.definition, guest.definition));
    return first === undefined ? [] : findingProblems(guest, together(first.definition, guest.definition));
  });
}

function together(first: Definition, guest: Definition): Finding[] {
  const { CLUSTER_NAME: name } = first.meta;
  const [theirs, own] = [first.tfvars.networking, guest.tfvars.networking];
  const place = own.existing_vpc.add_subnet_tags.indexOf(DISCOVERY);
  if (place < 0 || !theirs.existing_vpc.add_subnet_tags.includes(DISCOVERY)) return [];
  if (!sharesNodeSubnets(theirs, own)) return [];
  const message = `${DISCOVERY} is put on the same subnets by ${name}, with another value: one of the two clusters has it. Remove it from one`;
  return [{ path: [...ADDED, place], message }];
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
