import { z } from "zod";

/** An action by its service, so that `*` alone is none. `*` within the service's own actions may stand. */
const action = z
  .string()
  .regex(/^[a-z0-9-]+:[A-Za-z0-9*?]+$/, "must be an action of IAM with its service, such as s3:GetObject");

/** The services of an ARN are many: only what every one of them begins with is checked. */
const resource = z
  .string()
  .regex(
    /^(?:\*|arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9*-]*:[0-9*]*:\S+)$/,
    "must be an ARN, such as arn:aws:s3:::example-bucket/*, or *",
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
export const conditionOperator = z
  .string()
  .refine(
    (operator) => OPERATOR.test(operator),
    "must be a condition operator of IAM, such as StringEquals, ArnLikeIfExists or ForAnyValue:StringLike",
  );

/** One statement of an IAM policy. A condition is `operator -> key -> values`, as in a policy document. */
export interface PolicyStatement {
  readonly sid?: string | undefined;
  readonly effect?: "Allow" | "Deny" | undefined;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A statement of an IAM policy, as a definition writes it. */
export const iamStatement = z.strictObject({
  sid: z
    .string()
    .regex(/^[A-Za-z0-9]{1,100}$/, "must be letters and digits")
    .optional()
    .describe("Name of the statement; absent for none."),
  effect: z.enum(["Allow", "Deny"]).optional().describe("Absent for Allow."),
  actions: z.array(action).min(1).describe("What may be done, such as s3:GetObject."),
  resources: z.array(resource).min(1).describe("With what: ARNs, or * where the action knows no smaller ones."),
  condition: z
    .record(conditionOperator, z.record(z.string(), z.array(z.string()).min(1)))
    .optional()
    .describe("Operator -> key -> values, as in a policy of IAM; absent for always."),
});

interface WrittenStatement extends Omit<PolicyStatement, "condition"> {
  readonly condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> | undefined;
}

/** The statement as Terraform must read it: IAM's own variables look like its references. */
export function literalStatement({ condition, resources, ...rest }: WrittenStatement): PolicyStatement {
  return {
    ...rest,
    resources: resources.map(literal),
    ...(condition === undefined
      ? {}
      : { condition: mapRecord(condition, (keys) => mapRecord(keys, (values) => values.map(literal))) }),
  };
}

/** ARNs of another partition mean nothing in the cluster's region. */
export function foreignArns(
  statements: readonly { readonly resources: readonly string[] }[],
  partition: string,
): readonly { readonly path: (string | number)[]; readonly message: string }[] {
  return statements.flatMap(({ resources }, statement) =>
    resources.flatMap((arn, index) =>
      arn === "*" || arn.startsWith(`arn:${partition}:`)
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

function literal(text: string): string {
  return text.replaceAll("${", () => "$${");
}

function mapRecord<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
