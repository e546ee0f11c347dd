import { sameTwice } from "../../../language/twice";
import type { Path } from "../../../language/yaml/tree";
import { addonSettings } from "../../model/enabled-addons";
import { eachItem } from "../../rules/each-item";
import { eachWorker } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";

type Statements = readonly { readonly sid?: string | undefined }[];

const CLUSTER = ["tfvars", "cluster"] as const;

/** Rules about the statements of each policy: IAM accepts a sid once per policy. */
export const statementRules: readonly Check[] = [
  ({ definition }) => ofEach([...CLUSTER, "service_account_roles"], definition.tfvars.cluster.service_account_roles),
  ({ definition }) => ofEach([...CLUSTER, "capabilities"], definition.tfvars.cluster.capabilities),
  ({ definition }) =>
    eachItem([...CLUSTER, "extra_eks_addons"], definition.tfvars.cluster.extra_eks_addons, [
      ({ service_accounts = [] }) => ofEach(["service_accounts"], service_accounts),
    ]),
  ({ definition }) =>
    sidsOnce([...CLUSTER, "hybrid_nodes", "statements"], definition.tfvars.cluster.hybrid_nodes.statements),
  ({ definition }) => ofEach(["tfvars", "fargate_profiles"], definition.tfvars.fargate_profiles),
  eachWorker([
    ({ additional_policy_statements }) => sidsOnce(["additional_policy_statements"], additional_policy_statements),
  ]),
  ({ definition }) =>
    eachItem(["tfvars", "extra_charts"], definition.tfvars.extra_charts, [
      ({ permissions }) => sidsOnce(["permissions"], permissions),
    ]),
  ({ definition }) =>
    addonSettings(definition).flatMap(({ addon, name, options }) =>
      (addon.policies?.(options) ?? []).flatMap(({ option, statements }) =>
        sidsOnce(["tfvars", "addons", name, "options", option], statements),
      ),
    ),
];

function ofEach(path: Path, items: readonly { readonly statements?: Statements | undefined }[]): Finding[] {
  return eachItem(path, items, [({ statements }) => sidsOnce(["statements"], statements)]);
}

function sidsOnce(path: Path, statements: Statements = []): Finding[] {
  return sameTwice(
    path,
    statements,
    ({ sid }) => sid,
    (sid) =>
      `${sid} is the sid of an earlier statement. IAM accepts a sid once per policy. Rename or remove one of them`,
    ["sid"],
  );
}
