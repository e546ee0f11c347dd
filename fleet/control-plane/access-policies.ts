import { given } from "../../language/given";
import type { AccessEntry } from "../model/cluster";

export type AccessPolicy = NonNullable<AccessEntry["access_policies"]>[number];

/** Returns the policies of an entry: `access_policy` is short for one item of `access_policies`. */
export function accessPoliciesOf({
  access_policy,
  namespaces,
  access_policies = [],
}: AccessEntry): readonly AccessPolicy[] {
  if (access_policy === undefined) return access_policies;
  return [{ policy: access_policy, ...given({ namespaces }) }, ...access_policies];
}

export function entryType({ type }: AccessEntry): NonNullable<AccessEntry["type"]> {
  return type ?? "STANDARD";
}
