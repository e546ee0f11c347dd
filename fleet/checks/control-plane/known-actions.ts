import {
  globalConditionKeys,
  hasConditionKey,
  IAM_ACTIONS_DATE,
  iamActionNames,
  iamActions,
} from "../../../aws/iam-actions";
import { didYouMean } from "../../../language/suggest";
import { patternsMeet } from "../../../language/wildcard";
import type { Path } from "../../../language/yaml/tree";
import type { Check, Finding } from "../../rules/finding";
import { ofStatements, type Statement } from "./statements";

const warning = (path: Path, message: string): Finding => ({ path, message, severity: "warning" });

/** IAM accepts an action that does not exist, and ignores it. */
function unknownActions({ actions = [] }: Statement): Finding[] {
  return actions.flatMap((action, index): Finding[] => {
    const found = iamActions(action);
    if (found === undefined || found.length > 0) return [];
    const meant = didYouMean(action, iamActionNames(action));
    const message = `AWS had no action ${action} on ${IAM_ACTIONS_DATE}, and IAM ignores unknown actions${meant || ". Correct it"}`;
    return [warning(["actions", index], message)];
  });
}

/** Shape of the ARN of a bucket, whose name contains no slash, unlike that of an object. */
const BUCKET = "arn:*:s3:::*";

function accepts(shape: string, resource: string): boolean {
  const [theirs, ours] = [partsOf(shape), partsOf(resource)];
  const isBucket = theirs.join(":") === BUCKET;
  return theirs.every((part, index) => patternsMeet(part, ours[index] ?? "")) && !(isBucket && resource.includes("/"));
}

/** Returns the 6 parts of an ARN, with a `*` for each placeholder or variable. */
function partsOf(arn: string): readonly string[] {
  const all = arn.replaceAll(/\$\{[^${}]*\}/g, "*").split(":");
  return [...all.slice(0, 5), all.slice(5).join(":")];
}

/** IAM accepts a resource of another kind than the action is about, and never allows the action on it. */
function otherResources({ actions = [], resources = [] }: Statement): Finding[] {
  const named = actions.map((action) => iamActions(action));
  if (resources.includes("*") || named.some((found) => found === undefined || found.length === 0)) return [];
  const shapes = named.map((found = []) => found.flatMap(({ arns }) => arns));
  const unused = resources.flatMap((resource, index): Finding[] => {
    if (shapes.flat().some((shape) => accepts(shape, resource))) return [];
    const [what, remedy] = [actions.join(", "), remedyFor(resource)];
    return [
      warning(["resources", index], `is no resource of ${what}, so the statement has no effect on it. ${remedy}`),
    ];
  });
  if (unused.length > 0) return unused;
  return actions.flatMap((action, index): Finding[] => {
    const own = shapes[index] ?? [];
    if (own.some((shape) => resources.some((resource) => accepts(shape, resource)))) return [];
    const message =
      own.length === 0
        ? `${action} accepts no resource but *, so the statement does not contain it. Move it to a statement of its own with resources: ["*"]`
        : `${action} accepts none of resources, so the statement does not contain it. Add its resources, or remove it`;
    return [warning(["actions", index], message)];
  });
}

function remedyFor(resource: string): string {
  return /^arn:[^:]*:s3:::[^/]*$/.test(resource) ? "Write objects of a bucket as <bucket>/*" : "Correct the ARN";
}

function unknownKeys({ condition = {} }: Statement): Finding[] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.keys(keys).flatMap((key): Finding[] => {
      if (hasConditionKey(key) !== false) return [];
      const message = `IAM has no condition key ${key}, so the condition is never met, or always if it is negative${didYouMean(key, globalConditionKeys) || ". Correct it"}`;
      return [warning(["condition", operator, key], message)];
    }),
  );
}

/** Rules about statements that IAM accepts, although they say something else than they seem to. */
export const knownActionRules: readonly Check[] = [unknownActions, otherResources, unknownKeys].flatMap((rule) =>
  ofStatements((path, statements) =>
    statements.flatMap((statement, index) =>
      rule(statement).map((finding) => ({ ...finding, path: [...path, index, ...finding.path] })),
    ),
  ),
);
