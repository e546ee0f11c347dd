import type { Block } from "../schema/schema";
import { type ObjectValue, Unknown } from "../wire/values";
import { type Draft, digits, draftOf, type Related } from "./draft";
import { identityOf } from "./identity";
import { invent } from "./invent";
import { ID_PREFIXES } from "./inventions-aws";
import type { Scope } from "./scope";
import { walk } from "./walk";

/** Attributes others are made from, in the order they depend on one another; the id and the ARN come after them. */
const FIRST = /^(region|name|namespace|metadata|bucket|\w*name|target_id|key_id|zone_id|association_id)$/;

function idOf(draft: Draft, state: ObjectValue): string {
  const rule = identityOf(draft.type).id;
  if (rule !== undefined) return rule(state, draft);
  const prefix = ID_PREFIXES[draft.type];
  if (prefix !== undefined) return `${prefix}-0${digits(draft, "id", 16)}`;
  return `${draft.type.replace(/^[a-z]+_/, "").replaceAll("_", "-")}-0${digits(draft, "id", 16)}`;
}

/** Whether the id is made of digits, and so belongs to one object for ever, where a name may be taken up again. */
export function isGeneratedId(type: string): boolean {
  return identityOf(type).id === undefined || GENERATED.has(type);
}

/** Types whose id comes from a generated attribute. */
const GENERATED: ReadonlySet<string> = new Set(["aws_kms_key", "aws_route53_zone", "aws_security_group_rule"]);

/**
 * The state of an object with nothing unknown left in it. Attributes are settled in an order, since ids are made from
 * names, ARNs from ids and the rest from all of them.
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
  // Only attributes of which nothing else is needed: "name" may wait for "name_prefix", never the other way round.
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
