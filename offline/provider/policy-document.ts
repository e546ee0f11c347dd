import { isObject, type ObjectValue, type Value } from "../wire/values";

type Json = string | boolean | number | Json[] | { [name: string]: Json };

const texts = (value: Value | undefined): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
const objects = (value: Value | undefined): ObjectValue[] => (Array.isArray(value) ? value.filter(isObject) : []);
const oneOrMany = (list: string[]): Json => (list.length === 1 ? (list[0] ?? "") : [...list].sort().reverse());

function principals(list: ObjectValue[]): Json {
  const [first] = list;
  if (list.length === 1 && first?.["type"] === "*" && texts(first["identifiers"])[0] === "*") return "*";
  return Object.fromEntries(list.map((each) => [String(each["type"]), oneOrMany(texts(each["identifiers"]))]));
}

function conditions(list: ObjectValue[]): Json {
  const byTest: Record<string, Record<string, Json>> = {};
  for (const { test, variable, values } of list) {
    byTest[String(test)] = { ...byTest[String(test)], [String(variable)]: conditionValues(texts(values)) };
  }
  return byTest;
}

/** Returns conditions in their written order; the real provider sorts all other parts of a statement. */
function conditionValues(list: string[]): Json {
  return list.length === 1 ? (list[0] ?? "") : list;
}

/** Replaces the real provider's placeholder for IAM variables, because `${` belongs to Terraform. */
function variables(json: Json): Json {
  if (typeof json === "string") return json.replaceAll("&{", "${");
  if (Array.isArray(json)) return json.map(variables);
  if (typeof json !== "object") return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, variables(value)]));
}

function statement(block: ObjectValue): Record<string, Json> {
  const rendered: Record<string, Json> = {};
  if (typeof block["sid"] === "string" && block["sid"] !== "") rendered["Sid"] = block["sid"];
  rendered["Effect"] = typeof block["effect"] === "string" ? block["effect"] : "Allow";
  for (const [argument, key] of [
    ["actions", "Action"],
    ["not_actions", "NotAction"],
    ["resources", "Resource"],
    ["not_resources", "NotResource"],
  ] as const) {
    const list = texts(block[argument]);
    if (list.length > 0) rendered[key] = oneOrMany(list);
  }
  for (const [argument, key] of [
    ["principals", "Principal"],
    ["not_principals", "NotPrincipal"],
  ] as const) {
    const list = objects(block[argument]);
    if (list.length > 0) rendered[key] = principals(list);
  }
  const list = objects(block["condition"]);
  if (list.length > 0) rendered["Condition"] = conditions(list);
  return rendered;
}

function statementsIn(document: string): Record<string, Json>[] {
  const { Statement } = JSON.parse(document) as { Statement?: Record<string, Json> | Record<string, Json>[] };
  return [Statement ?? []].flat();
}

/** Merges statements: a later statement with the same Sid replaces the earlier statement. */
function merged(statements: readonly Record<string, Json>[]): Record<string, Json>[] {
  const result: Record<string, Json>[] = [];
  for (const each of statements) {
    const index = each["Sid"] === undefined ? -1 : result.findIndex(({ Sid }) => Sid === each["Sid"]);
    if (index < 0) result.push(each);
    else result[index] = each;
  }
  return result;
}

/** Returns the policy that aws_iam_policy_document renders, with its sources and overrides. */
export function renderPolicy(config: ObjectValue): { readonly json: string; readonly minified: string } {
  const statements = merged([
    ...texts(config["source_policy_documents"]).flatMap(statementsIn),
    ...objects(config["statement"]).map((block) => variables(statement(block)) as Record<string, Json>),
    ...texts(config["override_policy_documents"]).flatMap(statementsIn),
  ]);
  const document = {
    Version: typeof config["version"] === "string" ? config["version"] : "2012-10-17",
    ...(typeof config["policy_id"] === "string" && { Id: config["policy_id"] }),
    Statement: statements,
  };
  return { json: JSON.stringify(document, null, 2), minified: JSON.stringify(document) };
}
