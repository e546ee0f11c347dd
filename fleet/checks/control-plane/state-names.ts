import type { Path } from "../../../language/yaml/tree";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";

interface Named {
  readonly name: string;
}

const CLUSTER = ["tfvars", "cluster"] as const;

/**
 * Rules about the addresses in the state: each resource that is created for a list's items has its own. Two items with the same
 * name are refused when the file is read.
 */
export const stateNameRules: readonly Check[] = [
  ({ definition }) =>
    conflicts([...CLUSTER, "access_entries"], definition.tfvars.cluster.access_entries, ({ access_policy, name }) =>
      access_policy === undefined ? [] : [`${name}-policy`],
    ),
  ({ definition }) =>
    conflicts(
      [...CLUSTER, "service_account_roles"],
      definition.tfvars.cluster.service_account_roles,
      ({ by, name }) => (by === "pod_identity" ? [`${name}-association`] : []),
      ["issuer"],
    ),
  ({ definition }) =>
    conflicts([...CLUSTER, "capabilities"], definition.tfvars.cluster.capabilities, ({ name, role_arn }) =>
      role_arn === undefined ? [`${name}-role`] : [],
    ),
  ({ definition }) =>
    conflicts(
      [...CLUSTER, "extra_eks_addons"],
      definition.tfvars.cluster.extra_eks_addons,
      ({ name, service_accounts = [] }) => service_accounts.map(({ service_account }) => `${name}-${service_account}`),
    ),
  ({ definition }) =>
    conflicts(
      ["tfvars", "fargate_profiles"],
      definition.tfvars.fargate_profiles,
      ({ name }) => [`${name}-role`, `${name}-policy`],
      ["nodes-from-fargate", "fargate-from-nodes"],
    ),
  ({ definition }) =>
    conflicts(["tfvars", "workers"], definition.tfvars.workers, () => [], ["fargate", "interruption-queue"]),
  ({ definition }) => conflicts(["tfvars", "node_pools"], definition.tfvars.node_pools, () => [], ["manifests"]),
];

/**
 * Reports items that share an address with another item or with a resource that belongs to all.
 *
 * @param beside the addresses that are created for an item besides its name
 * @param fixed the addresses that are created for the whole list
 */
function conflicts<Item extends Named>(
  path: Path,
  items: readonly Item[],
  beside: (item: Item) => readonly string[],
  fixed: readonly string[] = [],
): Finding[] {
  const owners = new Map<string, string | undefined>(fixed.map((id) => [id, undefined]));
  const rule = (item: Item): Finding[] => {
    const { name } = item;
    const ids = [name, ...beside(item)];
    const shared = ids.find((id) => owners.has(id) && owners.get(id) !== name);
    const owner = shared === undefined ? undefined : owners.get(shared);
    for (const id of ids) owners.set(id, owners.get(id) ?? name);
    if (shared === undefined) return [];
    const message =
      owner === undefined
        ? `must not be ${shared}, which is reserved in the state. Rename it`
        : `${shared} is created in the state both for ${owner} and for ${name}. Rename one of them`;
    return [{ path: ["name"], message }];
  };
  return eachItem(path, items, [rule]);
}
