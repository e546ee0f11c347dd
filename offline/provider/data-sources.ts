import type { Block } from "../schema/schema";
import type { Store } from "../store/store";
import { type ObjectValue, sameValue, UNKNOWN } from "../wire/values";
import { type Draft, digits, draftOf, textOf } from "./draft";
import { renderPolicy } from "./policy-document";
import { dnsSuffixOf, partitionOf, type Scope, zoneIdOf } from "./scope";
import { settle } from "./settle";
import { conform, walk } from "./walk";

/** Returns attributes of a data source; missing attributes are invented. */
type Answer = (draft: Draft) => ObjectValue;

const ZONES = ["a", "b", "c"] as const;

const SSM_KINDS: readonly (readonly [RegExp, (draft: Draft) => string])[] = [
  [/image_id$|\/ami-|image-id$/, (draft) => `ami-0${digits(draft, "ami", 16)}`],
  [/release_version$/, () => "1.33.0-20250101"],
];

const ANSWERS: Readonly<Record<string, Answer>> = {
  aws_caller_identity: ({ account, partition }) => ({
    id: account,
    account_id: account,
    user_id: "AROAOFFLINE:terraform",
    arn: `arn:${partition}:sts::${account}:assumed-role/offline/terraform`,
  }),
  aws_partition: ({ partition, dnsSuffix }) => ({
    id: partition,
    partition,
    dns_suffix: dnsSuffix,
    reverse_dns_prefix: dnsSuffix.split(".").reverse().join("."),
  }),
  aws_region: (draft) => {
    const region = textOf(draft, "region") || textOf(draft, "name") || draft.region;
    const endpoint = `ec2.${region}.${dnsSuffixOf(region)}`;
    return { id: region, name: region, region, endpoint, description: region };
  },
  aws_availability_zones: ({ region }) => ({
    id: region,
    names: ZONES.map((letter) => `${region}${letter}`),
    zone_ids: ZONES.map((letter) => zoneIdOf(`${region}${letter}`)),
    group_names: [region],
  }),
  aws_default_tags: ({ scope }) => ({ id: partitionOf(scope.region), tags: scope.defaultTags }),
  aws_iam_policy_document: (draft) => {
    const { json, minified } = renderPolicy(draft.state);
    const id = String(Number.parseInt(digits({ token: json }, "policy", 8), 16));
    const version = textOf(draft, "version") || "2012-10-17";
    return { id, json, minified_json: minified, version };
  },
  aws_ssm_parameter: (draft) => {
    const name = textOf(draft, "name");
    const value = SSM_KINDS.find(([pattern]) => pattern.test(name))?.[1](draft) ?? `value-of-${name}`;
    const arn = `arn:${draft.partition}:ssm:${draft.region}:${draft.account}:parameter/${name.replace(/^\//, "")}`;
    return { id: name, arn, value, insecure_value: value, type: "String", version: 1 };
  },
  aws_ami: (draft) => {
    const id = `ami-0${digits(draft, "ami", 16)}`;
    return { id, image_id: id, arn: `arn:${draft.partition}:ec2:${draft.region}::image/${id}` };
  },
  aws_eks_cluster_auth: (draft) => ({ id: textOf(draft, "name"), token: `k8s-aws-v1.${digits(draft, "token", 40)}` }),
  aws_service_principal: (draft) => {
    const name = `${textOf(draft, "service_name")}.amazonaws.com`;
    return { id: name, name, suffix: "amazonaws.com" };
  },
  aws_eks_addon_version: () => ({ version: "v1.0.0-eksbuild.1" }),
};

/** Data sources that list objects: the type of the objects, and the attribute that each name lists. */
const LISTS: Readonly<
  Record<string, { readonly of: string; readonly by: string; readonly as: string; readonly in: string }>
> = {
  aws_eks_node_groups: { of: "aws_eks_node_group", by: "node_group_name", as: "names", in: "cluster_name" },
};

function storedList(store: Store, scope: Scope, type: string, config: ObjectValue): ObjectValue | undefined {
  const list = LISTS[type];
  if (list === undefined) return undefined;
  const own = store
    .objects(list.of)
    .filter(({ place, state }) => isVisible(place.scope, scope, config) && sameValue(state[list.in], config[list.in]));
  return { id: config[list.in] ?? null, [list.as]: own.map(({ state }) => state[list.by] ?? null) };
}

/** True if a place is in the requested region of the account, or in the cluster. */
function isVisible([provider, account = "", region]: readonly string[], scope: Scope, config: ObjectValue): boolean {
  const own = new Set([scope.account, scope.cluster, partitionOf(scope.region)]);
  const regions = new Set(["global", String(config["region"] ?? scope.region)]);
  const root = scope.provider === "aws" ? "aws" : "kubernetes";
  return provider === root && own.has(account) && (region === undefined || regions.has(region));
}

/** Returns the stored object that matches every known argument of a data source. */
function storedMatch(
  store: Store,
  scope: Scope,
  type: string,
  block: Block,
  config: ObjectValue,
): ObjectValue | undefined {
  const asked = Object.entries(config).filter(
    ([name, value]) => typeof value === "string" && block.attributes[name] !== undefined && name !== "region",
  );
  if (asked.length === 0) return undefined;
  return store.objects(type).find(({ place, state }) => {
    if (!isVisible(place.scope, scope, config)) return false;
    return asked.every(([name, value]) => sameValue(state[name], value));
  })?.state;
}

/** Reads a data source by its own rule, else from the store; else invents values in the shape of its schema. */
export function readDataSource(
  type: string,
  block: Block,
  scope: Scope,
  store: Store,
  config: ObjectValue,
): ObjectValue {
  const identity = JSON.stringify(config, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
  const state = conform(block, config);
  const draft = draftOf(`data.${type}`, scope, state, null, identity);
  const stored = storedMatch(store, scope, type, block, config);
  const answer: ObjectValue = stored ?? storedList(store, scope, type, config) ?? ANSWERS[type]?.(draft) ?? {};
  for (const [name, value] of Object.entries(answer)) {
    if (block.attributes[name] !== undefined && state[name] === null) state[name] = value;
    else if (block.blocks[name]?.nesting === "list" && sameValue(state[name], [])) state[name] = value;
  }
  if (type === "aws_iam_policy_document") state["version"] = answer["version"] ?? null;
  // Other attributes are settled as for a resource of the type: an ARN or an endpoint looks the same for both.
  const open = walk(block, conform(block, state), (attribute, value) =>
    value === null && attribute.computed === true ? UNKNOWN : value,
  );
  return settle(type, block, scope, open, null, identity, () => undefined);
}
