import { ExpectedError } from "../../language/expected-error";
import { isMap } from "../../language/plain-map";
import { field, items, type Json, textOf, texts } from "./json";
import { shortened } from "./shortened";

/** Supported actions. Terraform may add others. */
export const KNOWN_ACTIONS = ["no-op", "create", "read", "update", "delete", "forget"] as const;

/** Keys and indexes, from the outermost. */
export type Path = readonly (string | number)[];

/** One entry of `resource_changes` or `resource_drift`. */
export interface ResourceChange {
  readonly address: string;
  /** The address before a `moved` block. */
  readonly previousAddress: string | undefined;
  /** Key of an object that a failed replacement left behind. */
  readonly deposed: string | undefined;
  readonly managed: boolean;
  readonly type: string;
  readonly actions: readonly string[];
  readonly reason: string | undefined;
  /** Paths that force a replacement; empty if Terraform reports none. */
  readonly replacePaths: readonly Path[];
  readonly before: unknown;
  readonly after: unknown;
  /** A tree of `true` for values that are unknown until the apply. */
  readonly unknown: unknown;
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
}

/** An action that runs beside the changes of a plan (Terraform 1.14 and later). */
export interface ActionInvocation {
  readonly address: string;
  readonly type: string;
  /** The trigger, such as `AfterUpdate`; undefined if the command line starts the action. */
  readonly event: string | undefined;
  /** Address of the resource that triggers it. */
  readonly resource: string | undefined;
}

/** The parts of a plan that commands read. */
export interface Plan {
  readonly formatVersion: string;
  readonly terraformVersion: string | undefined;
  readonly timestamp: string | undefined;
  readonly errored: boolean;
  /** False if Terraform postponed a part of the plan. */
  readonly complete: boolean;
  readonly deferred: number;
  readonly changes: readonly ResourceChange[];
  readonly drift: readonly ResourceChange[];
  /** Output -> its actions. */
  readonly outputs: Readonly<Record<string, readonly string[]>>;
  readonly invocations: readonly ActionInvocation[];
  /** `configuration.provider_config`, which contains the tags of every resource. */
  readonly providers: Json;
  readonly failedChecks: readonly string[];
}

/** A JSON document that is not a plan, or a plan in which an entry cannot be judged. */
export class NotAPlan extends Error {}

const MAJOR = "1";

/**
 * Reads the JSON of a plan that this run created.
 *
 * @throws ExpectedError if this program cannot read it
 */
export function ownPlan(json: unknown): Plan {
  try {
    return planOf(json);
  } catch (error) {
    throw error instanceof NotAPlan ? new ExpectedError(`the plan of Terraform ${error.message}`) : error;
  }
}

/** Reads the JSON of a plan. Unknown keys are ignored, but an entry without an address or actions is refused: it cannot be judged. */
export function planOf(json: unknown): Plan {
  if (!isMap(json)) throw new NotAPlan(`${NO_PLAN} It contains ${kindOf(json)}, not an object`);
  const formatVersion = textOf(json["format_version"]);
  if (formatVersion === undefined) throw new NotAPlan(noPlan(json));
  if (formatVersion.split(".")[0] !== MAJOR)
    throw new NotAPlan(
      `has format version ${shortened(formatVersion)}, but only ${MAJOR}.x can be read. Use a Terraform that writes format ${MAJOR}.x`,
    );
  if (!PARTS.some((key) => Object.hasOwn(json, key))) throw new NotAPlan(noPlan(json));
  const configuration = field(json["configuration"], "provider_config");
  return {
    formatVersion,
    terraformVersion: textOf(json["terraform_version"]),
    timestamp: textOf(json["timestamp"]),
    errored: json["errored"] === true,
    complete: json["complete"] !== false,
    deferred: items(json["deferred_changes"]).length + items(json["deferred_action_invocations"]).length,
    changes: entries(json, "resource_changes"),
    drift: entries(json, "resource_drift"),
    outputs: Object.fromEntries(
      Object.entries(isMap(json["output_changes"]) ? json["output_changes"] : {}).map(([name, change]) => [
        name,
        texts(field(change, "actions")),
      ]),
    ),
    invocations: items(json["action_invocations"]).map(invocationOf),
    providers: isMap(configuration) ? configuration : {},
    failedChecks: items(json["checks"]).flatMap((check) =>
      ["fail", "error"].includes(String(field(check, "status")))
        ? (textOf(field(field(check, "address"), "to_display")) ?? "a check")
        : [],
    ),
  };
}

