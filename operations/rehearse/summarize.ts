import { isDeepStrictEqual } from "node:util";
import type { StackName } from "../../fleet/model/stacks";
import { compareText } from "../../language/problem";
import type { PlanJson } from "../../offline/terraform";
import type { PlannedChanges } from "./report";

type Change = NonNullable<PlanJson["resource_changes"]>[number];

/** Summarizes a plan as `terraform show -json` prints it. Reads of data sources are no change. */
export function summarize(stack: StackName, plan: PlanJson): PlannedChanges {
  return { stack, ...changesOf(plan) };
}

/** Returns the same without the name of a stack. */
export function changesOf(plan: PlanJson): Omit<PlannedChanges, "stack"> {
  const changes = [...(plan.resource_changes ?? [])]
    .filter(({ mode }) => mode !== "data")
    .sort((a, b) => compareText(a.address, b.address));
  const has = ({ change }: Change, action: string): boolean => change.actions.some((each) => each === action);
  const replaced = changes.filter((each) => has(each, "delete") && has(each, "create"));
  const only = (action: string): string[] =>
    changes.filter((each) => has(each, action) && !replaced.includes(each)).map(({ address }) => address);
  return {
    create: only("create"),
    update: changes
      .filter((each) => has(each, "update"))
      .map((each) => ({ address: each.address, attributes: changedAttributes(each) })),
    replace: replaced.map(({ address, change }) => ({
      address,
      because: (change.replace_paths ?? []).map(pathText).sort(compareText),
      create_before_destroy: change.actions[0] === "create",
    })),
    destroy: only("delete"),
    forget: only("forget"),
    move: changes.flatMap(({ address, previous_address: from }) =>
      from === undefined || from === address ? [] : [{ from, to: address }],
    ),
    outputs: Object.entries(plan.output_changes ?? {})
      .filter(([, { actions }]) => actions.join() !== "no-op")
      .map(([name]) => name)
      .sort(compareText),
  };
}

/** True if applying the plan would do something, outputs and moves included. */
export function doesSomething({
  create,
  update,
  replace,
  destroy,
  forget,
  move,
  outputs,
}: Omit<PlannedChanges, "stack">): boolean {
  return [create, update, replace, destroy, forget, move, outputs].some((list) => list.length > 0);
}

function changedAttributes({ change: { before, after, after_unknown: unknown } }: Change): string[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {}), ...Object.keys(unknown ?? {})]);
  const changed = [...names].filter(
    (name) => isUnknown(unknown?.[name]) || !isDeepStrictEqual(before?.[name] ?? null, after?.[name] ?? null),
  );
  return changed.sort(compareText);
}

/** A tree in which `true` marks what is known only after the apply. */
function isUnknown(tree: unknown): boolean {
  if (typeof tree === "object" && tree !== null) return Object.values(tree).some(isUnknown);
  return tree === true;
}

function pathText(path: readonly (string | number)[]): string {
  return path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${part}`))
    .join("");
}
