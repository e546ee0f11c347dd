import { compareText, type Problem } from "../../../language/problem";
import { ifCertain } from "../../../language/refused";
import { slugOf } from "../../../language/words/names";
import type { Path } from "../../../language/yaml/tree";
import { ofEachAddon } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { hostedZone, isBelow } from "../../network/hosted-zone";
import { findingProblems, type ResolvedDefinition } from "../../rules/resolved-definition";

/** Records of one domain that an addon of a cluster writes. */
interface Owned {
  readonly cluster: string;
  readonly addon: string;
  readonly domain: string;
  readonly zone_id: string;
  readonly owner: string;
  readonly deletes: boolean;
  readonly path: Path;
  readonly resolved: ResolvedDefinition;
}

/**
 * Reports clusters that write records of one domain under one owner: each would treat the other's records as its own, and delete
 * those that it has no source for.
 */
export function recordOwnerProblems(resolved: readonly ResolvedDefinition[]): Problem[] {
  const byZone = new Map<string, Owned[]>();
  for (const each of resolved) {
    for (const owned of ifCertain(() => (each.subject === undefined ? [] : ownedBy(each, each.subject))) ?? []) {
      const key = `${owned.zone_id} ${owned.owner}`;
      byZone.set(key, [...(byZone.get(key) ?? []), owned]);
    }
  }
  return [...byZone.values()].flatMap((members) => {
    const sorted = members.sort((a, b) => compareText(a.cluster, b.cluster));
    return sorted.flatMap((later, index): Problem[] => {
      const first = sorted.slice(0, index).find((other) => meets(other, later));
      if (first === undefined) return [];
      const message = `${first.cluster} writes records of ${first.domain} in the same zone with the owner ${JSON.stringify(first.owner)} too, so each would delete the other's records. Set another txt_owner_id, or ${first.addon}'s policy: upsert-only for both`;
      return findingProblems(later.resolved, [{ rule: "record-owners", path: later.path, message }]);
    });
  });
}

function meets(first: Owned, later: Owned): boolean {
  const shared = isBelow(first.domain, later.domain) || isBelow(later.domain, first.domain);
  return shared && first.cluster !== later.cluster && (first.deletes || later.deletes);
}

function ownedBy(resolved: ResolvedDefinition, { account, definition }: Subject): Owned[] {
  const { meta, tfvars } = definition;
  const domain = tfvars.cluster.k8s_base_domain;
  const own = account === undefined ? null : hostedZone(definition, account);
  return ofEachAddon(definition, ({ addon, name, options }): Owned[] => {
    const published = addon.publishes_hosts?.(options);
    if (published === undefined) return [];
    const { deletes, further_zones, owner_id, path } = published;
    const zones = [...(own === null || domain === null ? [] : [{ domain, zone_id: own }]), ...further_zones];
    return zones.map((zone) => ({
      ...zone,
      cluster: meta.CLUSTER_NAME,
      addon: name,
      owner: owner_id ?? slugOf(meta.CLUSTER_NAME),
      deletes,
      path: ["tfvars", "addons", name, ...path],
      resolved,
    }));
  });
}
