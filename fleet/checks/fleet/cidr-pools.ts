import type { Problem } from "../../../language/problem";
import { contains } from "../../../language/words/cidr";
import { usesExistingVpc } from "../../network/existing-vpc";
import { VPC_CIDR } from "../../network/zones";
import { comparable, findingProblems, type ResolvedDefinition } from "../../rules/resolved-definition";
import { freeRange, type InAccount, type Reserved } from "./free-range";

/** Reports new VPCs outside the pools of their account. Suggests a free range only if every cluster was read. */
export function poolProblems(
  resolved: readonly ResolvedDefinition[],
  every: readonly string[],
  reserved?: Reserved,
): Problem[] {
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
    const message = `${vpc_cidr} is not in the cidr_pools of account ${account.name} (${account.cidr_pools.join(", ")}). Choose a range in them`;
    const free = subjects.length === every.length ? freeRange(subject, subjects, reserved) : "";
    return findingProblems(definition, [
      {
        rule: "cidr-pools",
        path: VPC_CIDR,
        message: `${message}${free}`,
        because: [
          ["meta", "ACCOUNT"],
          ["meta", "CLUSTER_NAME"],
        ],
      },
    ]);
  });
}