/** Parts that a plan has and a state has not. An empty plan has the flags alone. */
const PARTS = ["resource_changes", "planned_values", "output_changes", "applyable", "complete", "errored"];
const NO_PLAN = "is not a plan of Terraform.";
/** Advice for files that the guard cannot read. */
export const HOW_TO_WRITE = "Write it with: terraform show -json FILE.tfplan > FILE.json";

function noPlan(json: Json): string {
  if (Object.hasOwn(json, "values")) return `is the JSON of a state, not of a plan. ${HOW_TO_WRITE}`;
  if (Object.hasOwn(json, "@level")) return `is the log of terraform plan -json, not the plan. ${HOW_TO_WRITE}`;
  if (Object.hasOwn(json, "serial") && Object.hasOwn(json, "lineage"))
    return `is a state file, not a plan. ${HOW_TO_WRITE}`;
  return `${NO_PLAN} ${HOW_TO_WRITE}`;
}

function kindOf(value: unknown): string {
  if (isMap(value)) return "a map";
  return value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
}

function entries(json: Json, part: string): ResourceChange[] {
  const list = json[part];
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw new NotAPlan(`${NO_PLAN} Its ${part} must be a list, but is ${kindOf(list)}`);
  return list.map((entry, index) => changeOf(entry, `${part}[${index}]`));
}

function changeOf(entry: unknown, place: string): ResourceChange {
  const change = field(entry, "change");
  const address = textOf(field(entry, "address"));
  const type = textOf(field(entry, "type"));
  const actions = field(change, "actions");
  const missing =
    address === undefined
      ? "address"
      : type === undefined
        ? "type"
        : texts(actions).length === 0 || texts(actions).length !== items(actions).length
          ? "change.actions"
          : undefined;
  if (missing !== undefined || address === undefined || type === undefined)
    throw new NotAPlan(`has an entry that cannot be judged: ${place} has no ${missing}. Make the plan again`);
  return {
    address,
    previousAddress: textOf(field(entry, "previous_address")),
    deposed: textOf(field(entry, "deposed")),
    managed: !["data", "ephemeral"].includes(String(field(entry, "mode"))),
    type,
    actions: texts(actions),
    reason: textOf(field(entry, "action_reason")),
    replacePaths: items(field(change, "replace_paths")).map((path) =>
      items(path).filter((step) => typeof step === "string" || typeof step === "number"),
    ),
    before: field(change, "before"),
    after: field(change, "after"),
    unknown: field(change, "after_unknown"),
    beforeSensitive: field(change, "before_sensitive"),
    afterSensitive: field(change, "after_sensitive"),
  };
}

/** An action without an address runs all the same. */
function invocationOf(entry: unknown): ActionInvocation {
  const type = textOf(field(entry, "type")) ?? "of unknown type";
  const trigger = field(entry, "lifecycle_action_trigger");
  const resource = textOf(field(trigger, "triggering_resource_address"));
  return {
    address: textOf(field(entry, "address")) ?? "action",
    type,
    event: textOf(field(trigger, "action_trigger_event")),
    resource,
  };
}

/** True if an object is deleted, whatever else happens: `actions` may have more combinations one day. */
export function destroys({ actions }: ResourceChange): boolean {
  return actions.includes("delete");
}

/** True if another object replaces the present one, which is deleted or forgotten. */
export function replaces(change: ResourceChange): boolean {
  return change.actions.includes("create") && (destroys(change) || change.actions.includes("forget"));
}

/** True if the object is gone afterwards, with nothing in its place. */
export function removes(change: ResourceChange): boolean {
  return destroys(change) && !change.actions.includes("create");
}

/** True if the plan changes the object. */
export function changes({ actions }: ResourceChange): boolean {
  return actions.some((action) => action !== "no-op" && action !== "read");
}
