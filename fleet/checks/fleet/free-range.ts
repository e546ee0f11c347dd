import { firstFree, prefixLength } from "../../../language/words/cidr";
import type { Account, Definition } from "../../model/cluster";

/** A definition and its account. */
export interface InAccount {
  readonly definition: Definition;
  /** Undefined if the account's file has errors; `meta.ACCOUNT` is its name. */
  readonly account: Account | undefined;
}

/** Returns the ranges of an account that ranges.yaml reserves. */
export type Reserved = (account: string) => readonly string[];

/** Returns an example for a message: a range of the same size that nothing in the account uses or reserves; empty if there is none. */
export function freeRange(
  { account, definition }: InAccount,
  clusters: readonly InAccount[],
  reserved: Reserved = () => [],
): string {
  if (account === undefined) return "";
  const used = clusters.filter((other) => other.definition.meta.ACCOUNT === account.name);
  const taken = [
    ...used.flatMap(({ definition: { tfvars } }) => [
      tfvars.networking.vpc_cidr,
      ...tfvars.networking.secondary_cidr_blocks,
    ]),
    definition.tfvars.cluster.service_ipv4_cidr,
    ...account.reserved_cidrs.map(({ cidr }) => cidr),
    ...reserved(account.name),
  ];
  const free = firstFree(account.cidr_pools, prefixLength(definition.tfvars.networking.vpc_cidr), taken);
  return free === undefined ? "" : `, such as ${free}, which is free in account ${account.name}`;
}
