import { field, items, numberOf, textOf, texts, valueAt } from "../../plans/json";
import { type ResourceChange, removes } from "../../plans/plan";
import { shortened } from "../../plans/shortened";
import { after, before } from "../../plans/values";
import { nameOf } from "../facts/irreplaceable";
import { includes, isInternet } from "../facts/ranges";
import type { Match, Matcher } from "./rule";

/** A range that may reach something, or be reached. */
interface Opening {
  readonly inward: boolean;
  readonly range: string;
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** Id of the group or the list; undefined if it is created by the same plan. */
  readonly at: string | undefined;
}

const EVERY_PORT = { from: 0, to: 65535 };

function openingsOf(type: string, side: unknown): Opening[] {
  const own = (key: string) => textOf(field(side, key));
  switch (type) {
    case "aws_vpc_security_group_ingress_rule":
    case "aws_vpc_security_group_egress_rule":
      return rule(
        side,
        type.includes("ingress"),
        [own("cidr_ipv4"), own("cidr_ipv6")],
        own("security_group_id"),
        "ip_protocol",
      );
    case "aws_security_group_rule":
      return rule(side, own("type") !== "egress", ranges(side), own("security_group_id"), "protocol");
    case "aws_security_group":
    case "aws_default_security_group":
      return [true, false].flatMap((inward) =>
        items(field(side, inward ? "ingress" : "egress")).flatMap((each) =>
          rule(each, inward, ranges(each), own("id"), "protocol"),
        ),
      );
    case "aws_network_acl_rule":
      return own("rule_action") === "deny"
        ? []
        : rule(
            side,
            field(side, "egress") !== true,
            [own("cidr_block"), own("ipv6_cidr_block")],
            own("network_acl_id"),
            "protocol",
          );
    case "aws_network_acl":
    case "aws_default_network_acl":
      return [true, false].flatMap((inward) =>
        items(field(side, inward ? "ingress" : "egress"))
          .filter((each) => field(each, "action") !== "deny")
          .flatMap((each) =>
            rule(
              each,
              inward,
              [textOf(field(each, "cidr_block")), textOf(field(each, "ipv6_cidr_block"))],
              own("id"),
              "protocol",
            ),
          ),
      );
    case "aws_ec2_managed_prefix_list":
      return items(field(side, "entry")).flatMap((each) =>
        rule(each, true, [textOf(field(each, "cidr"))], own("id"), ""),
      );
    case "aws_ec2_managed_prefix_list_entry":
      return rule(side, true, [own("cidr")], own("prefix_list_id"), "");
    default:
      return [];
  }
}

function ranges(side: unknown): string[] {
  return [...texts(field(side, "cidr_blocks")), ...texts(field(side, "ipv6_cidr_blocks"))];
}

function rule(
  side: unknown,
  inward: boolean,
  found: readonly (string | undefined)[],
  at: string | undefined,
  protocolKey: string,
): Opening[] {
  const protocol = String(field(side, protocolKey) ?? "-1").toLowerCase();
  const every = protocol === "-1" || protocol === "all" || numberOf(field(side, "from_port")) === -1;
  const from = every ? EVERY_PORT.from : (numberOf(field(side, "from_port")) ?? EVERY_PORT.from);
  const to = every ? EVERY_PORT.to : (numberOf(field(side, "to_port")) ?? EVERY_PORT.to);
  return found.flatMap((range) =>
    range === undefined || range === "" ? [] : [{ inward, range, protocol, from, to, at }],
  );
}

function coversOpening(wide: Opening, narrow: Opening): boolean {
  return (
    wide.inward === narrow.inward &&
    (wide.protocol === "-1" || wide.protocol === "all" || wide.protocol === narrow.protocol) &&
    wide.from <= narrow.from &&
    wide.to >= narrow.to &&
    includes(wide.range, narrow.range)
  );
}

/** Keys with ranges, whose values may be known only after the apply. */
const RANGE_KEYS = [
  "cidr_ipv4",
  "cidr_ipv6",
  "cidr_blocks",
  "ipv6_cidr_blocks",
  "cidr_block",
  "ipv6_cidr_block",
  "cidr",
  "entry",
  "ingress",
  "egress",
];

