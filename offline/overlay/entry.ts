import type { Value } from "../wire/values";

/** Rule by which the real provider refuses a value without calling AWS. */
export interface Rule {
  readonly path: string;
  /** Maximum length of a text. */
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly oneOf?: readonly (string | number)[];
  /** Shortest and longest prefix of a CIDR block. */
  readonly cidr?: readonly [shortest: number, longest: number];
  readonly json?: true;
  /** Message; by default it is derived from the rule. */
  readonly message?: string;
}

/** Facts about a type that its bindings lost, or that no schema has. Paths consist of names: `vpc_config.subnet_ids`. */
export interface Overlay {
  /** Upstream file with these facts, in hashicorp/terraform-provider-aws unless it names another repository. */
  readonly source: string;
  /** Paths whose change replaces the object, for types that data/aws-provider.json does not have. A block covers everything in it. */
  readonly forceNew?: readonly string[];
  /** Changes that the provider's code, not its schema, makes a replacement, given the values before and after. */
  readonly forceNewIf?: readonly {
    readonly path: string;
    readonly replaces: (before: readonly Value[], after: readonly Value[]) => boolean;
  }[];
  /** Attributes whose change the real provider plans, but sends to no API, so that the next plan has the change again. */
  readonly neverSent?: readonly {
    readonly attribute: string;
    readonly when: (before: readonly Value[], after: readonly Value[]) => boolean;
  }[];
  /** Objects in an object, which prevent its deletion: their type, their attribute with its id, and its argument that deletes them too. */
  readonly content?: {
    readonly type: string;
    readonly attribute: string;
    readonly deletedIf: string;
    readonly message: string;
  };
  /** Sensitive attributes, for types that data/aws-provider.json does not have. */
  readonly sensitive?: readonly string[];
  readonly writeOnly?: readonly string[];
  /** Numbers of blocks that differ from the bindings, by path. */
  readonly items?: Readonly<Record<string, { readonly min?: number; readonly max?: number }>>;
  readonly rules?: readonly Rule[];
  /** Values that an object can take in this order only, never back. */
  readonly oneWay?: readonly { readonly path: string; readonly order: readonly string[] }[];
  /** Lists of subnets whose set of zones the API fixes when it creates the object. */
  readonly fixedZones?: readonly string[];
  /** Pairs of numbers of which the first must not exceed the second: the API itself refuses such an object. */
  readonly ordered?: readonly { readonly low: string; readonly high: string; readonly message: string }[];
  /** Groups of paths of which at most one may have a value. */
  readonly conflicts?: readonly (readonly string[])[];
}

/** Overlays by type. */
export type Overlays = Readonly<Record<string, Overlay>>;
