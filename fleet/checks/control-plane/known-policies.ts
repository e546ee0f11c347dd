import data from "../../../aws/data/iam-policies.json";
import { likeliest } from "../../../language/suggest";
import type { Check, Finding } from "../../rules/finding";
import { ofAttachedPolicies } from "./attached-policies";

/** Name of a policy -> the path before it in its ARN. */
const PATHS = new Map(
  Object.entries(data.names).flatMap(([path, names]) => names.split(" ").map((name) => [name, path] as const)),
);
const NAMES = [...PATHS.keys()];
const WITHDRAWN = new Set(data.withdrawn.split(" "));
/** Letters that may be wrong in a name: many names differ in a few. */
const MOST_WRONG = 3;

/**
 * Reports a policy of AWS that IAM does not attach to a role. AWS may have added one since the list was read, so a policy that is in no list
 * is only a warning.
 */
export const knownPolicyRules: readonly Check[] = ofAttachedPolicies((arns) =>
  arns.flatMap((arn, index): Finding[] => {
    const [, path = "", name = ""] = /^arn:aws:iam::aws:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
    if (name === "") return [];
    if (path === "/aws-service-role/" || PATHS.get(name) === "/aws-service-role/")
      return [{ path: [index], message: `IAM attaches ${name} only to AWS's own service-linked role. Remove it` }];
    const known = PATHS.get(name);
    if (known === path) return [];
    if (known !== undefined) {
      const message = `IAM has no policy with this path. Use arn:aws:iam::aws:policy${known}${name}`;
      return [{ path: [index], message }];
    }
    if (WITHDRAWN.has(name)) {
      const message = `AWS withdrew ${name}, so IAM no longer attaches it. Use the policy that replaces it`;
      return [{ path: [index], message, severity: "warning" }];
    }
    const meant = NAMES.find((each) => each.startsWith(name)) ?? likeliest(name, NAMES, MOST_WRONG);
    const remedy = meant === undefined ? "Correct it, unless it is newer" : `Did you mean ${meant}?`;
    return [{ path: [index], message: `AWS had no policy ${name} on ${data.date}. ${remedy}`, severity: "warning" }];
  }),
);