/** Ranges that reach more than before: the internet, or more of a range that was open already. */
export const widensNetwork: Matcher = ({ plan }) => {
  const present = new Map<string, Opening[]>();
  for (const opening of plan.changes.flatMap(({ type, before: side }) => openingsOf(type, side))) {
    if (opening.at === undefined) continue;
    const list = present.get(opening.at);
    if (list === undefined) present.set(opening.at, [opening]);
    else list.push(opening);
  }
  const gone = plan.changes.filter(removes).flatMap(({ type, before: side }) => openingsOf(type, side));
  return plan.changes.flatMap((change): Match[] => {
    if (!change.managed || removes(change) || change.actions.every((action) => action === "no-op")) return [];
    const own = openingsOf(change.type, change.before);
    const group = groupOf(change) ?? "";
    const known = [...own, ...(present.get(group) ?? [])];
    const replaced = gone.filter(({ at }) => at === group);
    const wider = openingsOf(change.type, change.after).filter((opening) => {
      if (known.some((each) => coversOpening(each, opening))) return false;
      if (isInternet(opening.range)) return opening.inward || isPresent(change);
      if (own.length === 0 && namesPeer(change)) return true;
      if ([...own, ...replaced].some((each) => coversOpening(opening, each))) return true;
      return own.some(
        (each) => each.inward === opening.inward && each.range !== opening.range && includes(opening.range, each.range),
      );
    });
    const unknown = own.length > 0 && RANGE_KEYS.some((key) => after(change, [key]).unknown);
    const words = [...wider.map(inWords), ...otherLists(change)];
    if (words.length === 0 && !unknown) return [];
    if (unknown) words.push("gets ranges that are known only after the apply, and may be wider");
    const sensitive = RANGE_KEYS.some((key) => after(change, [key]).sensitive);
    const loses = sensitive ? "opens ranges (sensitive)" : shortened([...new Set(words)].join("; "), 240);
    return [{ address: change.address, loses, change: words.sort() }];
  });
};

function inWords({ inward, range, protocol, from, to }: Opening): string {
  const every = from === EVERY_PORT.from && to === EVERY_PORT.to;
  const ports = every ? "every port" : from === to ? `port ${from}` : `ports ${from} to ${to}`;
  const what = protocol === "-1" || protocol === "all" ? ports : `${ports} of ${protocol}`;
  return inward ? `opens ${what} to ${range}` : `lets ${what} out to ${range}`;
}

/** Keys whose lists of ranges no plan contains. */
const LISTS = ["prefix_list_id", "prefix_list_ids"];

/** Returns lists of ranges that an existing rule or group names now, and did not name before. */
function otherLists(change: ResourceChange): string[] {
  if (change.before === null || change.before === undefined || !change.type.includes("security_group")) return [];
  const of = (side: unknown): string[] =>
    LISTS.flatMap((key) => [field(side, key)].flat()).filter(
      (each): each is string => typeof each === "string" && each !== "",
    );
  const earlier = of(change.before);
  const added = of(change.after).filter((each) => !earlier.includes(each));
  return added.map((each) => `opens ports to the list ${shortened(each)}, whose ranges are in no plan`);
}

/** True if a rule named only groups or lists of ranges before. */
function namesPeer({ before: side }: ResourceChange): boolean {
  const keys = ["prefix_list_id", "referenced_security_group_id", "source_security_group_id"];
  return keys.some((key) => (textOf(field(side, key)) ?? "") !== "") || field(side, "self") === true;
}

/** Returns the id of the group that a rule belongs to, if the group exists. */
function groupOf({ after: side, before: earlier, type }: ResourceChange): string | undefined {
  const key = type.includes("network_acl")
    ? "network_acl_id"
    : type.includes("prefix_list")
      ? "prefix_list_id"
      : "security_group_id";
  return textOf(field(side, key)) ?? textOf(field(earlier, key)) ?? textOf(field(earlier, "id"));
}

/** True if the group of a rule exists before the plan. Traffic from a new group has no users yet. */
const isPresent = (change: ResourceChange): boolean => groupOf(change) !== undefined;

/** The API server on the internet, or open to more of it. */
export const widensEndpoint: Matcher = ({ plan }) =>
  plan.changes.flatMap((change): Match[] => {
    if (!change.managed || change.type !== "aws_eks_cluster" || removes(change)) return [];
    const path = (key: string) => ["vpc_config", 0, key];
    const then = after(change, path("endpoint_public_access"));
    if (!then.unknown && then.value !== true) return [];
    const was = before(change, path("endpoint_public_access")).value === true;
    const allowed = rangesAt(change.before);
    const later = after(change, path("public_access_cidrs"));
    const isNew = change.before === null || change.before === undefined;
    const now = later.unknown ? [] : rangesAt(change.after);
    // EKS opens a public endpoint to everyone unless it has ranges.
    const open = now.length === 0 && !later.unknown ? [EVERYONE] : now;
    const added = isNew
      ? open.filter(isInternet)
      : open.filter((range) => !was || !allowed.some((each) => includes(each, range)));
    const words = [
      ...(isNew || was ? [] : ["opens a public endpoint"]),
      ...(added.length === 0 ? [] : [`opens the API server to ${added.join(", ")}`]),
      ...(then.unknown || (later.unknown && !isNew)
        ? ["may open the API server to ranges that are known only after the apply"]
        : []),
    ];
    if (words.length === 0) return [];
    const loses = later.sensitive ? "opens the API server" : shortened(words.join("; "), 240);
    return [{ address: change.address, loses: isNew ? loses : `${nameOf(change)}: ${loses}`, change: words }];
  });

const EVERYONE = "0.0.0.0/0";

function rangesAt(side: unknown): string[] {
  return texts(valueAt(side, ["vpc_config", 0, "public_access_cidrs"]));
}
