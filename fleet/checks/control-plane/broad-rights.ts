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
];
