import type { Value } from "../wire/values";

/** A value the real provider would refuse before asking AWS. */
export interface Rule {
  readonly path: string;
  /** The longest text allowed. */
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly oneOf?: readonly (string | number)[];
  /** A CIDR block with a prefix length between the two. */
  readonly cidr?: readonly [shortest: number, longest: number];
  readonly json?: true;
  /** What to say; otherwise it is said from the rule. */
  readonly message?: string;
}

/** What the bindings lost of a type's schema, and what no schema holds. Paths are of names, `vpc_config.subnet_ids`. */
export interface Overlay {
  /** The file where upstream says this, to look it up in; of hashicorp/terraform-provider-aws unless another repository is named. */
  readonly source: string;
  /** Changing these replaces the object. A block stands for all there is in it. */
  readonly forceNew?: readonly string[];
  /** Changes of what else may change that replace the object all the same, by the values before and after. */
  readonly forceNewIf?: readonly {
    readonly path: string;
    readonly replaces: (before: readonly Value[], after: readonly Value[]) => boolean;
  }[];
  readonly sensitive?: readonly string[];
  /** Numbers of blocks other than what the bindings tell. */
  readonly items?: Readonly<Record<string, { readonly min?: number; readonly max?: number }>>;
  readonly rules?: readonly Rule[];
  /** Values that the API takes an object through in this order, and never back. */
  readonly oneWay?: readonly { readonly path: string; readonly order: readonly string[] }[];
  /** Of each pair the first number may not be above the second: what the API itself refuses, when the object is made or changed. */
  readonly ordered?: readonly { readonly low: string; readonly high: string; readonly message: string }[];
  /** Of each group at most one may be given. */
  readonly conflicts?: readonly (readonly string[])[];
}

/** Overlay entries by type. */
export type Overlays = Readonly<Record<string, Overlay>>;
