import type { Path } from "../../../language/yaml/tree";
import type { Tfvars } from "../../model/cluster";
import type { Check, Finding } from "../../rules/finding";

/** A list of a definition whose items are made under their names, with something beside each. */
interface NamedList {
  readonly path: Path;
  readonly items: readonly { readonly name: string; readonly beside: readonly string[] }[];
  /** What is made beside the list itself. */
  readonly fixed: readonly string[];
}

function namedLists(tfvars: Tfvars): readonly NamedList[] {
  const { access_entries, capabilities, extra_eks_addons, service_account_roles } = tfvars.cluster;
  const of = (key: string): Path => ["tfvars", "cluster", key];
  return [
    {
      path: of("access_entries"),
      items: access_entries.map(({ access_policy, name }) => ({
        name,
        beside: access_policy === undefined ? [] : [`${name}-policy`],
      })),
      fixed: [],
    },
    {
      path: of("service_account_roles"),
      items: service_account_roles.map(({ by, name }) => ({
        name,
        beside: by === "pod_identity" ? [`${name}-association`] : [],
      })),
      fixed: ["issuer"],
    },
    {
      path: of("capabilities"),
      items: capabilities.map(({ name, role_arn }) => ({
        name,
        beside: role_arn === undefined ? [`${name}-role`] : [],
      })),
      fixed: [],
    },
    {
      path: of("extra_eks_addons"),
      items: extra_eks_addons.map(({ name, service_accounts = [] }) => ({
        name,
        beside: service_accounts.map(({ service_account }) => `${name}-${service_account}`),
      })),
      fixed: [],
    },
    {
      path: ["tfvars", "fargate_profiles"],
      items: tfvars.fargate_profiles.map(({ name }) => ({ name, beside: [`${name}-role`, `${name}-policy`] })),
      fixed: ["nodes-from-fargate", "fargate-from-nodes"],
    },
    {
      path: ["tfvars", "workers"],
      items: tfvars.workers.map(({ name }) => ({ name, beside: [] })),
      fixed: ["fargate", "interruption-queue"],
    },
    {
      path: ["tfvars", "node_pools"],
      items: tfvars.node_pools.map(({ name }) => ({ name, beside: [] })),
      fixed: ["manifests"],
    },
  ];
}

/** What is made of a list has addresses in the state, each its own: that two items have one name is told elsewhere. */
export const checkStateNames: Check = ({ definition }) => namedLists(definition.tfvars).flatMap(meetings);

function meetings({ fixed, items, path }: NamedList): Finding[] {
  const madeOf = new Map<string, string | undefined>(fixed.map((name) => [name, undefined]));
  return items.flatMap(({ beside, name }, index): Finding[] => {
    const made = [name, ...beside];
    const met = made.find((id) => madeOf.has(id) && madeOf.get(id) !== name);
    const owner = met === undefined ? undefined : madeOf.get(met);
    for (const id of made) madeOf.set(id, madeOf.get(id) ?? name);
    if (met === undefined) return [];
    const whose = owner === undefined ? "a name of ours" : `what is made for ${owner}`;
    return [{ path: [...path, index, "name"], message: `meets ${whose} in the state, ${met}: name it otherwise` }];
  });
}
