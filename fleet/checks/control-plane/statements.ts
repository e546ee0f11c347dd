import { sameTwice } from "../../../language/twice";
import type { Path } from "../../../language/yaml/tree";
import { addonSettings } from "../../model/enabled-addons";
import { eachItem } from "../../rules/each-item";
import { eachWorker } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";

/** What rules read of a statement. */
export interface Statement {
  readonly sid?: string | undefined;
  readonly effect?: string | undefined;
  readonly actions?: readonly string[] | undefined;
  readonly resources?: readonly string[] | undefined;
}

const CLUSTER = ["tfvars", "cluster"] as const;

/** A rule about the statements of one policy, which are at a path. */
type StatementsRule = (path: Path, statements: readonly Statement[]) => Finding[];

/** Returns checks that apply a rule to the statements of each policy. */
export function ofStatements(rule: StatementsRule): readonly Check[] {
  const check = (path: Path, statements: readonly Statement[] = []): Finding[] => rule(path, statements);
  const each = (path: Path, items: readonly { readonly statements?: readonly Statement[] | undefined }[]) =>
    eachItem(path, items, [({ statements }) => check(["statements"], statements)]);
  return [
    ({ definition }) => each([...CLUSTER, "service_account_roles"], definition.tfvars.cluster.service_account_roles),
    ({ definition }) => each([...CLUSTER, "capabilities"], definition.tfvars.cluster.capabilities),
    ({ definition }) =>
      eachItem([...CLUSTER, "extra_eks_addons"], definition.tfvars.cluster.extra_eks_addons, [
        ({ service_accounts = [] }) => each(["service_accounts"], service_accounts),
      ]),
    ({ definition }) =>
      check([...CLUSTER, "hybrid_nodes", "statements"], definition.tfvars.cluster.hybrid_nodes.statements),
    ({ definition }) => each(["tfvars", "fargate_profiles"], definition.tfvars.fargate_profiles),
    eachWorker([
      ({ additional_policy_statements }) => check(["additional_policy_statements"], additional_policy_statements),
    ]),
    ({ definition }) =>
      eachItem(["tfvars", "extra_charts"], definition.tfvars.extra_charts, [
        ({ permissions }) => check(["permissions"], permissions),
      ]),
    ({ definition }) =>
      addonSettings(definition).flatMap(({ addon, name, options }) =>
        (addon.policies?.(options) ?? []).flatMap(({ option, statements }) =>
          check(["tfvars", "addons", name, "options", option], statements),
        ),
      ),
  ];
}

/** Rules about the statements of each policy: IAM accepts a sid once per policy. */
export const statementRules = ofStatements(sidsOnce);

function sidsOnce(path: Path, statements: readonly Statement[]): Finding[] {
  return sameTwice(
    path,
    statements,
    ({ sid }) => sid,
    (sid) =>
      `${sid} is the sid of an earlier statement. IAM accepts a sid once per policy. Rename or remove one of them`,
    ["sid"],
  );
}
