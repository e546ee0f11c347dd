import { isMap, type PlainMap } from "../../language/plain-map";
import { contains } from "../../language/words/cidr";
import { OPEN_BY_DEFAULT, OPEN_POLICY, policyKeyOf } from "../policies/policy-keys";
import type { Resource } from "../resources/resource";
import { comparePolicies, type Effect, type PermissionChange } from "./policy";

/** Resources that give access, with the sentence for reviewers. */
const ACCESS: Readonly<Record<string, (body: PlainMap) => string>> = {
  aws_ec2_client_vpn_authorization_rule: (body) =>
    `${body["authorize_all_groups"] === true ? "everyone" : text(body["access_group_id"])} on the VPN access to ${text(body["target_network_cidr"])}`,
  aws_eks_access_entry: (body) =>
    `${text(body["principal_arn"])} may enter the cluster${groups(body["kubernetes_groups"])}`,
  aws_eks_access_policy_association: (body) =>
    `${text(body["policy_arn"])} for ${text(body["principal_arn"])}${scope(body["access_scope"])}`,
  aws_eks_pod_identity_association: (body) =>
    `${text(body["role_arn"])} for service account ${text(body["namespace"])}/${text(body["service_account"])}`,
  aws_iam_role_policy_attachment: (body) => `${text(body["policy_arn"])} for ${text(body["role"])}`,
};

const RULES: Readonly<Record<string, string>> = {
  aws_vpc_security_group_ingress_rule: "from",
  aws_vpc_security_group_egress_rule: "to",
};

/** Returns the effect of a resource's change on access; undefined if there is none. Either version may be missing. */
export function securityChange(
  before: Resource | undefined,
  after: Resource | undefined,
): PermissionChange | undefined {
  const type = after?.type ?? before?.type ?? "";
  const policy = policyKeyOf(type);
  if (policy !== undefined) return ofPolicies(policy.key, type, before?.body, after?.body);
  const access = ACCESS[type];
  if (access !== undefined) return ofAccess(before && access(before.body), after && access(after.body));
  const direction = RULES[type];
  if (direction !== undefined) return ofRules(direction, before?.body, after?.body);
  if (GROUPS.includes(type)) return ofGroup(before?.body, after?.body);
  if (type === "aws_eks_cluster") return ofEndpoint(before?.body, after?.body);
  return undefined;
}

/** A Deny that ends with its resource may protect something that ends too. */
function ofPolicies(
  key: string,
  type: string,
  before: PlainMap | undefined,
  after: PlainMap | undefined,
): PermissionChange | undefined {
  const policyOf = (body: PlainMap | undefined): unknown =>
    body !== undefined && OPEN_BY_DEFAULT.includes(type) ? (body[key] ?? OPEN_POLICY) : body?.[key];
  const change = comparePolicies(policyOf(before), policyOf(after));
  const found = [...(change === undefined ? [] : [change]), ...ofBoundary(before, after)];
  const effects = found.map(({ effect }) => effect);
  const [effect] = (["broadened", "changed", "narrowed"] as const).filter((each) => effects.includes(each));
  const told = effect === "broadened" && after === undefined ? "changed" : effect;
  return told && { effect: told, details: found.flatMap(({ details }) => details) };
}

/** A role can do what its policies and its permissions boundary both allow. */
function ofBoundary(before: PlainMap | undefined, after: PlainMap | undefined): PermissionChange[] {
  if (before === undefined || after === undefined) return [];
  const [old, now] = [before["permissions_boundary"], after["permissions_boundary"]];
  if (old === now) return [];
  if (now === undefined) return [{ effect: "broadened", details: [`loses the permissions boundary ${text(old)}`] }];
  if (old === undefined) return [{ effect: "narrowed", details: [`gets the permissions boundary ${text(now)}`] }];
  return [{ effect: "changed", details: [`has the permissions boundary ${text(now)} in place of ${text(old)}`] }];
}

function ofAccess(before: string | undefined, after: string | undefined): PermissionChange | undefined {
  if (before === after) return undefined;
  return {
    effect: after === undefined ? "narrowed" : "broadened",
    details: [
      ...(after === undefined ? [] : [`gives ${after}`]),
      ...(before === undefined ? [] : [`removes ${before}`]),
    ],
  };
}

function ofRules(
  direction: string,
  before: PlainMap | undefined,
  after: PlainMap | undefined,
): PermissionChange | undefined {
  const [old, now] = [before && ruleText(before, direction), after && ruleText(after, direction)];
  if (old === now) return undefined;
  const details = [
    ...(now === undefined ? [] : [`allows ${now}`]),
    ...(old === undefined ? [] : [`no longer allows ${old}`]),
  ];
  const effect: Effect = after === undefined || (before && ruleCovers(before, after)) ? "narrowed" : "broadened";
  return { effect, details };
}

