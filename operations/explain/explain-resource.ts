import { STACKS, type StackName, stackId } from "../../fleet/model/stacks";
import { ExpectedError } from "../../language/expected-error";
import { didYouMean, listed, nearestFirst } from "../../language/suggest";
import { plainValue } from "../../language/yaml/plain-tree";
import { formatPath } from "../../language/yaml/tree";
import { byHook } from "./by-hook";
import { shapedElement } from "./findings";
import { leavesOf } from "./leaves";
import type { OpenCluster } from "./open-cluster";
import type { ResourceReport, ShapingKey } from "./report";
import { settingsOf } from "./settings";
import { shapedBy } from "./shaped-by";
import { shown } from "./shown";
import type { WhatIf } from "./what-if";

type Explained = ResourceReport["resources"][number];

/**
 * Explains why a resource is in the cluster's stacks, by building it with other values of every key that its stack reads.
 *
 * @param text an address, or `<stack>:<address>` for one stack
 */
export function explainResource(open: OpenCluster, whatIf: WhatIf, text: string): ResourceReport {
  const found = elementsAt(open, whatIf, text);
  return {
    kind: "resource",
    cluster: open.cluster.name,
    resources: found.map(([stack, address]) => explained(open, whatIf, stack, address)),
  };
}

function explained(open: OpenCluster, whatIf: WhatIf, stack: StackName, address: string): Explained {
  const target = whatIf.targetOf(stack, address);
  const keys: ShapingKey[] = [];
  const unknown: Explained["unknown"] = [];
  for (const leaf of leavesOf(open.written)) {
    if (!whatIf.mayShape(leaf, stack)) continue;
    const path = formatPath(open.written, leaf.path);
    const { changes, refused, tried } = shapedBy(open, whatIf, leaf, target);
    const [change] = changes;
    if (change !== undefined) {
      const { attributes, effect } = shapedElement(change, leaf);
      const value = shown(plainValue(leaf.tree), leaf.path);
      keys.push({ path, value, setting: settingsOf(open, leaf.path)[0] ?? null, effect, attributes });
    } else if (tried.length === 0) {
      unknown.push({ path, reason: refused[0]?.reason ?? "fleet found no other value that the schema accepts" });
    }
  }
  return {
    stack,
    address,
    keys: keys.sort((a, b) => rank(a) - rank(b)),
    unknown,
    hook: byHook(whatIf, stack, address),
  };
}

/** Keys that decide whether there is the resource at all come first. */
function rank({ effect }: ShapingKey): number {
  return effect === "existence" ? 0 : 1;
}

function elementsAt(open: OpenCluster, whatIf: WhatIf, text: string): readonly (readonly [StackName, string])[] {
  const [before = "", after] = text.split(/:(.*)/s);
  const { slug } = open.cluster;
  const named =
    after === undefined ? undefined : STACKS.find((stack) => before === stack || before === stackId(slug, stack));
  if (after !== undefined && named === undefined)
    throw new ExpectedError(
      `unknown stack ${JSON.stringify(before)}${didYouMean(before, STACKS) || `. Known: ${listed(STACKS)}`}`,
    );
  const address = after ?? text;
  const stacks = named === undefined ? STACKS : [named];
  const found = stacks.filter((stack) => whatIf.baseline.rendered.get(stack)?.has(address));
  if (found.length > 0) return found.map((stack) => [stack, address] as const);
  const known = [...new Set(stacks.flatMap((stack) => [...(whatIf.baseline.rendered.get(stack)?.keys() ?? [])]))];
  const same = known.filter((each) => each.startsWith(`${address.split(".")[0]}.`));
  const nearest = listed(nearestFirst(address, same.length > 0 ? same : known), 5);
  throw new ExpectedError(
    `${open.cluster.name} has no ${JSON.stringify(address)}${didYouMean(address, known) || "."} The nearest addresses: ${nearest}`,
  );
}
