import type { StackName } from "../../../fleet/model/stacks";
import { replacingPaths } from "../../../offline/overlay/provider-facts";
import { CLUSTER_MATCHERS } from "./match-cluster";
import { NETWORK_MATCHERS } from "./match-network";
import type { Existing, Match, Matcher, Planned, Settings } from "./matching";

/** The stacks whose resources are imported. Nodes are replaced by groups beside the old ones. */
export const ADOPTED_STACKS = ["networking", "eks-cluster", "addons"] as const satisfies readonly StackName[];

const MATCHERS: Readonly<Record<string, Readonly<Record<string, Matcher>>>> = {
  networking: NETWORK_MATCHERS,
  "eks-cluster": CLUSTER_MATCHERS,
  addons: { aws_eks_addon: CLUSTER_MATCHERS["aws_eks_addon"] as Matcher },
};

/** A resource that Terraform imports. */
export interface Imported extends Match {
  readonly stack: StackName;
  readonly address: string;
}

/** A change in the first plan, besides the import. */
export interface Change {
  readonly stack: StackName;
  readonly address: string;
  readonly what: string;
}

export interface Matched {
  readonly imports: readonly Imported[];
  readonly creates: readonly Change[];
  readonly updates: readonly Change[];
  /** Changes that would replace a resource. */
  readonly traps: readonly Change[];
}

/** Types whose matchers read ids of other resources, so they come last. */
const LAST = ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];

/** Finds the existing resource of each planned one. */
export function matchAll(
  planned: readonly Planned[],
  { inventory, network }: Pick<Existing, "inventory" | "network">,
): Matched {
  const ids = new Map<string, string>();
  const settings = new Map(planned.map((each) => [addressOf(each), each.settings]));
  const existing: Existing = {
    inventory,
    network,
    idOf: (address) => ids.get(address),
    settingsOf: (address) => settings.get(address),
  };
  const imports: Imported[] = [];
  const creates: Change[] = [];
  const updates: Change[] = [];
  const traps: Change[] = [];
  const ordered = [...planned].sort((a, b) => Number(LAST.includes(a.type)) - Number(LAST.includes(b.type)));
  for (const each of ordered) {
    const address = addressOf(each);
    const match = MATCHERS[each.stack]?.[each.type]?.(each, existing);
    const { stack } = each;
    if (match === undefined) {
      creates.push({ stack, address, what: "is created" });
      continue;
    }
    ids.set(address, match.id);
    imports.push({ stack, address, ...match });
    if (match.change !== undefined) updates.push({ stack, address, what: match.change });
    for (const { attribute, from, to } of differences(each.settings, match)) {
      const isTrap = replacingPaths(each.type)?.includes(attribute) === true;
      const what = `${attribute} changes from ${shown(from)} to ${shown(to)}`;
      (isTrap ? traps : updates).push({ stack, address, what });
    }
    if (each.settings["tags"] !== undefined || each.type === "aws_eks_cluster")
      updates.push({ stack, address, what: "gets the tags of the definition" });
  }
  return { imports, creates, updates, traps };
}

export const addressOf = ({ name, type }: Pick<Planned, "name" | "type">): string => `${type}.${name}`;

function differences(planned: Settings, { actual = {}, keep = [] }: Match) {
  return Object.entries(actual).flatMap(([attribute, from]) => {
    const to = planned[attribute];
    const isComparable = to !== undefined && from !== undefined && !String(to).includes("${");
    return isComparable && !keep.includes(attribute) && to !== from ? [{ attribute, from, to }] : [];
  });
}

const shown = (value: unknown): string => JSON.stringify(value);
