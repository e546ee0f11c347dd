import type { PlainMap } from "../../language/plain-map";
import type { Reference } from "../resources/references";
import type { Resource, StackContent } from "../resources/resource";
import { concerns, isConfigured } from "./configured";
import {
  changesOnUpdate,
  consequences,
  driftReason,
  isManifests,
  isProtected,
  lifecycleOf,
  NOTES,
  ROLLS,
} from "./facts";
import { metaDifferences, metaReasons } from "./meta-arguments";
import { originsOf, withNewAddresses } from "./moves";
import { type Pair, paired } from "./pairs";
import { withSamePolicies } from "./policy-order";
import { inSetOrder, replacingAttributes } from "./schemas";
import { namedDifferences, type OutputChange, type ProviderChange, providerChanges, valueIn } from "./settings-diff";
import { type Changing, withUnknowns } from "./unknown";
import { type Difference, differences } from "./values";

/**
 * The action of Terraform on a resource, the worst first. `roll`: an update in place that replaces nodes. `meta`: no change yet, but a
 * different treatment of the resource later.
 */
export const ACTIONS = ["destroy", "replace", "roll", "forget", "update", "create", "meta", "move"] as const;
export type Action = (typeof ACTIONS)[number];

/** The change of one resource. */
export interface StackChange {
  readonly address: string;
  readonly resource: Resource;
  readonly action: Action;
  /** The address in the state before a move. */
  readonly from?: string;
  readonly reasons: readonly string[];
  readonly differences: readonly Difference[];
  /** True if Terraform refuses the plan because of `prevent_destroy`. */
  readonly prevented: boolean;
}

export interface StackDiff {
  readonly changes: readonly StackChange[];
  readonly outputs: readonly OutputChange[];
  readonly providers: readonly ProviderChange[];
  /** Returns why a part of an output changes; undefined if it stays. */
  readonly changing: (path: readonly string[]) => string | undefined;
}

/**
 * Compares both versions of a stack.
 *
 * @param outside returns why the value of data changes that other stacks own, such as remote state; undefined if none changes
 */
export function diffStack(earlier: StackContent, after: StackContent, outside?: Changing): StackDiff {
  const origins = originsOf(earlier, after);
  const before = withNewAddresses(earlier, origins);
  const { added, gone, pairs } = paired(before, after, origins);
  const found = new Map<string, StackChange>();
  const changing = changingIn(found, before, after, outside);
  spread(pairs, found, changing, outside !== undefined);
  for (const pair of pairs) addMeta(pair, found);

  const forgotten = new Set(after.removed.filter(({ destroy }) => !destroy).map(({ from }) => from));
  const ends = gone.map(
    (resource): StackChange => ({
      ...unexplained(resource),
      action: forgotten.has(resource.address) ? "forget" : "destroy",
    }),
  );
  const imports = new Map(after.imports.map(({ id, to }) => [to, id]));
  const begins = added.map((resource): StackChange => {
    const id = imports.get(resource.address);
    const reasons = id === undefined ? [] : [`an import block adopts ${id} if it exists`];
    return { ...unexplained(resource), action: "create", reasons };
  });
  const outputs = namedDifferences(before.outputs, after.outputs, changing);
  return {
    changes: [...[...found.values()].filter(({ resource }) => resource.mode === "managed"), ...ends, ...begins],
    outputs: outputs.map(([output, each]) => ({ output, differences: each })),
    providers: providerChanges(before, after),
    changing: ([, output = "", ...path]) => {
      if (!outputs.some(([name]) => name === output)) return undefined;
      const then = valueIn(before.outputs[output]?.["value"], path);
      const now = withUnknowns(valueIn(after.outputs[output]?.["value"], path), changing);
      const [first] = differences(then, now);
      return first === undefined ? undefined : (first.because ?? `output ${output} changes`);
    },
  };
}

function unexplained(resource: Resource): Omit<StackChange, "action"> {
  return { address: resource.address, resource, reasons: [], differences: [], prevented: false };
}

/** Compares pairs, and again those that refer to what has changed, until nothing more changes. */
function spread(
  pairs: readonly Pair[],
  found: Map<string, StackChange>,
  changing: Changing,
  changesOutside: boolean,
): void {
  const texts = new Map<string, string>();
  const textOf = ({ address, after }: Pair): string => {
    const text = texts.get(address) ?? JSON.stringify([after.body, after.meta]);
    texts.set(address, text);
    return text;
  };
  let waiting = pairs.filter(
    (pair) =>
      !pair.isSame ||
      pair.from !== undefined ||
      (changesOutside && textOf(pair).includes("data.terraform_remote_state.")),
  );
  for (let round = 0; waiting.length > 0 && round < MOST_ROUNDS; round++) {
    const changed = waiting.filter((pair) => {
      const known = found.get(pair.address);
      const change = compare(pair, found, changing);
      if (change !== undefined) found.set(pair.address, change);
      return change !== undefined && signature(change) !== signature(known);
    });
    if (changed.length === 0) return;
    waiting = pairs.filter((pair) =>
      changed.some(({ address }) => address !== pair.address && textOf(pair).includes(address)),
    );
  }
}

