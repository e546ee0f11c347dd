import { isOffered, OFFERINGS_DATE } from "../../../aws/instance-offerings";
import { memoryOf, vcpusOf } from "../../../aws/instance-sizes";
import { architectureOf, instanceLimits, instanceTypes, isKnownFamily, knownVcpus } from "../../../aws/instance-types";
import { ifCertain } from "../../../language/refused";
import { listed } from "../../../language/suggest";
import type { Path } from "../../../language/yaml/tree";
import { INSTANCE_LABELS } from "../../nodes/karpenter";
import { eachItem } from "../../rules/each-item";
import type { Finding } from "../../rules/finding";
import type { NodePool, PoolRule } from "./each-pool";

type Operator = NodePool["requirements"][number]["operator"];

/** A requirement of a pool for each of its nodes, in a key of its own or in one of its requirements. */
interface Ask {
  readonly path: Path;
  /** For messages. */
  readonly text: string;
  readonly label: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

const ARCHITECTURE = "kubernetes.io/arch";
const TYPE = "node.kubernetes.io/instance-type";

/**
 * All requirements apply together, so a pool whose requirements exclude each other never has a node, and only the controller's
 * log shows it. A property that the list of instance types does not have, such as bandwidth, excludes nothing.
 */
export const excludingRequirements: PoolRule = (pool) => {
  const asks = asksOf(pool);
  const [ofLabels] = asks.flatMap((last, index) => excludedBy(last, asks.slice(0, index)));
  return ofLabels === undefined ? noType(pool, asks) : [ofLabels];
};

/** Returns what can be read of a pool's requirements: fewer of them exclude nothing more. */
function asksOf(pool: NodePool): readonly Ask[] {
  const domain = INSTANCE_LABELS[pool.kind];
  const bound = (
    label: string,
    operator: Operator,
    path: readonly string[],
    value: number | null,
    offset = 0,
  ): Ask[] => {
    if (value === null) return [];
    const text = `${path.join(".")} (${value})`;
    return [{ label: `${domain}/${label}`, operator, path, text, values: [String(value + offset)] }];
  };
  const list = (label: string, key: "architectures" | "instance_categories"): Ask[] => {
    const values = pool[key];
    return values.length === 0
      ? []
      : [{ label, operator: "In", path: [key], text: `${key} (${listed(values)})`, values }];
  };
  const own: readonly (() => Ask[])[] = [
    () => list(ARCHITECTURE, "architectures"),
    () => list(`${domain}/instance-category`, "instance_categories"),
    () => {
      const key = "instance_generation_greater_than";
      return bound("instance-generation", "Gt", [key], pool[key]);
    },
    // An instance with more vCPUs than the whole pool can have is never bought either.
    () => bound("instance-cpu", "Lt", ["limits", "vcpus"], pool.limits.vcpus, 1),
    () => bound("instance-cpu", "Gt", ["min_vcpus"], pool.min_vcpus, -1),
    () => {
      const { max_vcpus, min_vcpus } = pool;
      // A maximum below min_vcpus is reported by itself.
      return (max_vcpus ?? 0) < (min_vcpus ?? 0) ? [] : bound("instance-cpu", "Lt", ["max_vcpus"], max_vcpus, 1);
    },
  ];
  const asks = own.flatMap((read) => ifCertain(read) ?? []);
  eachItem([], ifCertain(() => pool.requirements) ?? [], [
    ({ key, operator, values = [] }, index) => {
      if (key === ARCHITECTURE || !isComparable(operator, values)) return [];
      const words = [key, operator, ...(values.length === 0 ? [] : [listed(values)])];
      const text = `requirements[${index}] (${words.join(" ")})`;
      asks.push({ label: key, operator, path: ["requirements", index], text, values });
      return [];
    },
  ]);
  return asks;
}

/** True if the values are what the operator compares with. Others are reported by themselves. */
function isComparable(operator: Operator, values: readonly string[]): boolean {
  if (operator === "Gt" || operator === "Lt") return values.length === 1 && /^\d+$/.test(values[0] ?? "");
  return operator === "Exists" || operator === "DoesNotExist" || values.length > 0;
}

/** Reports a requirement that, with earlier ones, leaves no value of its label. */
function excludedBy(last: Ask, before: readonly Ask[]): Finding[] {
  const others = before.filter(({ label }) => label === last.label);
  if (others.length === 0 || !isEmpty([...others, last])) return [];
  const each = others.filter((other) => isEmpty([other, last]));
  return [excludes(last, each.length === 0 ? others : each)];
}

function excludes(ask: Ask, others: readonly Ask[]): Finding {
  const message = `excludes every instance type together with ${others.map(({ text }) => text).join(" and ")}, so the pool never has a node. Change one of them`;
  return { path: ask.path, message, because: others.map(({ path }) => path) };
}

function isEmpty(asks: readonly Ask[]): boolean {
  const [some, ...others] = asks.filter(({ operator }) => operator === "In");
  if (some !== undefined) {
    const rest = [...others, ...asks.filter(({ operator }) => operator !== "In")];
    return !some.values.some((value) => rest.every((ask) => allows(ask, value)));
  }
  const bounds = (operator: Operator) =>
    asks.filter((ask) => ask.operator === operator).map(({ values: [value] }) => Number(value));
  if (Math.max(...bounds("Gt")) + 1 >= Math.min(...bounds("Lt"))) return true;
  const has = (...operators: readonly Operator[]) => asks.some(({ operator }) => operators.includes(operator));
  return has("DoesNotExist") && has("Exists", "Gt", "Lt");
}

function allows({ operator, values }: Ask, value: string): boolean {
  switch (operator) {
    case "In":
      return values.includes(value);
    case "NotIn":
      return !values.includes(value);
    case "Gt":
      return Number(value) > Number(values[0]);
    case "Lt":
      return Number(value) < Number(values[0]);
    case "Exists":
      return true;
    case "DoesNotExist":
      return false;
    default:
      return operator satisfies never;
  }
}

/** Reports types or families that the pool lists and its other requirements exclude. A type newer than the list may fit. */
function noType(pool: NodePool, asks: readonly Ask[]): Finding[] {
  const domain = INSTANCE_LABELS[pool.kind];
  const facts = factsOf(domain);
  const named = asks.filter(
    ({ label, operator }) => operator === "In" && (label === TYPE || label === `${domain}/instance-family`),
  );
  const isKnown = ({ label, values }: Ask) =>
    values.every((value) => (label === TYPE ? instanceLimits(value) !== undefined : isKnownFamily(value)));
  if (named.length === 0) return noKnownType(asks, facts);
  if (!named.every(isKnown)) return [];
  const compared = asks.filter(({ label }) => facts[label] !== undefined);
  const bySize = [`${domain}/instance-cpu`, `${domain}/instance-size`];
  const byType = named.some(({ label }) => label === TYPE);
  const lasting = byType ? compared : compared.filter(({ label }) => !bySize.includes(label));
  const [sure] = named.flatMap((ask) => leftOut(ask, lasting, facts));
  if (sure !== undefined || byType) return sure === undefined ? [] : [sure];
  // A known family may get a new size.
  return named
    .flatMap((ask) => leftOut(ask, compared, facts))
    .slice(0, 1)
    .map((finding) => ({ ...finding, severity: "warning" as const }));
}

/** Warns of a pool that fits no type in the list. A type that is newer may fit. */
function noKnownType(asks: readonly Ask[], facts: Facts): Finding[] {
  const compared = asks.filter(({ label }) => facts[label] !== undefined);
  const types = instanceTypes().filter((type) => nameParts(type) !== undefined);
  const suited = (others: readonly Ask[]) => types.some((type) => others.every((ask) => fits(type, ask, facts)));
  if (suited(compared)) return [];
  const culprit = compared.findLast((ask) => suited(compared.filter((each) => each !== ask))) ?? compared.at(-1);
  if (culprit === undefined) return [];
  const others = compared.filter((each) => each !== culprit);
  return [{ ...excludes(culprit, others), severity: "warning" }];
}

/** Returns the types in the list that a pool may use. */
export function possibleTypes(pool: NodePool): readonly string[] {
  const facts = factsOf(INSTANCE_LABELS[pool.kind]);
  const asks = asksOf(pool);
  return instanceTypes().filter((type) => nameParts(type) !== undefined && asks.every((ask) => fits(type, ask, facts)));
}

/** Warns of a pool whose types the cluster's region does not offer: Karpenter then finds no offering, and only its log shows it. */
export const typesOfRegion: PoolRule = (pool, { definition }) => {
  const region = definition.tfvars.common.aws_region;
  const domain = INSTANCE_LABELS[pool.kind];
  const facts = factsOf(domain);
  const asks = asksOf(pool);
  const naming = asks.filter(
    ({ label, operator }) =>
      operator === "In" && [TYPE, `${domain}/instance-family`, `${domain}/instance-category`].includes(label),
  );
  const [first] = naming;
  const isNew = naming.some(
    ({ label, values }) =>
      (label === TYPE && values.some((type) => instanceLimits(type) === undefined)) ||
      (label.endsWith("family") && values.some((family) => !isKnownFamily(family))),
  );
  if (first === undefined || isNew) return [];
  const types = instanceTypes().filter((type) => asks.every((ask) => fits(type, ask, facts)));
  if (types.length === 0 || types.some((type) => isOffered(type, region))) return [];
  const message = `${region} offered none of these instance types on ${OFFERINGS_DATE}, so the pool would have no node. Use other types or families`;
  return [{ path: first.path, because: naming.map(({ path }) => path), message, severity: "warning" }];
};

type Facts = ReturnType<typeof factsOf>;

/** True if a type may have a value that a requirement allows. */
function fits(type: string, { label, ...rest }: Ask, facts: Facts): boolean {
  return facts[label]?.(type)?.some((value) => allows({ label, ...rest }, value)) ?? true;
}

function leftOut(ask: Ask, asks: readonly Ask[], facts: Facts): Finding[] {
  const suits = (type: string, each: Ask) => fits(type, each, facts);
  const types = instanceTypes().filter((type) => suits(type, ask));
  const others = asks.filter((each) => each !== ask);
  if (types.some((type) => others.every((each) => suits(type, each)))) return [];
  const alone = others.filter((each) => !types.some((type) => suits(type, each)));
  if (alone.length > 0) return [excludes(ask, alone)];
  const needed = others.filter((one) =>
    types.some((type) => others.every((each) => each === one || suits(type, each))),
  );
  return [excludes(ask, needed.length === 0 ? others : needed)];
}

/** Returns the values of a label that a type in the list can have, by label; undefined if the list does not have them. */
const factsOf = (domain: string): Readonly<Record<string, (type: string) => readonly string[] | undefined>> => ({
  [TYPE]: (type) => [type],
  [ARCHITECTURE]: (type) => [architectureOf(type) === "arm64" ? "arm64" : "amd64"],
  [`${domain}/instance-family`]: (type) => type.split(".").slice(0, 1),
  [`${domain}/instance-size`]: (type) => type.split(".").slice(1),
  [`${domain}/instance-category`]: (type) => nameParts(type)?.slice(1, 2),
  [`${domain}/instance-generation`]: (type) => nameParts(type)?.slice(2, 3),
  [`${domain}/instance-cpu`]: (type) => (knownVcpus(type) ?? listOf(vcpusOf(type)))?.map(String),
  [`${domain}/instance-memory`]: (type) => listOf(memoryOf(type))?.map(String),
});

const listOf = (value: number | undefined): readonly number[] | undefined =>
  value === undefined ? undefined : [value];

/** Splits a type's name as Karpenter does (pkg/providers/instancetype/types.go). */
function nameParts(type: string): readonly string[] | undefined {
  return /^([a-z]+)(?:-\d+tb)?(\d+)/.exec(type) ?? undefined;
}
