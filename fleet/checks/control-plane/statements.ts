import { sharedTwice } from "../../../language/twice";
import type { Path } from "../../../language/yaml/tree";
import type { Definition } from "../../model/cluster";
import { addonSettings } from "../../model/enabled-addons";
import type { Check } from "../../rules/finding";

interface Statements {
  readonly path: Path;
  readonly statements?: readonly { readonly sid?: string | undefined }[] | undefined;
}

const CLUSTER = ["tfvars", "cluster"] as const;

/** Every list of statements that becomes a policy. */
function policiesOf({ tfvars }: Definition): readonly Statements[] {
  const { capabilities, extra_eks_addons, hybrid_nodes, service_account_roles } = tfvars.cluster;
  const of = (list: Path, items: readonly Pick<Statements, "statements">[]): Statements[] =>
    items.map(({ statements }, index) => ({ statements, path: [...list, index, "statements"] }));
  return [
    ...of([...CLUSTER, "service_account_roles"], service_account_roles),
    ...of([...CLUSTER, "capabilities"], capabilities),
    ...extra_eks_addons.flatMap(({ service_accounts = [] }, index) =>
      of([...CLUSTER, "extra_eks_addons", index, "service_accounts"], service_accounts),
    ),
    { statements: hybrid_nodes.statements, path: [...CLUSTER, "hybrid_nodes", "statements"] },
    ...of(["tfvars", "fargate_profiles"], tfvars.fargate_profiles),
    ...tfvars.workers.map(({ additional_policy_statements }, index) => ({
      statements: additional_policy_statements,
      path: ["tfvars", "workers", index, "additional_policy_statements"],
    })),
    ...tfvars.extra_charts.map(({ permissions }, index) => ({
      statements: permissions,
      path: ["tfvars", "extra_charts", index, "permissions"],
    })),
    ...addonSettings({ tfvars }).flatMap(({ addon, name, options }) =>
      (addon.policies?.(options) ?? []).map(({ option, statements }) => ({
        statements,
        path: ["tfvars", "addons", name, "options", option],
      })),
    ),
  ];
}

/** IAM takes a statement's name once a policy. */
export const checkStatements: Check = ({ definition }) =>
  policiesOf(definition).flatMap(({ path, statements = [] }) => {
    if (statements.length < 2) return [];
    return sharedTwice(
      statements.map(({ sid }, index) => ({ name: `statement ${index}`, sid })),
      ({ sid }) => sid,
      path,
      "sid",
      (sid, first) =>
        `${sid} is the sid of ${first} already, and IAM takes it once a policy: rename one, or leave it out`,
    );
  });