/** Adds what differs in the meta-arguments. Nothing refers to them, so they change no other resource. */
function addMeta({ address, after, before, isSame }: Pair, found: Map<string, StackChange>): void {
  if (isSame) return;
  const known = found.get(address);
  const each = metaDifferences(before, after);
  if (each.length === 0) return;
  const change = known ?? { ...unexplained(after), action: "meta" };
  found.set(address, {
    ...change,
    reasons: [...change.reasons, ...metaReasons(each)],
    differences: [...change.differences, ...each],
  });
}

/** Resources that refer to each other in a chain are never this many. */
const MOST_ROUNDS = 20;

function signature(change: StackChange | undefined): string | undefined {
  return change && JSON.stringify([change.action, change.differences]);
}

function compare(pair: Pair, found: ReadonlyMap<string, StackChange>, changing: Changing): StackChange | undefined {
  const { address, after, before, from, isSame } = pair;
  const { meta, type } = after;
  const lifecycle = lifecycleOf(meta);
  const triggers = [lifecycle["replace_triggered_by"] ?? []].flat().map(String);
  const triggered = triggers.filter((trigger) => found.has(trigger.split(".").slice(0, 2).join(".")));
  const body = withUnknowns(after.body, changing) as PlainMap;
  if (isSame && body === after.body && from === undefined && triggered.length === 0) return undefined;
  const old = inSetOrder(type, before.body);
  const now = withSamePolicies(type, old, inSetOrder(type, body));
  const each = differences(old, now).filter(({ path }) => !isIgnored(path, lifecycle["ignore_changes"]));
  const base = { address, resource: after, differences: each, ...(from !== undefined && { from }) };
  if (each.length === 0 && triggered.length === 0) {
    return from === undefined ? undefined : { ...base, action: "move", reasons: [], prevented: false };
  }
  const names = new Set(each.map(({ path }) => path[0] ?? ""));
  const forced =
    after.mode === "data"
      ? []
      : replacingAttributes(type, old, now).filter((attribute) => names.has(attribute.split(".")[0] ?? ""));
  const replacing = [
    ...forced.map((attribute) => `${attribute} cannot be changed in place`),
    ...triggered.map((trigger) => `${trigger} changes, which triggers a replacement`),
  ];
  if (replacing.length > 0) {
    const way = lifecycle["create_before_destroy"] === true ? ["the new one is created first"] : [];
    return { ...base, action: "replace", reasons: [...replacing, ...way], prevented: isProtected(meta) };
  }
  const drift = isManifests(after.body) ? driftReason(each) : undefined;
  const rolls = [...consequences(ROLLS, type, each, now), ...(drift === undefined ? [] : [drift])];
  if (rolls.length > 0) return { ...base, action: "roll", reasons: rolls, prevented: false };
  return { ...base, action: "update", reasons: consequences(NOTES, type, each, now), prevented: false };
}

/** True if `ignore_changes` covers a path. */
function isIgnored(path: readonly string[], ignored: unknown): boolean {
  if (ignored === "all") return true;
  const names = path.filter((part) => !part.startsWith("[")).join(".");
  const list = (Array.isArray(ignored) ? ignored : []).map((each) => String(each).replaceAll(/\[\d+\]/g, ""));
  return list.some((each) => each === "all" || names === each || names.startsWith(`${each}.`));
}

/** Returns the reason why the value of a reference changes, given the changes found so far. */
function changingIn(
  found: ReadonlyMap<string, StackChange>,
  before: StackContent,
  after: StackContent,
  outside: Changing | undefined,
): Changing {
  const existed = new Set(before.resources.map(({ address }) => address));
  const data = new Map(after.resources.filter(({ mode }) => mode === "data").map((each) => [each.address, each]));
  return (reference: Reference) => {
    const { address, path } = reference;
    if (address.startsWith("data.terraform_remote_state.")) {
      return existed.has(address) && data.has(address) ? outside?.(reference) : undefined;
    }
    const change = found.get(address);
    if (change === undefined) return undefined;
    const [attribute] = path;
    const { action, differences: each, resource } = change;
    if (each.some((difference) => concerns(difference.path, path))) {
      return attribute === undefined ? `${address} changes` : `${address}.${attribute} changes`;
    }
    if (isConfigured(resource.body, path)) return undefined;
    if (resource.mode === "data") return `${address} changes`;
    if (action === "replace") return `${address} is replaced`;
    return changesOnUpdate(resource.type, attribute, each) ? `${address} gets a new version` : undefined;
  };
}
