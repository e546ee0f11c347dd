import type { StackName } from "../../../fleet/model/stacks";
import type { DescribedNetwork } from "./describe-network";
import type { Inventory } from "./inventory";

/** The settings of a resource, as Terraform's JSON has them. */
export type Settings = Readonly<Record<string, unknown>>;

/** A resource of a synthesized stack. */
export interface Planned {
  readonly stack: StackName;
  readonly type: string;
  /** Its name in Terraform, such as `network_39EEAA36`. */
  readonly name: string;
  readonly settings: Settings;
}

/** The existing resource that a planned one is. */
export interface Match {
  /** Id by which Terraform imports it. */
  readonly id: string;
  /** Attributes that stay, because a change would replace the resource. */
  readonly keep?: readonly string[];
  /** Attributes of the existing resource that a plan would compare. */
  readonly actual?: Settings;
  /** A sentence about further changes of the first apply. */
  readonly change?: string;
}

/** Input of matchers. */
export interface Existing {
  readonly inventory: Inventory;
  /** Undefined if the VPC is used as an existing one. */
  readonly network: DescribedNetwork | undefined;
  /** The id of a resource that was matched before, by its address. */
  readonly idOf: (address: string) => string | undefined;
  /** The settings of another resource, by its address. */
  readonly settingsOf: (address: string) => Settings | undefined;
}

export type Matcher = (planned: Planned, existing: Existing) => Match | undefined;

/** Returns the address in a reference such as `${aws_subnet.a.id}`; undefined for other values. */
export function referenced(value: unknown): string | undefined {
  return /^\$\{([a-z0-9_]+\.[\w-]+)\.\w+\}$/.exec(String(value))?.[1];
}
