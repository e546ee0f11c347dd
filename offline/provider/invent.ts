import { textAt } from "../schema/attribute-path";
import type { Attribute, ValueType } from "../schema/schema";
import type { ObjectValue, Value } from "../wire/values";
import { arnOf } from "./arn";
import { below, type Draft, digits, type Invention, textOf, uuid } from "./draft";
import { AWS_INVENTIONS, CREATED } from "./inventions-aws";
import { chartInvention } from "./inventions-charts";
import { zoneIdOf } from "./scope";

/** Maximum length of the suffix that `name_prefix` of the real provider adds. */
const SUFFIX_DIGITS = 8;

/** Returns a name with a prefix in the real provider's form: the time in 18 digits, and a counter. */
function nameFromPrefix(draft: Pick<Draft, "token">, prefix: string): string {
  return `${prefix}20250101000000${String(below(draft, "name", 10_000)).padStart(4, "0")}${digits(draft, "name", SUFFIX_DIGITS)}`;
}

/** Meanings of an attribute's name in any type, in the order in which they are tried. */
const BY_NAME: readonly (readonly [RegExp, Invention])[] = [
  [/^arn$/, arnOf],
  [/^(owner_id|account_id|registry_id|caller_account)$/, ({ account }) => account],
  [/^region$/, ({ region }) => region],
  [/^availability_zone$/, ({ region }) => `${region}a`],
  [/^availability_zone_id$/, (draft) => zoneIdOf(textOf(draft, "availability_zone") || `${draft.region}a`)],
  [/_ip$|_dns$|_record$/, () => ""],
  [/(^|_)(created_at|create_date|creation_date|creation_time|modified_at|last_modified|last_updated)$/, () => CREATED],
  [/^status$/, () => "ACTIVE"],
  [/^state$/, () => "available"],
];

/** Attribute names before `_id`, and the prefix of such ids at AWS. */
const ID_WORDS: Readonly<Record<string, string>> = {
  vpc: "vpc",
  subnet: "subnet",
  security_group: "sg",
  network_interface: "eni",
  primary_network_interface: "eni",
  route_table: "rtb",
  association: "assoc",
  image: "ami",
  ami: "ami",
};

function text(draft: Draft, name: string, path: string, attribute: Attribute): Value {
  const found = BY_NAME.find(([pattern]) => pattern.test(name));
  if (found !== undefined) return found[1](draft);
  if (path === "name" || `${path}_prefix` in draft.state) return nameFromPrefix(draft, "terraform-");
  // An optional attribute without a value is empty in AWS. An invented value would look like a choice of the user.
  if (attribute.optional === true) return "";
  if (name.endsWith("_arn")) return arnOf(draft).replace(/[^/:]*$/, digits(draft, path, 17));
  if (name.endsWith("_id")) return `${ID_WORDS[name.slice(0, -3)] ?? name.slice(0, -3)}-0${digits(draft, path, 16)}`;
  if (/(^|_)(endpoint|dns_name|domain_name|fqdn)$/.test(name)) {
    return `${digits(draft, path, 12)}.${draft.region}.${draft.dnsSuffix}`;
  }
  if (/uuid|token/.test(name)) return uuid(draft, path);
  return `${name}-${digits(draft, path, 6)}`;
}

function ofType(type: ValueType, draft: Draft, path: readonly string[], attribute: Attribute): Value {
  const own = ownInvention(draft, path);
  if (own !== undefined) return own(draft);
  const name = path.at(-1) ?? "";
  if (typeof type === "string") {
    switch (type) {
      case "string":
        return text(draft, name, path.join("."), attribute);
      case "number":
        return 0;
      case "bool":
        return false;
      case "dynamic":
        return null;
      default:
        return unreachable(type);
    }
  }
  const [kind, element] = type;
  switch (kind) {
    case "object":
      return members(element, (member, memberType) => ofType(memberType, draft, [...path, member], attribute));
    case "map":
      return {};
    case "list":
    case "set":
      // A list of structs that only the provider fills has one element, so that `[0]` works as in AWS.
      if (attribute.optional === true || typeof element === "string") return [];
      return [ofType(element, draft, path, attribute)];
    default:
      return unreachable(kind);
  }
}

function members(
  types: Readonly<Record<string, ValueType>>,
  each: (name: string, type: ValueType) => Value,
): ObjectValue {
  return Object.fromEntries(Object.entries(types).map(([name, type]) => [name, each(name, type)]));
}

function unreachable(kind: never): never {
  throw new Error(`cannot invent a value of type ${String(kind)}`);
}

function ownInvention(draft: Draft, path: readonly string[]): Invention | undefined {
  const dotted = path.join(".");
  return draft.scope.provider === "aws" ? AWS_INVENTIONS[draft.type]?.[dotted] : chartInvention(draft.type, dotted);
}

/** Invents the value of an attribute that only the provider can set. */
export function invent(draft: Draft, attribute: Attribute, path: readonly string[]): Value {
  const name = path.at(-1) ?? "";
  const prefix =
    path.length === 1
      ? textOf(draft, `${name}_prefix`)
      : textAt(draft.state, [...path.slice(0, -1), `${name}_prefix`].join("."));
  if (prefix) return nameFromPrefix(draft, prefix);
  if (path.join(".") === "metadata.name" && textAt(draft.state, "metadata.generate_name")) {
    return `${textAt(draft.state, "metadata.generate_name")}${digits(draft, "name", 10)}`;
  }
  if (/(^|_)name_prefix$/.test(name)) return "";
  if (name === "tags_all") return { ...draft.scope.defaultTags, ...(draft.state["tags"] as ObjectValue | null) };
  const { nested, type } = attribute;
  if (nested === undefined) return ofType(type ?? "dynamic", draft, path, attribute);
  const own = ownInvention(draft, path);
  if (own !== undefined) return own(draft);
  if (nested.nesting === "map") return {};
  const object = Object.fromEntries(
    Object.entries(nested.attributes).map(([member, child]) => [member, invent(draft, child, [...path, member])]),
  );
  if (nested.nesting === "single") return object;
  return attribute.optional === true ? [] : [object];
}
