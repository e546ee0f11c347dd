import { z } from "zod";
import { inKeyOrder } from "../plain-map";
import { text } from "./text";

/** An IAM path, without the characters that are hard to read in an ARN. 128 leaves room for a name in an ARN of 512. */
export const iamPath = text(
  /^\/(?:[\w+=,.@-]+\/)*$/,
  "an IAM path that begins and ends with a slash",
  "/teams/search/",
).max(128, "must have at most 128 characters");

/** IAM reads service and action in any case, and accepts wildcards in the action only. */
const action = text(
  /^(?:\*|[A-Za-z0-9-]{1,64}:[A-Za-z0-9*?]{1,128})$/,
  "an IAM action with its service",
  "s3:GetObject",
);

/** Services spell their resources differently: only the six parts that every ARN has are checked. */
const resource = text(
  /^(?:\*|(?=.{1,1024}$)arn:(?:\*|aws[a-z-]*):[a-z0-9-]+:[a-z0-9*?-]*:(?:aws|[0-9*?]*):[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)$/,
  "an ARN or *",
  "arn:aws:s3:::example-bucket/*",
);

const COMPARISONS = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];

/** "IAM JSON policy elements: Condition operators" of the IAM user guide. */
const OPERATORS: readonly string[] = [
  ...["Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike"].map((is) => `String${is}`),
  ...COMPARISONS.map((is) => `Numeric${is}`),
  ...COMPARISONS.map((is) => `Date${is}`),
  "Bool",
  "BinaryEquals",
  "IpAddress",
  "NotIpAddress",
  ...["Equals", "Like", "NotEquals", "NotLike"].map((is) => `Arn${is}`),
];

const OPERATOR = new RegExp(
  `^(?:(?:ForAllValues|ForAnyValue):)?(?:(?:${OPERATORS.join("|")})(?:IfExists)?|Null)$`,
  "i",
);

/** How a condition compares; IAM reads it in any case. */
const conditionOperator = z
  .string()
  .refine(
    (operator) => OPERATOR.test(operator),
    "must be an IAM condition operator, such as StringEquals, ArnLikeIfExists or ForAnyValue:StringLike",
  );

const OF_ADDRESSES = /^(?:(?:ForAllValues|ForAnyValue):)?(?:Not)?IpAddress(?:IfExists)?$/i;
const ADDRESS = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const isAddress = (value: string): boolean => value.includes("${") || ADDRESS.safeParse(value).success;

/** May hold one of IAM's own variables, such as `${aws:username}`. */
const conditionValue = text(/^[\x20-\x7e]{1,1024}$/, "plain text of at most 1024 characters");

/** One statement of an IAM policy. A condition is `operator -> key -> values`, as in a policy document. */
export interface PolicyStatement {
  readonly sid?: string | undefined;
  readonly effect?: "Allow" | "Deny" | undefined;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>> | undefined;
}

/** A statement of an IAM policy, as a definition spells it. */
export const iamStatement = z
  .strictObject({
    sid: text(/^[A-Za-z0-9]{1,64}$/, "letters and digits, at most 64 characters")
      .meta({ examples: ["ReadBucket"] })
      .optional()
      .describe("Name of the statement, unique in its list. Optional."),
    effect: z.enum(["Allow", "Deny"]).optional().describe("Allow, which is the default, or Deny."),
    actions: z.array(action).min(1).describe("Actions, such as s3:GetObject. Only Deny accepts *."),
    resources: z.array(resource).min(1).describe("ARNs that the actions apply to, or * for actions without resources."),
    condition: z
      .record(conditionOperator, z.record(z.string(), z.union([conditionValue, z.array(conditionValue).min(1)])))
      .optional()
      .describe("Operator -> key -> value or values, as in an IAM policy. The default is no condition."),
  })
  .superRefine(({ actions, condition, effect }, { addIssue }) => {
    for (const [operator, keys] of Object.entries(condition ?? {})) {
      if (!OF_ADDRESSES.test(operator)) continue;
      for (const [key, values] of Object.entries(keys))
        if (![values].flat().every(isAddress)) {
          const message = "must be an address or a range, such as 203.0.113.0/24";
          addIssue({ code: "custom", path: ["condition", operator, key], message });
        }
    }
    const index = effect === "Deny" ? -1 : actions.indexOf("*");
    if (index < 0) return;
    const message = "must be an IAM action with its service, such as s3:GetObject, unless effect is Deny";
    addIssue({ code: "custom", path: ["actions", index], message });
  });

/**
 * Returns the statement with IAM's own variables escaped, which Terraform would evaluate as references, and its conditions in one order,
 * because a policy is text.
 */
export function literalStatement({ condition, resources, ...rest }: PolicyStatement): PolicyStatement {
  return {
    ...rest,
    resources: resources.map(literal),
    ...(condition !== undefined && {
      condition: mapRecord(inKeyOrder(condition), (keys) => mapRecord(keys, literalValues)),
    }),
  };
}

/** ARNs of another partition mean nothing in the cluster's region. */
export function foreignArns(
  statements: readonly { readonly resources: readonly string[] }[],
  partition: string,
): readonly { readonly path: (string | number)[]; readonly message: string }[] {
  return statements.flatMap(({ resources }, statement) =>
    resources.flatMap((arn, index) =>
      arn === "*" || arn.startsWith("arn:*:") || arn.startsWith(`arn:${partition}:`)
        ? []
        : [
            {
              path: [statement, "resources", index],
              message: `must be an ARN of partition ${partition}, as the cluster's region is, got ${arn}`,
            },
          ],
    ),
  );
}

const literal = (value: string): string => value.replaceAll("${", () => "$${").replaceAll("%{", "%%{");

function literalValues(values: string | readonly string[]): string | readonly string[] {
  return typeof values === "string" ? literal(values) : values.map(literal);
}

function mapRecord<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
