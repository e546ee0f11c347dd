import { accountOf, regionOf } from "../../language/words/arns";
import { OWN_TAGS } from "../../language/words/own-tags";
import type { Path } from "../../language/yaml/tree";
import type { Subject } from "../model/subject";
import type { Finding } from "./finding";

/** A bound of a number: what sets it, such as another key of the same group, and its value. */
export type Bound = number | { readonly key: string; readonly value: number };

const numberOf = (bound: Bound): number => (typeof bound === "number" ? bound : bound.value);
const textOf = (bound: Bound): string => (typeof bound === "number" ? String(bound) : `${bound.key} (${bound.value})`);

/** Returns the paths of the keys that set bounds of a value beside them. */
const against = (path: Path, ...bounds: readonly Bound[]): Pick<Finding, "against"> => ({
  against: bounds.flatMap((bound) =>
    typeof bound === "number" ? [] : [[...path.slice(0, -1), ...bound.key.split(".")]],
  ),
});

/** Reports a number below its lower bound. */
export function atLeast(path: Path, value: number, least: Bound): Finding[] {
  if (value >= numberOf(least)) return [];
  return [{ path, message: `must be at least ${textOf(least)}, but is ${value}`, ...against(path, least) }];
}

/** Reports a number above its upper bound. */
export function atMost(path: Path, value: number, most: Bound): Finding[] {
  if (value <= numberOf(most)) return [];
  return [{ path, message: `must be at most ${textOf(most)}, but is ${value}`, ...against(path, most) }];
}

/** Reports a number outside its bounds, both of which it may have. */
export function between(path: Path, value: number, least: Bound, most: Bound): Finding[] {
  if (value >= numberOf(least) && value <= numberOf(most)) return [];
  return [
    {
      path,
      message: `must be between ${textOf(least)} and ${textOf(most)}, but is ${value}`,
      ...against(path, least, most),
    },
  ];
}

/**
 * Reports a key that is set and does nothing.
 *
 * @param reason a clause, such as `Bottlerocket has no feature gates`
 * @param remedy what else the reader can do besides removing the key, such as `or set kind: self_managed`
 */
export function noEffect(path: Path, reason: string, remedy?: string): Finding {
  const or = remedy === undefined ? "" : `, ${remedy}`;
  return { path, message: `has no effect because ${reason}. Remove it${or}` };
}

/**
 * Reports a key that cannot work without something else.
 *
 * @param what the missing thing, such as `notification_target_arn`
 * @param remedy a sentence without its full stop, such as `Set notification_target_arn or remove role_arn`
 */
export function requires(path: Path, what: string, remedy: string): Finding {
  return { path, message: `requires ${what}. ${remedy}` };
}

/** Reports an item that has none or both of 2 keys of which it requires one. */
export function exactlyOne<Key extends string>(
  item: Readonly<Partial<Record<Key, unknown>>>,
  ...[one, other]: [Key, Key]
): Finding[] {
  if ((item[one] === undefined) !== (item[other] === undefined)) return [];
  if (item[one] === undefined) return [requires([], `${one} or ${other}`, "Set one of them")];
  return [{ path: [], message: `must not have both ${one} and ${other}. Remove one of them` }];
}

/** Reports tags with a key that every resource of the cluster already has. */
export function ownTags(path: Path, tags: Readonly<Record<string, unknown>>): Finding[] {
  const message = `is a tag that every resource of the cluster already has. Rename it (reserved: ${OWN_TAGS.join(", ")})`;
  return OWN_TAGS.filter((key) => Object.hasOwn(tags, key)).map((key) => ({ path: [...path, key], message }));
}

/** Reports the ARN of a resource in another region than the cluster's. */
export function inRegion(path: Path, arn: string | null | undefined, region: string): Finding[] {
  const actual = regionOf(arn);
  if (actual === undefined || actual === region) return [];
  return [{ path, message: `is in ${actual}, but the cluster is in ${region}. Use one in ${region}` }];
}

/**
 * Reports the ARN of a role in another account than the cluster's.
 *
 * @param remedy what else the reader can do, such as `. Set the other role as target_role_arn`
 */
export function ownRole(
  { account }: Pick<Subject, "account">,
  path: Path,
  arn: string | null | undefined,
  remedy = "",
): Finding[] {
  const owner = accountOf(arn);
  if (account === undefined || owner === undefined || owner === account.id) return [];
  return [
    { path, message: `must be a role of the cluster's own account ${account.id}, but is of account ${owner}${remedy}` },
  ];
}
