import type { Section } from "./draft";
import { nameOf } from "./name-of";

/** An access policy as definitions write it. */
export interface WrittenPolicy {
  readonly policy: string;
  readonly namespaces?: readonly string[];
}

/** Starts an access entry. A principal that a layer has an entry for keeps its name, because a principal has one entry. */
export function newEntry(
  cluster: Section,
  principal: string,
  taken: Set<string>,
  entryNames: ReadonlyMap<string, string>,
): Section {
  const known = entryNames.get(principal);
  const names = new Set([...taken, ...entryNames.values()]);
  const name = known ?? nameOf(principal, names);
  taken.add(name);
  return cluster.item("access_entries").set("name", name).set("principal_arn", principal);
}

/** Writes the policies of an entry, a single one in its short form. */
export function setPolicies(entry: Section, policies: readonly WrittenPolicy[]): void {
  const [first, ...more] = policies;
  if (first === undefined) return;
  if (more.length > 0) entry.set("access_policies", policies);
  else entry.set("access_policy", first.policy).set("namespaces", first.namespaces);
}
