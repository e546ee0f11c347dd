import { replacedBy } from "../overlay/overlay";
import type { Block } from "../schema/schema";
import type { Step } from "../wire/protocol";
import { containsUnknown, isObject, type ObjectValue, sameValue, UNKNOWN, type Value } from "../wire/values";
import type { Scope } from "./scope";
import { conform, walk } from "./walk";

/** Result of planning a change: the known part of the state, and the attributes that make the change a replacement. */
export interface Plan {
  readonly planned: ObjectValue;
  readonly replace: readonly (readonly Step[])[];
}

/** Attributes that follow from others or count versions: they change with any other attribute. */
const COUNTERS: Readonly<Record<string, readonly string[]>> = {
  aws_launch_template: ["latest_version", "default_version"],
  helm_release: ["metadata"],
  kubernetes_manifest: ["object"],
};

function tagsAll(scope: Scope, tags: Value): Value {
  if (containsUnknown(tags)) return UNKNOWN;
  const all: ObjectValue = { ...scope.defaultTags, ...(isObject(tags) && tags) };
  // Terraform sorts a map, but an object here keeps its own order, and people read the store.
  return Object.fromEntries(Object.entries(all).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function stepsOf(block: Block, path: string, prior: ObjectValue): Step[] {
  const [first = "", ...rest] = path.split(".");
  const steps: Step[] = [{ attributeName: first }];
  let nested = block.blocks[first];
  let value: Value = prior[first] ?? null;
  for (const name of rest) {
    // The elements of a set have no path, so the path of the whole set is used.
    if (nested === undefined || nested.nesting === "set" || nested.nesting === "map") return steps;
    if (nested.nesting === "list") {
      if (!Array.isArray(value) || value.length === 0) return steps;
      steps.push({ elementKeyInt: 0 });
      value = value[0] ?? null;
    }
    steps.push({ attributeName: name });
    value = isObject(value) ? (value[name] ?? null) : null;
    nested = nested.block.blocks[name];
  }
  return steps;
}

/** Plans a creation (`prior` is null) or a change. */
export function planChange(
  type: string,
  block: Block,
  scope: Scope,
  prior: ObjectValue | null,
  proposed: ObjectValue,
  config: ObjectValue,
): Plan {
  const counters = COUNTERS[type] ?? [];
  const known = walk(block, proposed, (attribute, value) => (attribute.writeOnly === true ? null : value));
  if (block.attributes["tags_all"] !== undefined && (config["tags_all"] ?? null) === null) {
    known["tags_all"] = tagsAll(scope, config["tags"] ?? null);
  }
  if (prior !== null && sameValue(known, conform(block, prior))) return { planned: known, replace: [] };

  const planned = walk(block, known, (attribute, value) =>
    value === null && attribute.computed === true ? UNKNOWN : value,
  );
  if (prior === null) return { planned, replace: [] };
  // For a replacement, Terraform plans again without the prior state, so every computed attribute is unknown then.
  const replace = replacedBy(type, block, prior, planned).map((path) => stepsOf(block, path, prior));
  for (const name of counters) {
    if (block.attributes[name] !== undefined && (config[name] ?? null) === null) planned[name] = UNKNOWN;
  }
  return { planned, replace };
}
