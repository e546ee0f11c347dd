import { sameTwice } from "../../../language/twice";
import type { Path } from "../../../language/yaml/tree";
import type { Tfvars } from "../../model/cluster";
import { addonSettings } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { eachItem } from "../../rules/each-item";
import { eachWorker } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";

/** The parts of a statement that rules read. */
export interface Statement {
  readonly sid?: string | undefined;
  readonly effect?: string | undefined;
  readonly actions?: readonly string[] | undefined;
  readonly resources?: readonly string[] | undefined;
  readonly condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
}

const CLUSTER = ["tfvars", "cluster"] as const;

/** A rule about the statements of one policy, which are at a path. */
type StatementsRule = (path: Path, statements: readonly Statement[], subject: Subject) => Finding[];

interface WithStatements {
  readonly statements?: readonly Statement[] | undefined;
}

/** Returns checks that apply a rule to the statements of each policy. */
export function ofStatements(rule: StatementsRule): readonly Check[] {
  const list = (subject: Subject, path: Path, statements: readonly Statement[] = []): Finding[] =>
    rule(path, statements, subject);
  const each = (subject: Subject, path: Path, items: readonly WithStatements[]): Finding[] =>
    eachItem(path, items, [({ statements }) => list(subject, ["statements"], statements)]);
  const check =
    (find: (tfvars: Tfvars, subject: Subject) => Finding[]): Check =>
    (subject) =>
      find(subject.definition.tfvars, subject);
  return [
    check(({ cluster }, subject) =>
      each(subject, [...CLUSTER, "service_account_roles"], cluster.service_account_roles),
    ),
    check(({ cluster }, subject) => each(subject, [...CLUSTER, "capabilities"], cluster.capabilities)),
    check(({ cluster }, subject) =>
      eachItem([...CLUSTER, "extra_eks_addons"], cluster.extra_eks_addons, [
        ({ service_accounts = [] }) => each(subject, ["service_accounts"], service_accounts),
      ]),
    ),
    check(({ cluster }, subject) =>
      list(subject, [...CLUSTER, "hybrid_nodes", "statements"], cluster.hybrid_nodes.statements),
    ),
    check(({ fargate_profiles }, subject) => each(subject, ["tfvars", "fargate_profiles"], fargate_profiles)),
    eachWorker([
      ({ additional_policy_statements }, subject) =>
        list(subject, ["additional_policy_statements"], additional_policy_statements),
    ]),
    check(({ extra_charts }, subject) =>
      eachItem(["tfvars", "extra_charts"], extra_charts, [
        ({ permissions }) => list(subject, ["permissions"], permissions),
      ]),
    ),
    (subject) =>
      addonSettings(subject.definition).flatMap(({ addon, name, options }) =>
        (addon.policies?.(options) ?? []).flatMap(({ option, statements }) =>
          list(subject, ["tfvars", "addons", name, "options", option], statements),
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