const PEERS = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"];

function ruleText(rule: PlainMap, direction: string): string {
  const peer = PEERS.flatMap((key) => rule[key] ?? [])
    .map(text)
    .join(", ");
  return `${portsText(text(rule["ip_protocol"]), rule)} ${direction} ${peer} (${text(rule["security_group_id"])})`;
}

/** True if a rule already allows what another one allows. */
function ruleCovers(wide: PlainMap, narrow: PlainMap): boolean {
  const isPeer = PEERS.every((key) => {
    const [outer, inner] = [wide[key], narrow[key]];
    if (outer === inner) return true;
    return key === "cidr_ipv4" && isRange(outer) && isRange(inner) && contains(outer, inner);
  });
  if (!isPeer || wide["security_group_id"] !== narrow["security_group_id"]) return false;
  if (text(wide["ip_protocol"]) === "-1") return true;
  return (
    wide["ip_protocol"] === narrow["ip_protocol"] &&
    Number(wide["from_port"]) <= Number(narrow["from_port"]) &&
    Number(wide["to_port"]) >= Number(narrow["to_port"])
  );
}

/** Groups that may contain their rules themselves. */
const GROUPS = ["aws_default_security_group", "aws_security_group"];

function ofGroup(before: PlainMap | undefined, after: PlainMap | undefined): PermissionChange | undefined {
  const [old, now] = [groupRules(before), groupRules(after)];
  const more = [...now].filter((rule) => !old.has(rule));
  const less = [...old].filter((rule) => !now.has(rule));
  if (more.length + less.length === 0) return undefined;
  return {
    effect: more.length > 0 ? "broadened" : "narrowed",
    details: [...more.map((rule) => `allows ${rule}`), ...less.map((rule) => `no longer allows ${rule}`)],
  };
}

function groupRules(body: PlainMap | undefined): ReadonlySet<string> {
  const rules = (["ingress", "egress"] as const).flatMap((side) =>
    [body?.[side] ?? []]
      .flat()
      .filter(isMap)
      .map((rule) => {
        const peers = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups"].flatMap(
          (key) => rule[key] ?? [],
        );
        const named = [...peers.map(text), ...(rule["self"] === true ? ["itself"] : [])].sort().join(", ");
        const protocol = text(rule["protocol"]);
        return `${portsText(protocol, rule)} ${side === "ingress" ? "from" : "to"} ${named}`;
      }),
  );
  return new Set(rules);
}

function portsText(protocol: string, rule: PlainMap): string {
  const [from, to] = [text(rule["from_port"]), text(rule["to_port"])];
  return protocol === "-1" ? "all traffic" : `${protocol} ${from === to ? from : `${from}-${to}`}`;
}

function isRange(value: unknown): value is string {
  return typeof value === "string" && /^\d+\.\d+\.\d+\.\d+\/\d+$/.test(value);
}

/** Returns the change of the ranges that can reach a cluster's API. */
function ofEndpoint(before: PlainMap | undefined, after: PlainMap | undefined): PermissionChange | undefined {
  if (before === undefined || after === undefined) return undefined;
  const [old, now] = [publicRanges(before), publicRanges(after)];
  const more = now.filter((range) => !old.some((each) => each === range || covered(each, range)));
  const less = old.filter((range) => !now.some((each) => each === range || covered(each, range)));
  if (more.length + less.length === 0) return undefined;
  return {
    effect: more.length > 0 ? "broadened" : "narrowed",
    details: [
      ...more.map((range) => `opens the Kubernetes API to ${range}`),
      ...less.map((range) => `closes the Kubernetes API to ${range}`),
    ],
  };
}

function covered(outer: string, inner: string): boolean {
  return isRange(outer) && isRange(inner) && contains(outer, inner);
}

/** EKS opens a public endpoint without ranges to everyone. */
function publicRanges(body: PlainMap): readonly string[] {
  const config = [body["vpc_config"]].flat().find(isMap);
  if (config?.["endpoint_public_access"] !== true) return [];
  const ranges = config["public_access_cidrs"];
  return Array.isArray(ranges) && ranges.length > 0 ? ranges.map(String) : ["0.0.0.0/0"];
}

function groups(value: unknown): string {
  return Array.isArray(value) && value.length > 0 ? ` in group ${value.join(", ")}` : "";
}

function scope(value: unknown): string {
  const access = [value].flat().find(isMap);
  const namespaces = access?.["namespaces"];
  return Array.isArray(namespaces) && namespaces.length > 0 ? ` in namespace ${namespaces.join(", ")}` : "";
}

function text(value: unknown): string {
  return value === undefined || value === null ? "any" : String(value);
}
