import { z } from "zod";
import type { PolicyStatement } from "../../language/words/iam";
import type { AddonContext } from "../contract/addon-context";

const statement = z.strictObject({
  sid: z.string(),
  /** Why the statement is wider than the cluster, or any other explanation for a reader. */
  reason: z.string().optional(),
  actions: z.array(z.string()).min(1),
  resources: z.array(z.string()).min(1),
  condition: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())]))).optional(),
});

/**
 * A `.policy.json` file: an IAM policy that another project publishes, limited to one cluster. `docs/addons.md` describes how
 * to compare it with a new version of the original.
 */
export const policyData = z.strictObject({
  /** Address of the original. */
  source: z.url(),
  /** Day on which the statements were last compared with the original. */
  compared_on: z.iso.date(),
  /** The differences from the original, and why. */
  differences: z.string(),
  statements: z.array(statement),
  /** Statements that only some options need, by the name of the option. */
  optional: z.record(z.string(), z.array(statement)).optional(),
});

/** Values for the placeholders of a policy besides those of every cluster. A list stands for a whole list of resources. */
type Further = Readonly<Record<string, string | readonly string[]>>;

/** Returns the statements of a policy file for a cluster, followed by those of the given options. */
export function policyOf(
  { optional = {}, statements }: z.output<typeof policyData>,
  { account_id, cluster_name, partition, region }: AddonContext,
  further: Further = {},
  options: readonly string[] = [],
): readonly PolicyStatement[] {
  const values: Further = { account_id, cluster_name, partition, region, ...further };
  const written = [...statements, ...options.flatMap((name) => optional[name] ?? [])];
  return written.map(({ actions, condition, resources, sid }) => ({
    sid,
    actions,
    resources: resources.flatMap((text) => listAt(text, values) ?? filled(text, values)),
    ...(condition !== undefined && { condition: filledCondition(condition, values) }),
  }));
}

const PLACEHOLDER = /\$\{(\w+)\}/g;

/** Returns the list that a whole text is the placeholder of; undefined for other texts. */
function listAt(text: string, values: Further): readonly string[] | undefined {
  const value = values[text.slice(2, -1)];
  return text.startsWith("${") && text.endsWith("}") && typeof value === "object" ? value : undefined;
}

function filled(text: string, values: Further): string {
  return text.replace(PLACEHOLDER, (placeholder, name: string) => {
    const value = values[name];
    if (typeof value !== "string")
      throw new Error(`a policy file has the placeholder ${placeholder}, which has no value`);
    return value;
  });
}

type Condition = NonNullable<z.output<typeof statement>["condition"]>;

function filledCondition(condition: Condition, values: Further): Condition {
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, value]) => [
          filled(key, values),
          typeof value === "string" ? filled(value, values) : value.map((each) => filled(each, values)),
        ]),
      ),
    ]),
  );
}
