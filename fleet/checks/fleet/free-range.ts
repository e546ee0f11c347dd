import { firstFree, prefixLength } from "../../../language/words/cidr";
import type { Account, Definition } from "../../model/cluster";

export interface InAccount {
  readonly definition: Definition;
  /** Undefined where its file has errors; which account it is, `meta.ACCOUNT` says. */
  readonly account: Account | undefined;
}

/** `; free in account …: …` for a range of the same size that no cluster and nothing else of the account uses. */
export function freeRange({ account, definition }: InAccount, clusters: readonly InAccount[]): string {
  if (account === undefined) return "";
  const used = clusters.filter((other) => other.definition.meta.ACCOUNT === account.name);
  const taken = [
    ...used.flatMap(({ definition: { tfvars } }) => [
      tfvars.networking.vpc_cidr,
      ...tfvars.networking.secondary_cidr_blocks,
    ]),
    definition.tfvars.cluster.service_ipv4_cidr,
    ...account.reserved_cidrs.map(({ cidr }) => cidr),
  ];
  const free = firstFree(account.cidr_pools, prefixLength(definition.tfvars.networking.vpc_cidr), taken);
  return free === undefined ? "" : `; free in account ${account.name}: ${free}`;
}
