import type { Problem } from "../../../language/problem";
import { contains } from "../../../language/words/cidr";
import { usesExistingVpc } from "../../network/existing-vpc";
import { comparable, findingProblems, type ResolvedDefinition } from "../../rules/resolved-definition";
import { freeRange, type InAccount } from "./free-range";

/** Every VPC that we make is cut from its account's pools. What is free can be said only where every cluster was read. */
export function poolProblems(resolved: readonly ResolvedDefinition[], every: readonly string[]): Problem[] {
  const read = comparable(resolved);
  const subjects = read.map(({ subject }): InAccount => subject);
  return read.flatMap((definition) => {
    const { subject } = definition;
    const { account } = subject;
    if (account === undefined || account.cidr_pools.length === 0) return [];
    const { networking } = subject.definition.tfvars;
    const { vpc_cidr } = networking;
    if (usesExistingVpc(networking)) return [];
    if (account.cidr_pools.some((pool) => contains(pool, vpc_cidr))) return [];
    const message = `${vpc_cidr} lies in none of account ${account.name}'s cidr_pools: ${account.cidr_pools.join(", ")}`;
    const free = subjects.length === every.length ? freeRange(subject, subjects) : "";
    return findingProblems(definition, [{ path: ["tfvars", "networking", "vpc_cidr"], message: `${message}${free}` }]);
  });
}
