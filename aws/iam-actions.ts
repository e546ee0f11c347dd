import { ownValue } from "../language/plain-map";
import { matchesWildcards } from "../language/wildcard";
import data from "./data/iam-actions.json";

interface Service {
  /** Actions in lower case, because IAM does not distinguish case, with their names and the types of resources that they accept. */
  readonly actions: ReadonlyMap<string, { readonly name: string; readonly types: readonly string[] }>;
  readonly arns: Readonly<Record<string, string>>;
  readonly keys: readonly string[];
}

const SERVICES: Readonly<
  Record<string, { readonly actions: string; readonly types: Readonly<Record<string, string>>; readonly keys: string }>
> = data.services;

/** Condition keys that IAM itself has, in lower case. */
const GLOBAL_KEYS = data.global_keys.toLowerCase().split(" ");

/** Day of the list. AWS adds actions every week. */
export const IAM_ACTIONS_DATE = data.date;

const read = new Map<string, Service>();

function serviceOf(name: string): Service | undefined {
  const known = read.get(name);
  const written = known === undefined ? ownValue(SERVICES, name) : undefined;
  if (written === undefined) return known;
  const actions = written.actions.split(" ").map((each) => {
    const [action = "", types = ""] = each.split(":");
    return [action.toLowerCase(), { name: action, types: types === "" ? [] : types.split(",") }] as const;
  });
  const service = { actions: new Map(actions), arns: written.types, keys: written.keys.toLowerCase().split(" ") };
  read.set(name, service);
  return service;
}

/** An action of AWS, and the shapes of the ARNs that it accepts; none if it accepts no resource but `*`. */
export interface IamAction {
  readonly name: string;
  readonly arns: readonly string[];
}

/** Returns the actions that a pattern such as `s3:Get*` names; undefined if the list does not have its service. */
export function iamActions(pattern: string): readonly IamAction[] | undefined {
  const [prefix = "", name = ""] = pattern.split(":");
  const service = serviceOf(prefix.toLowerCase());
  if (service === undefined) return undefined;
  return [...service.actions]
    .filter(([action]) => matchesWildcards(name.toLowerCase(), action, { one: true }))
    .map(([, { name: own, types }]) => ({
      name: `${prefix}:${own}`,
      arns: types.flatMap((type) => ownValue(service.arns, type) ?? []),
    }));
}

/** Returns the names of all actions of the service that a pattern names. */
export function iamActionNames(pattern: string): readonly string[] {
  const [prefix = ""] = pattern.split(":");
  return [...(serviceOf(prefix.toLowerCase())?.actions.values() ?? [])].map(({ name }) => `${prefix}:${name}`);
}

/** True if IAM has a condition key; undefined if the list does not have its service. */
export function hasConditionKey(key: string): boolean | undefined {
  const [prefix = ""] = key.toLowerCase().split(":");
  const keys = prefix === "aws" ? GLOBAL_KEYS : serviceOf(prefix)?.keys;
  return keys?.some((each) =>
    matchesWildcards(each.replaceAll(/\$\{[^${}]*\}|<[^<>]*>|tag-key/g, "*"), key.toLowerCase()),
  );
}

/** The global condition keys, for suggestions. */
export const globalConditionKeys: readonly string[] = data.global_keys.split(" ");
