import data from "../../../aws/data/iam-policies.json";
import { likeliest } from "../../../language/suggest";
import type { Check, Finding } from "../../rules/finding";
import { ofAttachedPolicies } from "./attached-policies";

const NAMES: readonly string[] = data.names.split(" ");
const KNOWN = new Set(NAMES);
/** Letters that may be wrong in a name: many names differ in a few. */
const MOST_WRONG = 3;

/** Warns of a policy of AWS that is in no list: IAM refuses to attach what does not exist. A policy that is newer may exist. */
export const knownPolicyRules: readonly Check[] = ofAttachedPolicies((arns) =>
  arns.flatMap((arn, index): Finding[] => {
    const name = /^arn:aws:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
    if (name === undefined || KNOWN.has(name)) return [];
    const meant = NAMES.find((each) => each.startsWith(name)) ?? likeliest(name, NAMES, MOST_WRONG);
    const remedy = meant === undefined ? "Correct it, unless it is newer" : `Did you mean ${meant}?`;
    return [{ path: [index], message: `AWS had no policy ${name} on ${data.date}. ${remedy}`, severity: "warning" }];
  }),
);
