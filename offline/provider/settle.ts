import type { Block } from "../schema/schema";
import { type ObjectValue, Unknown } from "../wire/values";
import { type Draft, digits, draftOf, type Related } from "./draft";
import { ID_PREFIXES } from "./id-prefixes";
import { identityOf } from "./identity";
import { invent } from "./invent";
import type { Scope } from "./scope";
import { walk } from "./walk";

/** Attributes from which others are derived, in the order of their dependencies. The id and the ARN follow. */
const FIRST = /^(region|name|namespace|metadata|bucket|\w*name|target_id|key_id|zone_id|association_id)$/;

function idOf(draft: Draft, state: ObjectValue): string {
  const rule = identityOf(draft.type).id;
  if (rule !== undefined) return rule(state, draft);
  const prefix = ID_PREFIXES[draft.type];
  if (prefix !== undefined) return `${prefix}-0${digits(draft, "id", 16)}`;
  return `${draft.type.replace(/^[a-z]+_/, "").replaceAll("_", "-")}-0${digits(draft, "id", 16)}`;
}

/** True if the id consists of digits, and so belongs to one object permanently. A name can be used again. */
export function isGeneratedId(type: string): boolean {
  return identityOf(type).id === undefined || GENERATED.has(type);
}

/** Types whose id is a generated attribute. */
const GENERATED: ReadonlySet<string> = new Set(["aws_kms_key", "aws_route53_zone", "aws_security_group_rule"]);

/**
 * Returns the state of an object without unknown values. The order matters, because ids are derived from names, ARNs from ids,
 * and other attributes from all of them.
 */
export function settle(
  type: string,
  block: Block,
  scope: Scope,
  planned: ObjectValue,
  prior: ObjectValue | null,
  identity: string,
  related: Related,
): ObjectValue {
  const state = { ...planned };
  const draft = draftOf(type, scope, state, prior, identity, related);
  const fill = (names: readonly string[]) => {
    const some: Block = {
      attributes: Object.fromEntries(Object.entries(block.attributes).filter(([name]) => names.includes(name))),
      blocks: Object.fromEntries(Object.entries(block.blocks).filter(([name]) => names.includes(name))),
    };
    const settled = walk(some, state, (attribute, value, path) =>
      value instanceof Unknown ? invent(draft, attribute, path) : value,
    );
    Object.assign(state, settled);
  };
  const names = [...Object.keys(block.attributes), ...Object.keys(block.blocks)];
  // Only attributes without further dependencies: "name" may wait for "name_prefix", "name_prefix" never for "name".
  fill(names.filter((name) => FIRST.test(name)));
  const arnFirst = state["id"] instanceof Unknown && identityOf(type).id !== undefined && idNeedsArn(type);
  const order = arnFirst ? ["arn", "id"] : ["id", "arn"];
  for (const name of order) {
    if (name === "id" && state["id"] instanceof Unknown) state["id"] = idOf(draft, state);
    else if (names.includes(name)) fill([name]);
  }
  fill(names);
  return state;
}

const ARN_AS_ID: ReadonlySet<string> = new Set([
  "aws_iam_policy",
  "aws_iam_openid_connect_provider",
  "aws_iam_service_linked_role",
  "aws_secretsmanager_secret",
]);

function idNeedsArn(type: string): boolean {
  return ARN_AS_ID.has(type);
}
