import { isDeepStrictEqual } from "node:util";
import type { StackName } from "../../fleet/model/stacks";
import { isMap } from "../../language/plain-map";
import { compareText } from "../../language/problem";
import { field } from "../plans/json";
import { destroys, ownPlan, type Path, type ResourceChange, removes } from "../plans/plan";
import type { PlannedChanges } from "./report";

/** Summarizes a plan as `terraform show -json` prints it. Reads of data sources are no change. */
export function summarize(stack: StackName, plan: unknown): PlannedChanges {
  return { stack, ...changesOf(plan) };
}

/** Returns the same without the name of a stack. */
export function changesOf(json: unknown): Omit<PlannedChanges, "stack"> {
  const plan = ownPlan(json);
  const changes = plan.changes.filter(({ managed }) => managed).sort((a, b) => compareText(a.address, b.address));
  const has = ({ actions }: ResourceChange, action: string): boolean => actions.includes(action);
  const replaced = changes.filter((each) => destroys(each) && has(each, "create"));
  const addresses = (all: readonly ResourceChange[]): string[] => all.map(({ address }) => address);
  return {
    create: addresses(changes.filter((each) => has(each, "create") && !destroys(each))),
    update: changes
      .filter((each) => has(each, "update"))
      .map((each) => ({ address: each.address, attributes: changedAttributes(each) })),
    replace: replaced.map(({ actions, address, replacePaths }) => ({
      address,
      because: replacePaths.map(pathText).sort(compareText),
      create_before_destroy: actions[0] === "create",
    })),
    destroy: addresses(changes.filter(removes)),
    forget: addresses(changes.filter((each) => has(each, "forget"))),
    move: changes.flatMap(({ address, previousAddress: from }) =>
      from === undefined || from === address ? [] : [{ from, to: address }],
    ),
    outputs: Object.entries(plan.outputs)
      .filter(([, actions]) => actions.join() !== "no-op")
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

function changedAttributes({ before, after, unknown }: ResourceChange): string[] {
  const names = new Set([before, after, unknown].flatMap((side) => (isMap(side) ? Object.keys(side) : [])));
  const changed = [...names].filter(
    (name) =>
      isUnknown(field(unknown, name)) || !isDeepStrictEqual(field(before, name) ?? null, field(after, name) ?? null),
  );
  return changed.sort(compareText);
}

/** True if the tree marks a value as unknown until the apply. */
function isUnknown(tree: unknown): boolean {
  if (typeof tree === "object" && tree !== null) return Object.values(tree).some(isUnknown);
  return tree === true;
}

function pathText(path: Path): string {
  return path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${part}`))
    .join("");
}
