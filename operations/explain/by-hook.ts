import type { StackName } from "../../fleet/model/stacks";
import { isMap } from "../../language/plain-map";
import type { WhatIf } from "./what-if";

/** Returns the attributes of an element that the hook of `extensions/` adds, changes or removes. */
export function byHook(whatIf: WhatIf, stack: StackName, address: string): string[] {
  const without = whatIf.withoutHook(stack);
  if (without === undefined) return [];
  const before = without.get(address)?.body ?? {};
  const after = whatIf.baseline.rendered.get(stack)?.get(address)?.body ?? {};
  return differences(before, after, "");
}

function differences(before: unknown, after: unknown, path: string): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isMap(before) || !isMap(after)) return [path];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => differences(before[key], after[key], path === "" ? key : `${path}.${key}`));
}
