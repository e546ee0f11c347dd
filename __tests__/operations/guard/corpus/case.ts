import type { GuardSettings } from "../../../../fleet/model/guard";
import type { StackName } from "../../../../fleet/model/stacks";
import type { GuardRule } from "../../../../fleet/schema/guard";
import type { Store } from "../../../../offline/store/store";
import type { Json, Stack } from "./extra-stack";

/** Stacks that a plan is about: the sample `tools` in tier production, its twin `lab` in tier development, or the extra stack. */
export type WorldName = "production" | "development" | "extra";

/** A change, and what the guard finds in its plan. */
export interface PlanCase {
  readonly id: string;
  readonly world: WorldName;
  /** Of a cluster; the extra stack is one. */
  readonly stack?: StackName;
  /** Every finding's rule, sorted; empty if nothing is stopped. */
  readonly rules: readonly GuardRule[];
  /** Fields of the definition below `tfvars`, with their new values; undefined removes a field. */
  readonly definition?: Readonly<Record<string, unknown>>;
  /** Changes the stack's JSON. */
  readonly json?: (stack: Stack) => void;
  /** Changes the cloud without Terraform. */
  readonly cloud?: (store: Store) => void;
  /** Changes the state. */
  readonly state?: (state: Json) => void;
  /** Arguments of `terraform plan`. */
  readonly args?: readonly string[];
  /** Changes what no offline plan shows, such as `errored`. */
  readonly plan?: (plan: Json) => void;
  /** Settings of the tiers `development` and `staging` while the plan is judged. */
  readonly settings?: Partial<GuardSettings>;
}

/** Removes a resource from the configuration. */
export const without =
  (type: string, name: string) =>
  (stack: Stack): void => {
    const all = stack.resource[type] ?? {};
    if (!Object.hasOwn(all, name)) throw new Error(`no ${type}.${name}`);
    delete all[name];
    if (Object.keys(all).length === 0) delete stack.resource[type];
  };

/** Sets arguments of a resource, or adds one. */
export const set =
  (type: string, name: string, values: Json) =>
  (stack: Stack): void => {
    const all = stack.resource[type] ?? {};
    stack.resource[type] = { ...all, [name]: { ...all[name], ...values } };
  };

export const all =
  (...changes: readonly ((stack: Stack) => void)[]) =>
  (stack: Stack): void => {
    for (const change of changes) change(stack);
  };

/** Forgets a resource: a removed block in the place of the resource. */
export const forget =
  (type: string, name: string) =>
  (stack: Stack): void => {
    without(type, name)(stack);
    stack["removed"] = [{ from: `${type}.${name}`, lifecycle: [{ destroy: false }] }];
  };

/** Moves a resource to another address. */
export const move =
  (type: string, from: string, to: string, withBlock: boolean) =>
  (stack: Stack): void => {
    const resource = stack.resource[type]?.[from] ?? {};
    without(type, from)(stack);
    set(type, to, resource)(stack);
    if (withBlock) stack["moved"] = [{ from: `${type}.${from}`, to: `${type}.${to}` }];
  };

/** Deletes every object of a type in the cloud. */
export const vanish =
  (type: string) =>
  (store: Store): void => {
    const objects = store.objects(type);
    if (objects.length === 0) throw new Error(`no ${type} exists`);
    for (const object of objects) store.remove(object);
  };
