import type { Check, Finding } from "../../rules/finding";
import { ofAttachedPolicies } from "./attached-policies";
import { ofStatements } from "./statements";

/** AWS's policies that allow all of an account, or the way there: IAM guide, job functions; each can create an administrator. */
const ADMINISTRATORS = ["AdministratorAccess", "IAMFullAccess", "PowerUserAccess", "AWSOrganizationsFullAccess"];

const REMEDY = "Every pod that uses the role can change the whole account. Allow what is used only";

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** Actions that allow to become an administrator. */
const ALL_ACTIONS = /^(?:\*|\*:\*|iam:\*|sts:\*|organizations:\*)$/;

/** Actions that, on every resource, read what all programs of the account keep secret. */
const OF_ALL_SECRETS =
  /^(?:secretsmanager:(?:\*|Get\*|GetSecretValue|BatchGetSecretValue)|ssm:(?:Get\*|GetParameter(?:s|sByPath|\*)?))$/i;

/** All roles or users of an account. */
const EVERY_ROLE = /^(?:\*|arn:[^:]*:iam::[\d*]*:(?:role|user)\/\*)$/;

/** Actions that, on every resource, give the rights of any role or user (IAM user guide, PassRole; AWS's policy checks). */
const OF_ANY_ROLE =
  /^(?:iam:(?:PassRole|\*PassRole|CreateAccessKey|CreateLoginProfile|UpdateAssumeRolePolicy|AttachRolePolicy|AttachUserPolicy|PutRolePolicy|PutUserPolicy|CreatePolicyVersion|SetDefaultPolicyVersion|AddUserToGroup)|sts:AssumeRole)$/i;

/** Warns of policies and statements that allow everything. */
export const broadRightsRules: readonly Check[] = [
  ...ofAttachedPolicies((arns) =>
    arns.flatMap((arn, index): Finding[] => {
      if (!ADMINISTRATORS.includes(nameOf(arn))) return [];
      return [{ path: [index], message: `${nameOf(arn)} gives administrator rights. ${REMEDY}`, severity: "warning" }];
    }),
  ),
  ...ofStatements((path, statements) =>
    statements.flatMap(({ actions = [], effect = "Allow", resources = [] }, index): Finding[] => {
      const broad = actions.find((action) => ALL_ACTIONS.test(action));
      if (effect !== "Allow" || broad === undefined || !resources.includes("*")) return [];
      const message = `${broad} on every resource gives administrator rights. ${REMEDY}`;
      return [{ path: [...path, index, "actions"], message, severity: "warning" }];
    }),
  ),
  ...ofStatements((path, statements) =>
    statements.flatMap(({ actions = [], condition = {}, effect = "Allow", resources = [] }, index): Finding[] => {
      const broad = actions.find((action) => OF_ANY_ROLE.test(action));
      const limited = Object.keys(condition).length > 0;
      if (effect !== "Allow" || broad === undefined || limited || !resources.some((each) => EVERY_ROLE.test(each)))
        return [];
      const message = `${broad} on every resource gives the rights of any role of the account, also administrators'. Name the roles in resources`;
      return [{ path: [...path, index, "actions"], message, severity: "warning" }];
    }),
  ),
  ...ofStatements((path, statements) =>
    statements.flatMap(({ actions = [], condition = {}, effect = "Allow", resources = [] }, index): Finding[] => {
      const broad = actions.find((action) => OF_ALL_SECRETS.test(action));
      if (effect !== "Allow" || broad === undefined || Object.keys(condition).length > 0) return [];
      if (!resources.includes("*")) return [];
      const message = `${broad} on every resource reads the secrets of every program in the account. Name those that are used in resources`;
      return [{ path: [...path, index, "actions"], message, severity: "warning" }];
    }),
  ),
];
