import { architectureOf, instanceLimits, instanceTypes, isKnownFamily, knownVcpus } from "../../../aws/instance-types";
import { listed } from "../../../language/suggest";
import type { Path } from "../../../language/yaml/tree";
import type { Definition } from "../../model/cluster";
import { INSTANCE_LABELS } from "../../nodes/karpenter";
import type { Finding } from "../../rules/finding";

type NodePool = Definition["tfvars"]["node_pools"][number];
type Operator = NodePool["requirements"][number]["operator"];

/** What a pool asks of each of its nodes, by a key of its own or by one of its requirements. */
interface Ask {
  readonly path: Path;
  /** For messages. */
  readonly said: string;
  readonly label: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

const ARCHITECTURE = "kubernetes.io/arch";
const TYPE = "node.kubernetes.io/instance-type";

/**
 * Requirements hold together, so those that exclude each other make a pool that never has a node, and nothing says so but the
 * controller's log. Whatever the list of instance types does not know, such as memory, fits.
 */
export function excludingRequirements(pool: NodePool): Finding[] {
  const asks = asksOf(pool);
  const [ofLabels] = asks.flatMap((last, index) => excludedBy(last, asks.slice(0, index)));
  return ofLabels === undefined ? noType(pool, asks) : [ofLabels];
}

function asksOf(pool: NodePool): readonly Ask[] {
  const { instance_generation_greater_than, limits, max_vcpus, min_vcpus, requirements } = pool;
  const domain = INSTANCE_LABELS[pool.kind];
  const own = (label: string, operator: Operator, path: readonly string[], value: number | null, limit = value) =>
    value === null
      ? []
      : [
          {
            label: `${domain}/${label}`,
            operator,
            path,
            said: `${path.join(".")} (${value})`,
            values: [String(limit)],
          },
        ];
  const list = (label: string, key: "architectures" | "instance_categories") =>
    pool[key].length === 0
      ? []
      : [{ label, operator: "In" as const, path: [key], said: `${key} (${listed(pool[key])})`, values: pool[key] }];
  return [
    ...list(ARCHITECTURE, "architectures"),
    ...list(`${domain}/instance-category`, "instance_categories"),
    ...own("instance-generation", "Gt", ["instance_generation_greater_than"], instance_generation_greater_than),
    // Types that have more than the pool may have in all are left out too.
    ...own("instance-cpu", "Lt", ["limits", "vcpus"], limits.vcpus, (limits.vcpus ?? 0) + 1),
    ...own("instance-cpu", "Gt", ["min_vcpus"], min_vcpus, (min_vcpus ?? 0) - 1),
    // What is below min_vcpus is told of there.
    ...(min_vcpus !== null && (max_vcpus ?? min_vcpus) < min_vcpus
      ? []
      : own("instance-cpu", "Lt", ["max_vcpus"], max_vcpus, (max_vcpus ?? 0) + 1)),
    ...requirements.flatMap(({ key, operator, values = [] }, index): Ask[] => {
      if (key === ARCHITECTURE || !isWhole(operator, values)) return [];
      const said = `requirements[${index}] (${[key, operator, ...(values.length === 0 ? [] : [listed(values)])].join(" ")})`;
      return [{ label: key, operator, path: ["requirements", index], said, values }];
    }),
  ];
}

/** Whether it compares as its operator does; what does not is told of by itself. */
function isWhole(operator: Operator, values: readonly string[]): boolean {
  if (operator === "Gt" || operator === "Lt") return values.length === 1 && /^\d+$/.test(values[0] ?? "");
  return operator === "Exists" || operator === "DoesNotExist" || values.length > 0;
}

/** Where no value of the label is left by all that is said of it so far. */
function excludedBy(last: Ask, before: readonly Ask[]): Finding[] {
  const others = before.filter(({ label }) => label === last.label);
  if (others.length === 0 || !isEmpty([...others, last])) return [];
  const each = others.filter((other) => isEmpty([other, last]));
  return [excludes(last, each.length === 0 ? others : each)];
}

function excludes(ask: Ask, others: readonly Ask[]): Finding {
  const message = `leaves no instance type together with ${others.map(({ said }) => said).join(" and ")}, and the pool would never make a node: change one of them`;
  return { path: ask.path, given: others.map(({ path }) => path), message };
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

/** Where the types or families that the pool names are left out by what else it asks. One that is newer than the list may fit. */
function noType(pool: NodePool, asks: readonly Ask[]): Finding[] {
  const domain = INSTANCE_LABELS[pool.kind];
  const facts = factsOf(domain);
  const named = asks.filter(
    ({ label, operator }) => operator === "In" && (label === TYPE || label === `${domain}/instance-family`),
  );
  const isKnown = ({ label, values }: Ask) =>
    values.every((value) => (label === TYPE ? instanceLimits(value) !== undefined : isKnownFamily(value)));
  if (named.length === 0 || !named.every(isKnown)) return [];
  const told = asks.filter(({ label }) => facts[label] !== undefined);
  const bySize = [`${domain}/instance-cpu`, `${domain}/instance-size`];
  const byType = named.some(({ label }) => label === TYPE);
  const lasting = byType ? told : told.filter(({ label }) => !bySize.includes(label));
  const [sure] = named.flatMap((ask) => leftOut(ask, lasting, facts));
  if (sure !== undefined || byType) return sure === undefined ? [] : [sure];
  // A known family may get a new size.
  return named
    .flatMap((ask) => leftOut(ask, told, facts))
    .slice(0, 1)
    .map((finding) => ({ ...finding, severity: "warning" as const }));
}

function leftOut(ask: Ask, asks: readonly Ask[], facts: ReturnType<typeof factsOf>): Finding[] {
  const fits = (type: string, { label, ...rest }: Ask) =>
    facts[label]?.(type)?.some((value) => allows({ label, ...rest }, value)) ?? true;
  const types = instanceTypes().filter((type) => fits(type, ask));
  const others = asks.filter((each) => each !== ask);
  if (types.some((type) => others.every((each) => fits(type, each)))) return [];
  const alone = others.filter((each) => !types.some((type) => fits(type, each)));
  if (alone.length > 0) return [excludes(ask, alone)];
  const needed = others.filter((one) => types.some((type) => others.every((each) => each === one || fits(type, each))));
  return [excludes(ask, needed.length === 0 ? others : needed)];
}

/** What is known of every type of the list, by the label that says it; undefined where it is not known of one. */
const factsOf = (domain: string): Readonly<Record<string, (type: string) => readonly string[] | undefined>> => ({
  [TYPE]: (type) => [type],
  [ARCHITECTURE]: (type) => [architectureOf(type) === "arm64" ? "arm64" : "amd64"],
  [`${domain}/instance-family`]: (type) => type.split(".").slice(0, 1),
  [`${domain}/instance-size`]: (type) => type.split(".").slice(1),
  [`${domain}/instance-category`]: (type) => nameParts(type)?.slice(1, 2),
  [`${domain}/instance-generation`]: (type) => nameParts(type)?.slice(2, 3),
  [`${domain}/instance-cpu`]: (type) => knownVcpus(type)?.map(String),
});

/** As Karpenter reads a type's name (pkg/providers/instancetype/types.go). */
function nameParts(type: string): readonly string[] | undefined {
  return /^([a-z]+)(?:-\d+tb)?(\d+)/.exec(type) ?? undefined;
}
